// What is too much is told so by us, on both runtimes and by TLS: none of them cuts a request off first.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { Agent, request } from "undici";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";

const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, "1"]));
const heavy = { "x-heavy": "x".repeat(32 * 1024) };
const API = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime, tls: true });
    const dispatcher = new Agent({ connect: { ca: readFileSync(instance.tls.ca) } });
    after(() => dispatcher.close());

    for (const endpoint of [instance.endpoint, instance.tls.endpoint]) {
      const ask = async (path, options) => {
        const { statusCode, headers, body } = await request(endpoint + path, { dispatcher, ...options });
        return { status: statusCode, headers, text: await body.text() };
      };

      test(`every door refuses too many headers, at ${new URL(endpoint).protocol}`, async () => {
        for (const [path, options] of [
          ["/", { method: "POST", headers: API, body: "{}" }],
          ["/favicon.svg", {}],
          ["/_hosted/demo/login", {}],
          ["/_tidegate/outbox", {}],
          ["/us-east-1_x/.well-known/jwks.json", {}],
          ["/identitypools", {}],
          ["/nowhere", {}],
        ]) {
          for (const over of [many, heavy]) {
            const { status, text } = await ask(path, { ...options, headers: { ...options.headers, ...over } });
            assert.equal(status, 431, path);
            assert.match(JSON.parse(text).__type, /^RequestHeaderFieldsTooLarge/, path);
          }
        }
      });

      test(`a body over the limit is called too large, at ${new URL(endpoint).protocol}`, async () => {
        const body = JSON.stringify({ AccessToken: "x".repeat(600_000) });
        const api = await ask("/", { method: "POST", headers: API, body });
        assert.deepEqual([api.status, JSON.parse(api.text).__type], [413, "RequestEntityTooLargeException"]);
      });
    }
  });
}
