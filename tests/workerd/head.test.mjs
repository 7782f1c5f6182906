// HEAD says of a body what GET would, and above all its length.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { AwsClient } from "aws4fetch";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { makePerson, makePool, signIn } from "./pool.mjs";
import { send } from "./raw.mjs";

const LENGTH = 5000;

const upstream = createServer((request, response) => {
  const length = request.url.endsWith("/unmeasured") ? {} : { "content-length": LENGTH };
  response.writeHead(200, { "content-type": "text/plain", etag: '"one"', ...length });
  response.end(request.method === "HEAD" ? undefined : "x".repeat(LENGTH));
});
await new Promise((done) => upstream.listen(0, "127.0.0.1", done));
after(() => upstream.close());

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime });
    const { endpoint, operator, port, region } = instance;
    const signer = (service) => new AwsClient({ ...operator, region, service, retries: 0 });
    let headers;

    before(async () => {
      const pool = await makePool(instance);
      await makePerson(instance, pool, "ann");
      headers = { authorization: `Bearer ${(await signIn(instance, pool, "ann")).AccessToken}` };
      const url = `http://127.0.0.1:${upstream.address().port}`;
      const routes = [
        {
          id: "files",
          match: { path: "/files/*" },
          auth: { kind: "jwt", pools: [pool.userPoolId] },
          upstream: { kind: "http", url },
        },
        {
          id: "photos",
          match: { path: "/s3/photos/*" },
          auth: { kind: "iam" },
          upstream: { kind: "bucket", bucket: "photos", binding: "BUCKET_DEMO" },
        },
      ];
      const document = { method: "PUT", body: JSON.stringify({ version: 0, routes }) };
      const answer = await signer("tidegate").fetch(`${endpoint}/_tidegate/gate`, document);
      assert.equal(answer.status, 200, await answer.text());
    });

    test("through an HTTP upstream has the upstream's length, and no body", async () => {
      const got = await send(port, { path: "/files/a", headers });
      assert.deepEqual([got.status, got.body.length, got.headers["content-length"]], [200, LENGTH, String(LENGTH)]);
      const head = await send(port, { method: "HEAD", path: "/files/a", headers });
      assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, String(LENGTH)]);
      assert.deepEqual([head.headers.etag, head.headers["content-type"]], ['"one"', "text/plain"]);
    });

    test("through an HTTP upstream that gives no length has none", async () => {
      const head = await send(port, { method: "HEAD", path: "/files/unmeasured", headers });
      assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, undefined]);
    });

    test("of a page, a file and a refusal comes without a body", async () => {
      for (const [path, status] of [["/favicon.svg", 200], ["/nowhere", 404], ["/files/a", 401]]) {
        const head = await send(port, { method: "HEAD", path });
        assert.deepEqual([head.status, head.body.length], [status, 0], path);
      }
    });

    test("of an object has its length", { skip: name === "workerd" && "no R2" }, async () => {
      const url = `${endpoint}/s3/photos/a`;
      const ask = async (method, body) => {
        const { headers } = await signer("s3").sign(url, { method, body });
        return send(port, { method, path: "/s3/photos/a", headers: Object.fromEntries(headers), body });
      };
      assert.equal((await ask("PUT", "x".repeat(LENGTH))).status, 200);
      const head = await ask("HEAD");
      assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, String(LENGTH)]);
      assert.deepEqual([head.headers.etag], [(await ask("GET")).headers.etag]);
    });
  });
}
