// The log as an operator reads it: one line a request, tied to the answer by its id, on both runtimes.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { after, describe, test } from "node:test";
import { ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { RUNTIMES, startSeams } from "./launch-seams.mjs";
import { makePerson, makePool, PASSWORD, signIn } from "./pool.mjs";

/** The lines about one request; they come by a pipe, so they may take a moment. */
async function about(lines, id) {
  for (;;) {
    const found = lines.filter((line) => line.includes(`"id":"${id}"`)).map((line) => JSON.parse(line));
    if (found.length > 0) return found;
    await sleep(20);
  }
}

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime });
    const { lines } = instance;

    test("a sign-in is one line, with what its time went on", async () => {
      const pool = await makePool(instance);
      await makePerson(instance, pool, "ada");
      const { $metadata } = await instance.aws.idp.send(new ListUserPoolsCommand({ MaxResults: 1 }));
      const [listed] = await about(lines, $metadata.requestId);
      assert.deepEqual([listed.door, listed.operation, listed.status, listed.outcome], ["cognito", "ListUserPools", 200, "ok"]);
      const before = lines.length;
      const tokens = await signIn(instance, pool, "ada");
      let line;
      while (!(line = lines.slice(before).find((text) => text.includes("InitiateAuth")))) await sleep(20);
      const { event, phases, calls, ms, ...rest } = JSON.parse(line);
      assert.equal(event, "request");
      assert.deepEqual(Object.keys(phases), ["objects", "hashing", "signing", "upstream", "bucket"]);
      for (const spent of Object.values(phases)) assert.ok(spent >= 0 && spent <= ms, line);
      assert.ok(calls >= 2, line);
      assert.deepEqual(Object.keys(rest), ["id", "door", "operation", "status", "outcome"]);
      for (const text of lines) {
        for (const secret of [PASSWORD, tokens.AccessToken, tokens.IdToken, tokens.RefreshToken]) assert.ok(!text.includes(secret));
      }
    });

    test("a refusal's line has its code", async () => {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };
      const answer = await fetch(instance.endpoint, { method: "POST", headers, body: '{"AccessToken":"x"}' });
      const found = await about(lines, answer.headers.get("x-amzn-requestid"));
      assert.equal(found.length, 1);
      assert.deepEqual([found[0].status, found[0].outcome], [400, "NotAuthorizedException"]);
    });

    test("no id that a client sends becomes the request's", async () => {
      const answer = await fetch(`${instance.endpoint}/nowhere`, { headers: { "x-amzn-requestid": "theirs", requestid: "theirs" } });
      const id = answer.headers.get("x-amzn-requestid");
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.equal((await about(lines, id))[0].outcome, "NotFound");
    });
  });
}

for (const runtime of Object.keys(RUNTIMES)) {
  test(`what is left of a request after a panic on ${runtime} is an id, a line and an answer that any page may read`, async () => {
    const lines = [];
    const running = await startSeams(runtime, { log: (line) => lines.push(line) });
    after(() => running.stop());
    const target = "AWSCognitoIdentityProviderService.SignUp";
    const answer = await fetch(`${running.endpoint}/_seam/panic`, { method: "POST", headers: { "x-amz-target": target } });
    assert.equal(answer.status, 500);
    assert.deepEqual(await answer.json(), { __type: "InternalErrorException", message: "internal error" });
    assert.equal(answer.headers.get("access-control-allow-origin"), "*");
    assert.match(answer.headers.get("access-control-expose-headers"), /x-amzn-RequestId/i);
    assert.equal(answer.headers.get("x-amzn-errortype"), "InternalErrorException:");
    const id = answer.headers.get("x-amzn-requestid");
    assert.match(id, /^[0-9a-f-]{36}$/);
    const [line] = await about(lines, id);
    const { level, event, door, operation, status, outcome } = line;
    assert.deepEqual(
      { level, event, door, operation, status, outcome },
      { level: "error", event: "fault", door: "cognito", operation: "SignUp", status: 500, outcome: "InternalErrorException" },
    );
    const other = await fetch(`${running.endpoint}/_seam/panic`, { headers: { "x-amz-target": "x; token=secret" } });
    const [unknown] = await about(lines, other.headers.get("x-amzn-requestid"));
    assert.deepEqual([unknown.door, unknown.operation], ["-", "-"]);
    assert.ok(lines.every((text) => !text.includes("secret")));
  });
}
