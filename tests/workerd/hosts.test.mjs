// Whose a path is, is decided by the host: by the runtime's own reading of it, on both runtimes.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { AwsClient } from "aws4fetch";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { makePerson, makePool, signIn } from "./pool.mjs";
import { send } from "./raw.mjs";

const GATED = "app.example.com";

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime });
    const { endpoint, operator, port, region } = instance;
    const ask = (host, path, options = {}) => send(port, { ...options, path, headers: { ...options.headers, host } });
    const operation = { "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools" };
    const files = ["/assets/boot.js", "/demo/", "/favicon.svg"];
    const paths = ["/", ...files, "/_hosted/x/login", ...["gate", "outbox", "clock"].map((name) => `/_tidegate/${name}`)];
    let bearer;

    before(async () => {
      const pool = await makePool(instance);
      await makePerson(instance, pool, "ann");
      bearer = { authorization: `Bearer ${(await signIn(instance, pool, "ann")).AccessToken}` };
      const signer = new AwsClient({ ...operator, region, service: "tidegate", retries: 0 });
      const auth = { kind: "jwt", pools: [pool.userPoolId] };
      const routes = [{ id: "site", match: { host: GATED, path: "/*" }, auth, upstream: { kind: "echo" } }];
      const document = { method: "PUT", body: JSON.stringify({ version: 0, routes }) };
      const answer = await signer.fetch(`${endpoint}/_tidegate/gate`, document);
      assert.equal(answer.status, 200, await answer.text());
    });

    test("a gated site on a host of its own has every path", async () => {
      for (const path of paths) {
        assert.equal((await ask(GATED, path)).status, 401, path);
        const seen = JSON.parse((await ask(GATED, path, { headers: bearer })).body);
        assert.deepEqual([seen.route, seen.host, seen.path], ["site", GATED, path]);
      }
      const posted = await ask(GATED, "/", { method: "POST", headers: { ...bearer, ...operation }, body: "{}" });
      assert.equal(JSON.parse(posted.body).method, "POST");
    });

    test("a host that nobody has set up reaches no door", async () => {
      for (const host of ["evil.example", `evil.example:${port}`, "localhost.evil.example", "app.localhost"]) {
        for (const path of paths) assert.equal((await ask(host, path, { headers: bearer })).status, 404, host + path);
        const call = await ask(host, "/", { method: "POST", headers: operation, body: "{}" });
        assert.deepEqual([call.status, JSON.parse(call.body)], [404, { message: "Not Found" }]);
      }
    });

    test("this machine's names reach the deployment's own doors, in capitals too", async () => {
      for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, "[::1]", `localhost:${port + 1}`]) {
        assert.equal((await ask(host, "/favicon.svg")).status, 200, host);
        const call = await ask(host, "/", { method: "POST", headers: operation, body: '{"MaxResults":1}' });
        assert.equal(JSON.parse(call.body).__type, "MissingAuthenticationTokenException", host);
      }
    });
  });
}
