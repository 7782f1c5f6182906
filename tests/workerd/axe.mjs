// axe-core over a page.
import assert from "node:assert/strict";
import axe from "axe-core";

/** The rules of WCAG 2.2 A and AA, and axe's own good practice. */
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Finds nothing wrong with the page as it stands; with `rules`, by these alone. */
export async function accessible(page, name, rules) {
  // By the debugger, which the page's policy does not stand in the way of.
  await page.evaluate(axe.source);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: ALL };
  const { violations } = await page.evaluate((options) => axe.run(options), { runOnly });
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`),
  );
  assert.equal(found.length, 0, `${name}\n${found.join("\n")}`);
}

/**
 * What a visitor without scripts sees, in a page of one who has them, for axe needs some: the same document, with its
 * `noscript` shown and its scripts kept away.
 */
export async function read(page, reader) {
  const html = (await page.content()).replaceAll("noscript>", "div>");
  await reader.unrouteAll();
  await reader.route("**", (route) => {
    if (route.request().isNavigationRequest()) return route.fulfill({ contentType: "text/html", body: html });
    return route.request().resourceType() === "script" ? route.abort() : route.continue();
  });
  await reader.goto(page.url());
}
