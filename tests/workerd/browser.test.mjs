// The demo and the hosted pages in Chromium.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { SetUICustomizationCommand } from "@aws-sdk/client-cognito-identity-provider";
import { picture, startBrowser } from "./chromium.mjs";
import { send } from "./form.mjs";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { invite, makePerson, makeSite, PASSWORD, TEMPORARY } from "./pool.mjs";

const instance = await start({ seeded: true });
const { demo } = instance;
const browser = await startBrowser();

/** One pixel, as a PNG. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGPgqen5DwADwAIUSt+btQAAAABJRU5ErkJggg==",
  "base64",
);

const address = () => `${randomUUID()}@example.com`;

async function person() {
  const email = address();
  await makePerson(instance, demo, email, { email, email_verified: "true" });
  return email;
}

/** The hosted page, as any application opens it. */
const hosted = () => {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: demo.clientId,
    redirect_uri: demo.site,
    scope: "openid email",
    state: "kept",
  });
  return `${instance.endpoint}/_hosted/demo/oauth2/authorize?${query}`;
};

/** From "Sign in" on the demo to the demo, signed in. */
async function enter(page, email) {
  await page.goto(demo.site);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/_hosted\/demo\//);
  await send(page, { username: email, password: PASSWORD });
  await page.waitForURL(demo.site);
  await page.locator("#claims dd").first().waitFor();
}

describe("the demo", () => {
  test("takes a newcomer from an empty page to a photo in a folder of their own", async () => {
    const { page, complaints } = await browser.visitor();
    const email = address();
    await page.goto(demo.site);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Create an account" }).click();
    await page.waitForURL(/\/signup/);
    await send(page, { username: email, password: PASSWORD });
    await send(page, { code: await code(instance, email) });
    if (!page.url().startsWith(demo.site)) await send(page, { username: email, password: PASSWORD });
    await page.waitForURL(demo.site);
    const claims = page.locator("#claims");
    await claims.getByText(email).waitFor();

    const answer = async (button, place) => {
      await page.getByRole("button", { name: button }).click();
      const answered = page.locator(`#${place}[data-outcome]`);
      await answered.waitFor();
      return { outcome: await answered.getAttribute("data-outcome"), text: await answered.innerText() };
    };
    const route = await answer("Call the route", "route-answer");
    assert.deepEqual([route.outcome, route.text.slice(0, 11)], ["allowed", "200 allowed"]);
    const admin = await answer("Call the admin route", "admin-answer");
    assert.deepEqual([admin.outcome, admin.text.slice(0, 11)], ["refused", "403 refused"]);

    await page.getByRole("button", { name: "Swap the token" }).click();
    const identity = await page.locator("#keys dd").first().innerText();
    assert.match(identity, /^us-east-1:[0-9a-f-]{36}$/);
    const upload = await answer("Upload it", "upload-answer");
    assert.equal(upload.outcome, "allowed", upload.text);
    const object = page.locator("#folder li");
    assert.match(await object.innerText(), new RegExp(`^${identity}/photo\\.png`));
    const shown = page.locator("#shown");
    await shown.waitFor();
    assert.equal(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)), 480);
    const trespass = await answer("Try another folder", "trespass-answer");
    assert.deepEqual([trespass.outcome, trespass.text.slice(0, 16)], ["refused", "403 AccessDenied"]);
    await picture(page, "demo-done");

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(demo.site);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator('main [name="password"]').waitFor();
    assert.deepEqual(complaints, []);
  });

  test("uploads a picture from the person's own disk, and finds it after a reload", async () => {
    const { page } = await browser.visitor();
    await enter(page, await person());
    const upload = async () => {
      await page.getByRole("button", { name: "Swap the token" }).click();
      await page.locator("#photo").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: PIXEL });
      await page.getByRole("button", { name: "Upload it" }).click();
      await page.locator("#shown").waitFor();
      return page.locator("#folder").innerText();
    };
    const first = await upload();
    await page.reload();
    assert.equal(await upload(), first);
  });

  test("is under one policy, which admits nothing from elsewhere", async () => {
    const answer = await fetch(demo.site);
    const policy = answer.headers.get("content-security-policy");
    const sources = new Map(policy.split("; ").map((directive) => [directive.split(" ")[0], directive]));
    for (const [name, directive] of sources) assert.doesNotMatch(directive, /\*|https?:|data:|unsafe/, name);
    for (const name of ["default-src", "form-action", "frame-ancestors", "base-uri"]) {
      assert.equal(sources.get(name), `${name} 'none'`);
    }
    assert.doesNotMatch(await answer.text(), /http-equiv/i);
  });

  test("leaves a code alone that this tab did not ask for", async () => {
    const { page } = await browser.visitor();
    await page.goto(`${demo.site}?code=stolen&state=theirs`);
    await page.waitForURL(/\/_hosted\/demo\//);
  });
});

