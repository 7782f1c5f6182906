// Where a form of the hosted pages may end, as Chromium enforces it: it holds every redirect after a form against the
// page's policy.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { ASTRAY, startApplication } from "./application.mjs";
import { startBrowser } from "./chromium.mjs";
import { fill, send } from "./form.mjs";
import { start } from "./instance.mjs";
import { invite, makePerson, makeSite, PASSWORD, TEMPORARY } from "./pool.mjs";

const instance = await start();
const browser = await startBrowser();
const application = await startApplication();
const site = await makeSite(instance, { back: application.back });

/** The pages from which a form leads to the client: the method that each answers, how one gets there, what is typed. */
const PAGES = {
  "the sign-in page": {
    method: "GET",
    async open(page, more) {
      const username = `ada-${randomUUID()}`;
      await makePerson(instance, site, username);
      await page.goto(site.page("login", more));
      return { username, password: PASSWORD };
    },
  },
  "the page for a password of one's own": {
    method: "POST",
    async open(page, more) {
      const username = `ada-${randomUUID()}`;
      await invite(instance, site, username);
      await page.goto(site.page("login", more));
      await send(page, { username, password: TEMPORARY });
      assert.match(await page.title(), /^Choose your own password/);
      return { password: PASSWORD };
    },
  },
};

/** What got into a page past every escape: scripts of its own and of elsewhere, and a form that leads away. */
const intruder = () => {
  const { elsewhere } = application;
  const script = new URL("/script.js", elsewhere);
  return `<script>document.title = "taken"</script><img src="/none" onerror="document.title = 'taken'">
    <script src="${script}"></script>
    <form id="intruder" method="post" action="${elsewhere}"><button>Win</button></form></body>`;
};

/** Has it in the page that answers this method, under that page's own headers. */
async function intrude(page, method) {
  await page.route(`${site.base}/login?*`, async (route) => {
    if (route.request().method() !== method) return route.continue();
    const response = await route.fetch();
    const html = await response.text();
    assert.ok(html.includes("</body>"));
    return route.fulfill({ response, body: html.replace("</body>", intruder()) });
  });
}

/** Waits until the browser says that it has stopped something. */
const stopped = (page, what) => page.waitForEvent("console", (message) => what.test(message.text()));

for (const [visitor, javaScriptEnabled] of [["with scripts", true], ["without scripts", false]]) {
  for (const [name, { method, open }] of Object.entries(PAGES)) {
    describe(`${name}, ${visitor},`, () => {
      test("leads to a client that leads on to another origin", async () => {
        const { page, complaints } = await browser.visitor({ javaScriptEnabled });
        await send(page, await open(page, { state: "kept" }));
        await page.waitForURL(`${application.home}?**`);
        const { searchParams } = new URL(page.url());
        assert.ok(searchParams.get("code"));
        assert.equal(searchParams.get("state"), "kept");
        assert.equal(await page.title(), "Home");
        assert.deepEqual(complaints, []);
      });

      test("leads nobody on to another machine without TLS", async () => {
        const { page } = await browser.visitor({ javaScriptEnabled });
        const fields = await open(page, { state: ASTRAY });
        const told = stopped(page, /form-action/);
        await fill(page, fields);
        await page.locator("main .submit").click({ noWaitAfter: true });
        await told;
        assert.ok(page.url().startsWith(site.base), page.url());
        assert.ok(application.met(application.back));
        assert.ok(!application.met(application.elsewhere));
      });

      test("runs no script and sends no form that got into it", async () => {
        const { page } = await browser.visitor({ javaScriptEnabled });
        await intrude(page, method);
        const refused = javaScriptEnabled ? [/inline script/, /inline event handler/, /script\.js/] : [];
        const said = Promise.all(refused.map((what) => stopped(page, what)));
        await open(page);
        await said;
        assert.equal(await page.locator("#intruder").count(), 1);
        assert.notEqual(await page.title(), "taken");
        const told = stopped(page, /form-action/);
        await page.getByRole("button", { name: "Win" }).click({ noWaitAfter: true });
        await told;
        assert.ok(page.url().startsWith(site.base), page.url());
        for (const path of ["/home", "/script.js"]) {
          assert.ok(!application.met(new URL(path, application.elsewhere)), path);
        }
      });
    });
  }
}
