// Forms that come twice in Chromium. With scripts the page itself lets one of two clicks through; without them the
// deployment gets two forms and takes them for one. Back from the answer Chromium asks for the page again: another copy
// of the form, which acts for itself.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import { startApplication } from "./application.mjs";
import { startBrowser } from "./chromium.mjs";
import { toTheMinute } from "./clock.mjs";
import { fill, send } from "./form.mjs";
import { start } from "./instance.mjs";
import { HELD, openLine } from "./line.mjs";
import { code, messages } from "./outbox.mjs";
import { invite, makePerson, makeSite, PASSWORD, signIn, TEMPORARY } from "./pool.mjs";

const ANOTHER = "Another-tide-2";

const instance = await start();
const browser = await startBrowser();
const line = await openLine();
const application = await startApplication();

/** A visitor to a new pool's site, and who they are there. */
async function visit(scripts) {
  const site = await makeSite(instance, { back: application.back });
  const { page } = await browser.visitor({ javaScriptEnabled: scripts, proxy: line.proxy });
  const email = `${randomUUID()}@example.com`;
  return { site, page, email, username: "ada" };
}

/** Who has an account, and in which state it is. */
async function accounts({ userPoolId }) {
  const { Users } = await instance.aws.idp.send(new ListUsersCommand({ UserPoolId: userPoolId }));
  return Users.map(({ Username, UserStatus }) => [Username, UserStatus]);
}

const sent = async (email) => (await messages(instance, email)).length;

/** The page is that one, and has nothing to complain of. */
async function stands(page, leaf) {
  assert.equal(new URL(page.url()).pathname.split("/").pop(), leaf);
  assert.doesNotMatch(await page.title(), /^Error/, await page.locator("main").innerText());
}

/** The page says what is wrong, and there is a way on. A code is taken by no other copy of a form than the first. */
async function refused(page, leaf) {
  assert.equal(new URL(page.url()).pathname.split("/").pop(), leaf);
  await page.locator("main").getByText("That is not the code we sent").first().waitFor();
  assert.ok(await page.getByRole("link", { name: "Back to sign in" }).isVisible());
}

/** The application is reached, with a code that works. */
async function arrived(page, { base, clientId, back }) {
  await page.waitForURL(`${application.home}?code=*`);
  const grant = { grant_type: "authorization_code", client_id: clientId, redirect_uri: back };
  const body = new URLSearchParams({ ...grant, code: new URL(page.url()).searchParams.get("code") });
  const answer = await fetch(`${base}/oauth2/token`, { method: "POST", body });
  assert.equal(answer.status, 200, await answer.text());
}

const steps = {
  async toConfirm({ site, page, email, username }) {
    await page.goto(site.page("signup"));
    await send(page, { username, "attribute.email": email, password: PASSWORD });
    await stands(page, "confirmUser");
  },
  async toReset({ site, page, email, username }) {
    await makePerson(instance, site, username, { email, email_verified: "true" });
    await page.goto(site.page("forgotPassword"));
    await send(page, { username });
    await stands(page, "confirmForgotPassword");
  },
};

/** The kinds of visitor, and where their forms are held: where but one leaves, it is all the same. */
const VISITORS = {
  "with scripts": { scripts: true, places: ["answered"] },
  "without scripts": { scripts: false, places: Object.keys(HELD) },
};