describe("the hosted pages", () => {
  test("sign a person up and in with JavaScript off", async () => {
    const { page } = await browser.visitor({ javaScriptEnabled: false });
    const email = address();
    await page.goto(hosted());
    await page.getByRole("link", { name: "Create an account" }).click();
    await send(page, { username: email, password: "short" });
    assert.match(await page.title(), /^Error:/);
    assert.equal(await page.locator('[name="username"]').inputValue(), email);
    await send(page, { password: PASSWORD });
    await send(page, { code: await code(instance, email) });
    if (!page.url().startsWith(demo.site)) await send(page, { username: email, password: PASSWORD });
    const arrived = new URL(page.url());
    assert.equal(arrived.origin + arrived.pathname, demo.site);
    assert.equal(arrived.searchParams.get("state"), "kept");
    assert.ok(arrived.searchParams.get("code"));
  });

  test("reset a forgotten password with JavaScript off", async () => {
    const { page } = await browser.visitor({ javaScriptEnabled: false });
    const email = await person();
    await page.goto(hosted());
    await page.getByRole("link", { name: "Forgotten your password?" }).click();
    await send(page, { username: email });
    await send(page, { code: await code(instance, email), password: "Another-tide-2" });
    if (!page.url().startsWith(demo.site)) await send(page, { username: email, password: "Another-tide-2" });
    assert.ok(page.url().startsWith(demo.site), page.url());
  });

  test("ask who was invited for a password of their own", async () => {
    const { page } = await browser.visitor();
    const email = address();
    await invite(instance, demo, email, { email });
    await page.goto(hosted());
    await send(page, { username: email, password: TEMPORARY });
    assert.match(await page.title(), /Choose your own password/);
    await send(page, { password: PASSWORD });
    await page.waitForURL(`${demo.site}**`);
  });

  test("wake the one island, which shows the password and hides it again", async () => {
    const { page, complaints } = await browser.visitor();
    await page.goto(hosted());
    const password = page.locator('[name="password"]');
    await password.fill("secret");
    await page.getByRole("button", { name: "Show password" }).click();
    assert.equal(await password.getAttribute("type"), "text");
    await page.getByRole("button", { name: "Hide password" }).click();
    assert.equal(await password.getAttribute("type"), "password");
    assert.equal(await password.inputValue(), "secret");
    assert.deepEqual(complaints, []);
  });

  test("look alike in light, in dark and on a phone", async () => {
    const email = await person();
    for (const [name, options] of [
      ["light", { colorScheme: "light" }],
      ["dark", { colorScheme: "dark" }],
      ["phone", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }],
    ]) {
      const { page, complaints } = await browser.visitor(options);
      await page.goto(hosted());
      await picture(page, `sign-in-${name}`);
      await send(page, { username: email, password: "Not-this-one-1" });
      await picture(page, `sign-in-refused-${name}`);
      await page.getByRole("link", { name: "Create an account" }).click();
      await page.waitForURL(/\/signup/);
      await picture(page, `sign-up-${name}`);
      await enter(page, email);
      await picture(page, `demo-${name}`);
      assert.deepEqual(complaints, []);
    }
  });

  test("wear their owner's colours and logo", async () => {
    const site = await makeSite(instance, { back: "https://app.example.com/" });
    const CSS = ".submitButton-customizable {background-color: #123456; color: #ffffff;}";
    await instance.aws.idp.send(new SetUICustomizationCommand({ UserPoolId: site.userPoolId, CSS, ImageFile: PIXEL }));
    const { page, complaints } = await browser.visitor({ colorScheme: "dark" });
    await page.goto(site.page("login"));
    const colour = await page.locator(".submit").evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(colour, "rgb(18, 52, 86)");
    assert.equal(await page.locator(".logo").evaluate((image) => image.decode().then(() => image.naturalWidth)), 1);
    assert.deepEqual(complaints, []);
  });
});

describe("a session route", () => {
  test("sends a browser to sign in and brings it back, once", async () => {
    const { page, context } = await browser.visitor();
    await page.goto(`${demo.sessionRoute}?page=2`);
    await page.waitForURL(/\/_hosted\/demo\//);
    await send(page, { username: await person(), password: PASSWORD });
    await page.waitForURL(`${demo.sessionRoute}?page=2`);
    const kept = (await context.cookies()).filter(({ name }) => name.startsWith("__Host-"));
    assert.ok(kept.length > 0);
    for (const cookie of kept) assert.ok(cookie.httpOnly && cookie.secure && cookie.path === "/", cookie.name);
    const again = await page.goto(demo.sessionRoute);
    assert.equal(again.status(), 200);
    assert.equal(page.url(), demo.sessionRoute);
  });
});
