// A page of another origin that calls the AWS doors: what its browser asks first, and what it may read.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { startBrowser } from "./chromium.mjs";
import { start } from "./instance.mjs";
import { makePerson, makePool, PASSWORD } from "./pool.mjs";

const instance = await start();
const pool = await makePool(instance);
await makePerson(instance, pool, "ada");

const elsewhere = createServer((_, response) => response.setHeader("content-type", "text/html").end("<title>app</title>"));
await new Promise((done) => elsewhere.listen(0, "127.0.0.1", done));
after(() => elsewhere.close());

const TARGETS = ["AWSCognitoIdentityProviderService.InitiateAuth", "AWSCognitoIdentityService.GetId"];
const asks = "authorization,content-type,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent,amz-sdk-request";

test("a preflight is answered before anything is known of the call", async () => {
  for (const [path, method] of [["/", "POST"], ["/identitypools", "GET"], ["/identitypools/us-east-1%3Aa", "DELETE"]]) {
    const answer = await fetch(instance.endpoint + path, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": method, "access-control-request-headers": asks },
    });
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.ok(answer.headers.get("access-control-allow-methods").split(", ").includes(method), path);
    assert.equal(answer.headers.get("access-control-allow-headers"), asks);
    assert.equal(answer.headers.get("access-control-allow-credentials"), null, "cookies have no say here");
  }
});

test("every answer says that any page may read it, and which of its headers", async () => {
  const call = (headers, body) => fetch(instance.endpoint, { method: "POST", headers: { origin: "https://app.example.com", ...headers }, body });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const answers = [
    ...(await Promise.all(TARGETS.map((target) => call({ "x-amz-target": target }, "{}")))),
    await call({ "x-amz-target": "nothing" }, "{}"),
    await call({ "x-amz-target": TARGETS[0] }, "x".repeat(600_000)),
    await call(form, "Action=GetCallerIdentity&Version=2011-06-15"),
    await call(form, "Action=ListRoles&Version=2010-05-08"),
    await call(form, ""),
    await fetch(`${instance.endpoint}/identitypools`),
  ];
  for (const answer of answers) {
    assert.ok(answer.status >= 400, answer.url);
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    const exposed = answer.headers.get("access-control-expose-headers").toLowerCase().split(",");
    for (const name of ["x-amzn-requestid", "x-amzn-errortype", "x-amzn-errormessage"]) assert.ok(exposed.includes(name), name);
    assert.ok(answer.headers.get("x-amzn-requestid"));
  }
});

test("in Chromium a page of another origin signs somebody in, and reads why it could not", async () => {
  const { page, complaints } = await (await startBrowser()).visitor();
  await page.goto(`http://127.0.0.1:${elsewhere.address().port}/`);
  const ask = (password) =>
    page.evaluate(
      async ({ endpoint, target, clientId, password }) => {
        const answer = await fetch(endpoint, {
          method: "POST",
          headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target, "x-amz-user-agent": "test" },
          body: JSON.stringify({
            ClientId: clientId,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: "ada", PASSWORD: password },
          }),
        });
        const { headers } = answer;
        const body = await answer.json();
        return { status: answer.status, type: headers.get("x-amzn-errortype"), id: headers.get("x-amzn-requestid"), body };
      },
      { endpoint: instance.endpoint, target: TARGETS[0], clientId: pool.clientId, password },
    );
  const signedIn = await ask(PASSWORD);
  assert.equal(signedIn.status, 200);
  assert.ok(signedIn.body.AuthenticationResult.AccessToken);
  const refused = await ask("Not-this-one-1");
  assert.deepEqual([refused.status, refused.type], [400, "NotAuthorizedException:"]);
  assert.match(refused.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(complaints, []);
});
