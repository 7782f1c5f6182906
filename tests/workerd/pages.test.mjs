// Every hosted page in every state, and the demo, as each kind of visitor meets them: WCAG 2.2 AA by axe, no sideways
// scrolling, a ring around whatever has the keyboard's focus.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { accessible, read } from "./axe.mjs";
import { picture, startBrowser } from "./chromium.mjs";
import { send } from "./form.mjs";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { invite, makePerson, makeSite, PASSWORD, TEMPORARY } from "./pool.mjs";

const instance = await start({ seeded: true });
const { demo } = instance;
const browser = await startBrowser();

const address = () => `${randomUUID()}@example.com`;

/** A page of the demo's site, as its client leads to it. */
function hosted(page, { clientId = demo.clientId, back = demo.site } = {}) {
  const query = new URLSearchParams({ response_type: "code", client_id: clientId, redirect_uri: back });
  return `${instance.endpoint}/_hosted/demo/${page}?${query}`;
}

/** A pool whose people have names of their own, and bring more than a name. */
const other = await makeSite(instance, {
  back: "https://photos.example.com/",
  pool: {
    AliasAttributes: ["email", "phone_number"],
    AutoVerifiedAttributes: ["email", "phone_number"],
    Schema: ["given_name", "birthdate"].map((Name) => ({ Name, Required: true })),
  },
  client: { ClientName: "Acme Photos" },
});

/** Leads through every page, and stops in each state that looks different. */
async function* tour(page) {
  await page.goto(hosted("login"));
  yield "sign-in";
  await send(page, {});
  yield "sign-in-empty";
  await send(page, { username: address(), password: "Not-this-one-1" });
  yield "sign-in-refused";

  for (const leaf of ["confirmUser", "confirmForgotPassword"]) {
    await page.goto(hosted(leaf));
    yield `${leaf}-bookmarked`;
    await send(page, {});
    yield `${leaf}-empty`;
  }

  const newcomer = address();
  await page.goto(hosted("signup"));
  yield "sign-up";
  await send(page, { username: "nobody", password: "short" });
  yield "sign-up-refused";
  await send(page, { username: newcomer, password: "short" });
  yield "sign-up-weak";
  await page.goto(other.page("signup"));
  yield "sign-up-more";
  await send(page, { username: "a b", password: PASSWORD, "attribute.email": "nowhere" });
  yield "sign-up-more-refused";

  await page.goto(hosted("signup"));
  await send(page, { username: newcomer, password: PASSWORD });
  yield "confirm";
  await send(page, { code: "000000" });
  yield "confirm-refused";
  await send(page, { code: await code(instance, newcomer) });
  yield "sign-in-confirmed";

  await page.goto(hosted("resendcode"));
  yield "resend";
  await send(page, {});
  yield "resend-empty";
  await page.goto(other.page("forgotPassword"));
  yield "forgot";
  await send(page, {});
  yield "forgot-empty";
  await page.goto(hosted("forgotPassword"));
  await send(page, { username: newcomer });
  yield "reset";
  await send(page, { code: "000000", password: "short" });
  yield "reset-weak";
  await send(page, { code: "000000", password: PASSWORD });
  yield "reset-refused";

  const guest = address();
  await invite(instance, demo, guest, { email: guest });
  await page.goto(hosted("login"));
  await send(page, { username: guest, password: TEMPORARY });
  yield "new-password";
  await send(page, { password: "short" });
  yield "new-password-refused";

  await page.goto(hosted("login", { clientId: "nobody" }));
  yield "error-client";
  await page.goto(hosted("login", { back: "https://elsewhere.example/" }));
  yield "error-redirect";
  await page.goto(hosted("error"));
  yield "error";
  await page.goto(hosted("nothing"));
  yield "not-found";
  await page.goto(`${instance.endpoint}/_hosted/demo/logout?client_id=${demo.clientId}`);
  yield "signed-out";
  await page.goto(other.page("signup", { lang: "en-XA" }));
  yield "sign-up-pseudo";
}

