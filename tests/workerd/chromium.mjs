// A real browser.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { chromium as findChromium, ROOT } from "../../edge/build/prepare.mjs";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where the pictures go that a person looks at. */
const PICTURES = join(ROOT, "target/pictures");

/** Starts it for one test file. */
export async function startBrowser() {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ARGUMENTS });
  after(() => browser.close());
  return {
    /** A fresh visitor; `complaints` gathers what the browser blocked, or a script threw. */
    async visitor(options) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const complaints = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // A refusal that the page asked for is logged as a failed load.
        const asked = /Failed to load resource: the server responded with a status of 4/.test(message.text());
        if (message.type() === "error" && !asked) complaints.push(message.text());
      });
      return { context, page, complaints };
    },
  };
}

/** Takes a picture, and checks that nothing sticks out sideways. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${name} is ${content} wide in a window of ${window}`);
}
