// The one form of a hosted page, as a person at a browser uses it.

/** Fills the page's form in. */
export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).fill(value);
}

/** Fills the page's form in and sends it; waits for the page that answers. */
export async function send(page, fields) {
  await fill(page, fields);
  await Promise.all([page.waitForEvent("domcontentloaded"), page.locator("main .submit").click()]);
}
