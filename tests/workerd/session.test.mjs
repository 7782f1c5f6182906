// A session route of the gate in Chromium, from the first visit to the end of the session, with scripts and without.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, describe, test } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { send } from "./form.mjs";
import { gateOf } from "./gate.mjs";
import { start } from "./instance.mjs";
import { makePerson, makeSite, PASSWORD } from "./pool.mjs";
import { startUpstream } from "./upstream.mjs";

const SESSION = "__Host-tidegate";

const instance = await start();
const { endpoint } = instance;
const browser = await startBrowser();
const upstream = await startUpstream();
after(() => upstream.stop());

/** A site behind the gate, whose people sign in on a pool's pages; `LogoutURLs` are where these lead on to. */
async function gated(LogoutURLs) {
  const site = await makeSite(instance, { back: `${endpoint}/_gate/callback`, client: { LogoutURLs } });
  const id = `site-${randomUUID().slice(0, 8)}`;
  // A host's sessions are of one client.
  await gateOf(instance).replace({
    id,
    match: { path: `/${id}/*` },
    auth: { kind: "session", pool: site.userPoolId, client_id: site.clientId, scopes: ["openid"] },
    upstream: { kind: "http", url: upstream.url },
  });
  const { Username } = await makePerson(instance, site, `ada-${randomUUID()}`);
  return { ...site, url: `${endpoint}/${id}/a%20b?page=2&page=3&to=%2F`, username: Username };
}

/** What the upstream said it was asked for, as far as the page shows it. */
const shown = async (page) => JSON.parse(await page.locator("pre").innerText());

/** From the route to the pool's pages, through the form, and back to the very same address. */
async function enter(page, site) {
  await page.goto(site.url);
  assert.ok(page.url().startsWith(`${site.base}/login?`), page.url());
  await send(page, { username: site.username, password: PASSWORD });
  await page.waitForURL(site.url);
}

/** The session's cookie, if there is one. */
const session = async (context) => (await context.cookies()).find(({ name }) => name === SESSION);

/** Nobody gets in by this cookie: not by hand, and in no browser that is given it again. */
async function isOver({ page, context }, { name, value }, site) {
  const byHand = await fetch(site.url, { redirect: "manual", headers: { cookie: `${name}=${value}` } });
  assert.equal(byHand.status, 401);
  // As https, for Chromium's debugger holds `localhost` less safe than Chromium does.
  const url = `https://${new URL(endpoint).hostname}/`;
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  assert.equal((await session(context)).value, value);
  const [asked] = await Promise.all([page.waitForRequest(site.url), page.goto(site.url)]);
  assert.ok((await asked.allHeaders()).cookie.includes(`${name}=${value}`), "Chromium sends it");
  assert.ok(page.url().startsWith(`${site.base}/login?`), page.url());
}

for (const [visitor, javaScriptEnabled] of [["with scripts", true], ["without scripts", false]]) {
  describe(`a visitor ${visitor}`, () => {
    test("signs in, comes back to the very address, and is known there", async () => {
      const site = await gated([]);
      const { page, complaints } = await browser.visitor({ javaScriptEnabled });
      await enter(page, site);
      const seen = await shown(page);
      assert.equal(endpoint + seen.path, site.url);
      assert.equal(seen.headers["x-tidegate-username"], site.username);
      assert.equal(seen.headers.cookie, undefined, "our cookies go no further");
      const again = await page.goto(site.url);
      assert.deepEqual([again.status(), again.request().redirectedFrom()], [200, null]);
      assert.deepEqual(complaints, []);
    });

    test("signs out everywhere where the client has an address on this host to come back to", async () => {
      const site = await gated(["https://elsewhere.example/", `${endpoint}/_gate/logout`]);
      const visited = await browser.visitor({ javaScriptEnabled });
      const { page, context, complaints } = visited;
      await enter(page, site);
      const old = await session(context);
      const opens = await fetch(site.url, { headers: { cookie: `${old.name}=${old.value}` } });
      assert.equal(opens.status, 200);
      await page.goto(`${endpoint}/_gate/logout`);
      assert.equal(page.url(), `${endpoint}/_gate/logout`);
      assert.equal(await page.title(), "You are signed out");
      assert.equal(await session(context), undefined);

      await page.goto(site.url);
      assert.ok(page.url().startsWith(`${site.base}/login?`), page.url());
      await isOver(visited, old, site);
      // Who was here may come back.
      await send(page, { username: site.username, password: PASSWORD });
      await page.waitForURL(site.url);
      assert.notEqual((await session(context)).value, old.value);
      assert.deepEqual(complaints, []);
    });

    test("signs out of the site alone where the client has no such address", async () => {
      const site = await gated(["https://elsewhere.example/"]);
      const visited = await browser.visitor({ javaScriptEnabled });
      const { page, context, complaints } = visited;
      await enter(page, site);
      const old = await session(context);
      await page.goto(`${endpoint}/_gate/logout`);
      assert.equal(await page.title(), "You are signed out");
      assert.equal(await session(context), undefined);

      // The pool's pages still know this browser: they lead straight back, into another session.
      const passed = [];
      page.on("response", (response) => passed.push(new URL(response.url()).pathname));
      await page.goto(site.url);
      assert.equal(page.url(), site.url);
      assert.ok(passed.includes(new URL(`${site.base}/oauth2/authorize`).pathname), String(passed));
      assert.notEqual((await session(context)).value, old.value);
      await context.clearCookies();
      await isOver(visited, old, site);
      assert.deepEqual(complaints, []);
    });
  });
}
