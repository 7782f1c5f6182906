// More than the isolate can hold, and bodies that never come: each request gets its answer, and the deployment lives on.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { AwsClient } from "aws4fetch";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { makePool } from "./pool.mjs";
import { send } from "./raw.mjs";

const MB = 1_000_000;

// An upstream that answers before it reads, where the path asks for that.
const upstream = createServer(async (request, response) => {
  if (request.url.startsWith("/early")) return response.writeHead(413).end("too large, says the upstream");
  if (request.url.startsWith("/never")) return;
  let length = 0;
  for await (const chunk of request) length += chunk.length;
  response.end(`${length}`);
});
await new Promise((resolve, reject) => upstream.once("error", reject).listen(0, "127.0.0.1", resolve));
after(() => {
  upstream.close();
  upstream.closeAllConnections();
});
const url = `http://127.0.0.1:${upstream.address().port}`;

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime });
    const { endpoint, operator, port, region } = instance;
    const signer = (service) => new AwsClient({ ...operator, region, service, retries: 0 });

    let clientId;
    before(async () => {
      const { userPoolId, clientId: client } = await makePool(instance);
      clientId = client;
      const http = { kind: "http", url };
      const routes = [
        { id: "iam", match: { path: "/iam/*" }, auth: { kind: "iam" }, upstream: http },
        { id: "never", match: { path: "/never/*" }, auth: { kind: "iam" }, upstream: http },
        { id: "early", match: { path: "/early/*" }, auth: { kind: "iam" }, upstream: http },
        { id: "jwt", match: { path: "/jwt/*" }, auth: { kind: "jwt", pools: [userPoolId] }, upstream: http },
      ];
      const document = { method: "PUT", body: JSON.stringify({ version: 0, routes }) };
      assert.equal((await signer("tidegate").fetch(`${endpoint}/_tidegate/gate`, document)).status, 200);
    });

    /** Clients that send what they are given, and hang up when `until` is over; none hears an answer. */
    async function hangUp(count, text, until) {
      const sockets = Array.from({ length: count }, () => connect(port, "127.0.0.1"));
      await Promise.all(sockets.map((socket) => new Promise((done) => socket.once("error", done).write(text, done))));
      await until();
      for (const socket of sockets) socket.destroy();
    }

    const open = (operation, length) =>
      `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/x-amz-json-1.1\r\n` +
      `X-Amz-Target: AWSCognitoIdentityProviderService.${operation}\r\nContent-Length: ${length}\r\n\r\n`;

    /** Asks until the answer is not that too much is going on. */
    async function heard(ask) {
      for (;;) {
        // A refused body may end in a reset.
        const { status, body } = await ask().catch(() => ({ status: 503 }));
        if (status !== 503 && !`${body}`.includes("TooManyRequests")) return status;
      }
    }

    const alive = async () => assert.equal((await send(port, { path: "/favicon.svg" })).status, 200);

    test("large bodies that nobody signed are refused, and nothing ends", async () => {
      const body = Buffer.alloc(10 * MB, "x");
      const answers = Array.from({ length: 40 }, () => send(port, { method: "POST", path: "/iam/x", body }));
      for (const { status } of await Promise.all(answers)) assert.equal(status, 403);
      await alive();
    });

    test("large bodies that somebody signed are put off where they are too many", async () => {
      const body = Buffer.alloc(10 * MB, "x");
      const { headers } = await signer("execute-api").sign(`${endpoint}/iam/x`, { method: "POST", body });
      const request = { method: "POST", path: "/iam/x", headers: Object.fromEntries(headers), body };
      const answers = await Promise.all(Array.from({ length: 30 }, () => send(port, request)));
      const count = (wanted) => answers.filter(({ status }) => status === wanted).length;
      assert.ok(count(200) > 0, "one at least is let through");
      assert.equal(count(200) + count(503), answers.length, JSON.stringify(answers.map(({ status }) => status)));
      for (const { status, headers } of answers) assert.equal(headers["retry-after"], status === 503 ? "1" : undefined);
      assert.equal((await send(port, request)).status, 200, "what was held is given back");
      await alive();
    });

    test("clients that hang up leave nothing behind: no body that has half come", async () => {
      const half = open("SignUp", 500_000) + "x".repeat(250_000);
      for (let times = 0; times < 4; times++) await hangUp(50, half, alive);
      const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };
      const request = { method: "POST", path: "/", headers, body: Buffer.alloc(500_000, "x") };
      assert.equal(await heard(() => send(port, request)), 400);
    });

    test("nor a place on the way to a hash", async () => {
      const input = { ClientId: clientId, AuthFlow: "USER_PASSWORD_AUTH" };
      const body = JSON.stringify({ ...input, AuthParameters: { USERNAME: "nobody", PASSWORD: "Not-this-one-1" } });
      for (let times = 0; times < 10; times++) await hangUp(30, open("InitiateAuth", body.length) + body, () => {});
      const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" };
      const other = body.replace("nobody", "somebody");
      assert.equal(await heard(() => send(port, { method: "POST", path: "/", headers, body: Buffer.from(other) })), 400);
    });

    test("nor a body that an upstream has yet to take", async () => {
      const body = Buffer.alloc(9 * MB, "x");
      const signed = async (path) => {
        const { headers } = await signer("execute-api").sign(`${endpoint}${path}`, { method: "POST", body });
        return { method: "POST", path, headers: Object.fromEntries(headers), body };
      };
      const { headers } = await signed("/never/x");
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const head = `POST /never/x HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${body.length}\r\n${lines.join("")}\r\n`;
      for (let times = 0; times < 8; times++) await hangUp(1, Buffer.concat([Buffer.from(head), body]), alive);
      const request = await signed("/iam/x");
      assert.equal(await heard(() => send(port, request)), 200);
    });

    for (const expect of ["", "Expect: 100-continue\r\n"]) {
      test(`a client that has yet to send its body hears that it is refused ${expect && "(asking first)"}`, async () => {
        const socket = connect(port, "127.0.0.1");
        socket.write(`POST /jwt/x HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 500000\r\n${expect}\r\n`);
        if (!expect) socket.write("x".repeat(1000));
        let text = "";
        for await (const chunk of socket) {
          text += chunk;
          if (text.endsWith("}")) break;
        }
        assert.match(text, /HTTP\/1.1 401 .*"message":"Unauthorized"/s);
      });
    }

    test("an upstream that answers before it has read the body is heard", async () => {
      for (const size of [100_000, 3 * MB]) {
        const body = Buffer.alloc(size, "x");
        const { headers } = await signer("execute-api").sign(`${endpoint}/early/x`, { method: "POST", body });
        const request = { method: "POST", path: "/early/x", headers: Object.fromEntries(headers), body };
        const answer = await send(port, request);
        assert.deepEqual([answer.status, answer.body.toString()], [413, "too large, says the upstream"]);
      }
    });
  });
}
