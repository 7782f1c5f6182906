// What exists in a local run only, as a person and a script meet it; and that a deployment has none of it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { startBrowser } from "./chromium.mjs";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { makePool, PASSWORD } from "./pool.mjs";

describe("the outbox", async () => {
  const instance = await start();
  const email = `${randomUUID()}@example.com`;

  test("is a page for a person and a list for a script, the same messages in both", async () => {
    const { clientId: ClientId } = await makePool(instance);
    const other = `${randomUUID()}@example.com`;
    for (const Value of [other, email]) {
      const UserAttributes = [{ Name: "email", Value }];
      await instance.aws.idp.send(new SignUpCommand({ ClientId, Username: randomUUID(), Password: PASSWORD, UserAttributes }));
    }
    const sent = await code(instance, email);
    const { page, complaints } = await (await startBrowser()).visitor();
    await page.goto(instance.outbox);
    assert.equal(await page.title(), "Outbox");
    const newest = page.locator("article").first();
    assert.match(await newest.locator("h2").innerText(), new RegExp(email));
    assert.ok((await newest.innerText()).includes(sent));
    assert.equal(await page.getByText(other).count(), 1);
    await page.goto(`${instance.outbox}?to=${encodeURIComponent(email)}`);
    assert.equal(await page.locator("article").count(), 1);
    assert.equal(await page.getByText(other).count(), 0);
    await page.goto(`${instance.outbox}?to=nobody@example.com`);
    await page.getByText("Nothing yet.").waitFor();
    assert.deepEqual(complaints, []);
  });

  test("shows what a person typed as text, and is only read", async () => {
    const { clientId: ClientId } = await makePool(instance);
    const Value = `a&b'"${randomUUID()}@example.com`.replaceAll('"', "");
    const UserAttributes = [{ Name: "email", Value }];
    await instance.aws.idp.send(new SignUpCommand({ ClientId, Username: randomUUID(), Password: PASSWORD, UserAttributes }));
    const answer = await fetch(instance.outbox);
    assert.match(answer.headers.get("content-type"), /^text\/html/);
    assert.match(answer.headers.get("content-security-policy"), /default-src 'none'/);
    const html = await answer.text();
    assert.ok(html.includes(Value.replace("&", "&amp;")) && !html.includes(Value));
    assert.equal((await fetch(instance.outbox, { method: "DELETE" })).status, 405);
  });
});

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  test(`a deployment on ${name} has neither demo, outbox, clock nor echo, and answers on its own host only`, async () => {
    const deployed = await start({ runtime, local: false });
    assert.equal(deployed.outbox, undefined);
    for (const path of ["/demo", "/demo/", "/demo/index.html", "/demo/config.json", "/_tidegate/outbox", "/_tidegate/clock"]) {
      const { status } = await fetch(deployed.endpoint + path, { redirect: "manual" });
      assert.equal(status, 404, path);
    }
    assert.equal((await fetch(`${deployed.endpoint}/favicon.svg`)).status, 200);
    assert.equal((await fetch(`http://127.0.0.1:${deployed.port}/favicon.svg`)).status, 404);
  });
}