/** The demo, from outside to the end of its last step. */
async function* visit(page) {
  await page.goto(demo.site);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  yield "demo-outside";
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/_hosted\//);
  await page.goto(`${demo.site}?code=stolen&state=theirs`);
  await page.locator("#problem:not([hidden])").waitFor();
  yield "demo-problem";

  const email = address();
  await makePerson(instance, demo, email, { email, email_verified: "true" });
  await page.goto(demo.site);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/_hosted\//);
  await send(page, { username: email, password: PASSWORD });
  await page.locator("#claims dd").first().waitFor();
  yield "demo-inside";
  for (const [button, answer] of [
    ["Call the route", "#route-answer[data-outcome]"],
    ["Call the admin route", "#admin-answer[data-outcome]"],
    ["Swap the token", "#keys dd"],
    ["Upload it", "#shown:not([hidden])"],
    ["Try another folder", "#trespass-answer[data-outcome]"],
  ]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.locator(answer).first().waitFor();
  }
  yield "demo-done";
}

/** Goes round by the keyboard: whatever has the focus can be seen to have it. */
async function ringed(page, name) {
  const seen = new Set();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { top, bottom } = element.getBoundingClientRect();
      const shown = bottom > 0 && top < innerHeight;
      const within = [...document.querySelectorAll("*")].indexOf(element);
      return { within, html: element.outerHTML.slice(0, 200), outlineStyle, width: parseFloat(outlineWidth), shown };
    });
    if (!focus || seen.has(focus.within)) break;
    seen.add(focus.within);
    assert.ok(focus.outlineStyle !== "none" && focus.width >= 2 && focus.shown, `${name}: ${JSON.stringify(focus)}`);
  }
  const controls = await page.locator("a[href]:visible, button:visible, input:visible").count();
  assert.equal(seen.size > 0, controls > 0, `${name}: nothing of ${controls} can be reached`);
}

const CONTRAST = ["color-contrast"];

/** Who comes: how their browser is, and by which rules what they see is judged. The first meets all there are. */
const VISITORS = {
  light: { options: { colorScheme: "light" } },
  dark: { options: { colorScheme: "dark" }, rules: CONTRAST },
  forced: { options: { forcedColors: "active", colorScheme: "dark" }, rules: CONTRAST },
  // 1280 pixels at 400 % (WCAG 1.4.10).
  narrow: { options: { viewport: { width: 320, height: 256 } } },
};

for (const [visitor, { options, rules }] of Object.entries(VISITORS)) {
  describe(`a ${visitor} visitor`, () => {
    test("finds every hosted page in order", async () => {
      const { page, complaints } = await browser.visitor(options);
      for await (const state of tour(page)) {
        const name = `${state}-${visitor}`;
        await picture(page, name);
        await accessible(page, name, rules);
        assert.match(await page.title(), /^[^<>]+$/, name);
        if (visitor === "narrow") await ringed(page, name);
      }
      assert.deepEqual(complaints, []);
    });

    test("finds the demo in order", async () => {
      const { page, complaints } = await browser.visitor(options);
      for await (const state of visit(page)) {
        await picture(page, `${state}-${visitor}`);
        await accessible(page, `${state}-${visitor}`, rules);
      }
      assert.deepEqual(complaints, []);
    });
  });
}

describe("a visitor without scripts", () => {
  test("finds every hosted page, and the demo's excuse, in order", async () => {
    const { page } = await browser.visitor({ javaScriptEnabled: false });
    const { page: reader } = await browser.visitor();
    const judge = async (name) => {
      await read(page, reader);
      await picture(reader, `${name}-scriptless`);
      await accessible(reader, `${name}-scriptless`);
    };
    for await (const state of tour(page)) await judge(state);
    await page.goto(demo.site);
    await judge("demo");
  });
});