for (const [visitor, { scripts, places }] of Object.entries(VISITORS)) {
  for (const where of places) {
    /** Fills the form in and clicks twice. Of two forms, the second goes while the first is held. */
    const sendTwice = async (page, fields) => {
      await fill(page, fields);
      await toTheMinute(instance);
      const submit = page.locator("main .submit");
      await submit.scrollIntoViewIfNeeded();
      const { x, y, width, height } = await submit.boundingBox();
      const click = () => page.mouse.click(x + width / 2, y + height / 2);
      const answered = page.waitForEvent("domcontentloaded");
      const held = line.hold(where);
      await click();
      await held.count(1);
      await click();
      await held.count(scripts ? 1 : 2);
      held.release();
      await answered;
      assert.equal(held.forms, scripts ? 1 : 2);
    };

    describe(`a second click ${visitor}, ${HELD[where]}`, () => {
      test("makes no second account, and sends no second code", async () => {
        const { site, page, email, username } = await visit(scripts);
        await page.goto(site.page("signup"));
        await sendTwice(page, { username, "attribute.email": email, password: PASSWORD });
        await stands(page, "confirmUser");
        assert.deepEqual(await accounts(site), [[username, "UNCONFIRMED"]]);
        assert.equal(await sent(email), 1);
        await send(page, { code: await code(instance, email) });
        await stands(page, "login");
        assert.deepEqual(await accounts(site), [[username, "CONFIRMED"]]);
      });

      test("confirms an account as one click does", async () => {
        const visited = await visit(scripts);
        const { site, page, email, username } = visited;
        await steps.toConfirm(visited);
        await sendTwice(page, { code: await code(instance, email) });
        await stands(page, "login");
        await page.getByText("Your account is confirmed").waitFor();
        assert.deepEqual(await accounts(site), [[username, "CONFIRMED"]]);
        assert.equal(await sent(email), 1);
        await send(page, { password: PASSWORD });
        await arrived(page, site);
      });

      test("sends one code to who has forgotten their password", async () => {
        const { site, page, email, username } = await visit(scripts);
        await makePerson(instance, site, username, { email, email_verified: "true" });
        await page.goto(site.page("forgotPassword"));
        await sendTwice(page, { username });
        await stands(page, "confirmForgotPassword");
        assert.equal(await sent(email), 1);
        await send(page, { code: await code(instance, email), password: ANOTHER });
        await stands(page, "login");
        await signIn(instance, site, username, ANOTHER);
      });

      test("sets a forgotten password as one click does", async () => {
        const visited = await visit(scripts);
        const { site, page, email } = visited;
        await steps.toReset(visited);
        await sendTwice(page, { code: await code(instance, email), password: ANOTHER });
        await stands(page, "login");
        assert.equal(await sent(email), 1);
        await send(page, { password: ANOTHER });
        await arrived(page, site);
      });

      test("signs a person in with a code that works", async () => {
        const { site, page, email, username } = await visit(scripts);
        await makePerson(instance, site, username, { email });
        await page.goto(site.page("login"));
        await sendTwice(page, { username, password: PASSWORD });
        await arrived(page, site);
      });

      test("sets a password in place of a temporary one as one click does", async () => {
        const { site, page, email, username } = await visit(scripts);
        await invite(instance, site, username, { email });
        await page.goto(site.page("login"));
        await send(page, { username, password: TEMPORARY });
        await sendTwice(page, { password: PASSWORD });
        await arrived(page, site);
        await signIn(instance, site, username);
      });
    });
  }

  describe(`the Back button ${visitor}`, () => {
    test("makes no second account, and sends no second code", async () => {
      const visited = await visit(scripts);
      const { site, page, email, username } = visited;
      await steps.toConfirm(visited);
      await page.goBack();
      await send(page, { username, "attribute.email": email, password: PASSWORD });
      await stands(page, "confirmUser");
      assert.deepEqual(await accounts(site), [[username, "UNCONFIRMED"]]);
      assert.equal(await sent(email), 1);
      await send(page, { code: await code(instance, email) });
      await stands(page, "login");
    });

    test("changes nothing about an account that is confirmed", async () => {
      const visited = await visit(scripts);
      const { site, page, email, username } = visited;
      await steps.toConfirm(visited);
      const once = { code: await code(instance, email) };
      await send(page, once);
      await stands(page, "login");
      await page.goBack();
      await send(page, { username, ...once });
      await refused(page, "confirmUser");
      assert.deepEqual(await accounts(site), [[username, "CONFIRMED"]]);
      assert.equal(await sent(email), 1);
    });

    test("sends who has forgotten their password another code, which works", async () => {
      const visited = await visit(scripts);
      const { site, page, email, username } = visited;
      await steps.toReset(visited);
      await page.goBack();
      await send(page, { username });
      await stands(page, "confirmForgotPassword");
      assert.equal(await sent(email), 2);
      await send(page, { code: await code(instance, email), password: ANOTHER });
      await stands(page, "login");
      await signIn(instance, site, username, ANOTHER);
    });

    test("changes nothing about a password that is set", async () => {
      const visited = await visit(scripts);
      const { site, page, email, username } = visited;
      await steps.toReset(visited);
      const once = { code: await code(instance, email) };
      await send(page, { ...once, password: ANOTHER });
      await stands(page, "login");
      await page.goBack();
      await send(page, { username, ...once, password: PASSWORD });
      await refused(page, "confirmForgotPassword");
      await signIn(instance, site, username, ANOTHER);
      assert.equal(await sent(email), 1);
    });

    test("signs a person in again with a code that works", async () => {
      const { site, page, email, username } = await visit(scripts);
      await makePerson(instance, site, username, { email });
      await page.goto(site.page("login"));
      await send(page, { username, password: PASSWORD });
      await arrived(page, site);
      await page.goBack();
      await send(page, { username, password: PASSWORD });
      await arrived(page, site);
    });
  });
}
