// Requests that are refused before their body is read: the client hears why, on a connection that goes on.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Agent } from "node:http";
import { before, describe, test } from "node:test";
import { AwsClient } from "aws4fetch";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { makePool } from "./pool.mjs";
import { send } from "./raw.mjs";

const KIB = 1024;
// Up to what `edge/src/serve.rs` reads of a refused body.
const SIZES = [100 * KIB, 300 * KIB, 600 * KIB, 1024 * KIB];

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, async () => {
    const instance = await start({ runtime });
    const { endpoint, operator, port, region } = instance;
    const signer = new AwsClient({ ...operator, region, service: "tidegate", retries: 0 });

    before(async () => {
      const { userPoolId } = await makePool(instance);
      const routes = [
        {
          id: "photos",
          match: { path: "/s3/photos/*" },
          auth: { kind: "iam" },
          upstream: { kind: "bucket", bucket: "photos", binding: "BUCKET_DEMO" },
        },
        { id: "jwt", match: { path: "/jwt/*" }, auth: { kind: "jwt", pools: [userPoolId] }, upstream: { kind: "echo" } },
      ];
      const document = { method: "PUT", body: JSON.stringify({ version: 0, routes }) };
      assert.equal((await signer.fetch(`${endpoint}/_tidegate/gate`, document)).status, 200);
    });

    /** Sends a body on one connection, then asks something else on it. */
    async function refused(request, size, { chunked = false } = {}) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        const body = Buffer.alloc(size, "x");
        const length = chunked ? { "transfer-encoding": "chunked" } : { "content-length": size };
        const answer = await send(port, { ...request, headers: { ...request.headers, ...length }, body, agent });
        const next = await send(port, { path: "/favicon.svg", agent });
        assert.deepEqual([next.status, next.reused], [200, true]);
        return { status: answer.status, text: answer.body.toString() };
      } finally {
        agent.destroy();
      }
    }

    const KINDS = {
      "an unsigned PutObject": [{ method: "PUT", path: "/s3/photos/a" }, [403], /<Code>AccessDenied<\/Code>/],
      "a PutObject signed long ago": [
        {
          method: "PUT",
          path: "/s3/photos/a",
          headers: {
            authorization:
              "AWS4-HMAC-SHA256 Credential=AKIANOBODY/20231114/us-east-1/s3/aws4_request, " +
              `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${"0".repeat(64)}`,
            "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
            "x-amz-date": "20231114T221320Z",
          },
        },
        [403],
        /<Code>RequestTimeTooSkewed<\/Code>/,
      ],
      "a POST that no token goes with": [{ method: "POST", path: "/jwt/x" }, [401], /Unauthorized/],
      "a POST that no route is for": [{ method: "POST", path: "/nowhere" }, [404], /Not Found/],
      "an API call without a target": [{ method: "POST" }, [400], /UnknownOperationException/],
      "an API call that names an operation not built": [
        { method: "POST", headers: { "x-amz-target": "AWSCognitoIdentityProviderService.CreateGroup" } },
        [400, 413],
        /Exception/,
      ],
      "an unsigned gate document": [{ method: "PUT", path: "/_tidegate/gate" }, [403, 413], /message/],
      "a form to a page that is not there": [{ method: "POST", path: "/_hosted/nobody/login" }, [404], /<html/],
    };

    for (const [kind, [request, statuses, text]] of Object.entries(KINDS)) {
      test(`${kind} is refused in words, whatever its body's length`, async () => {
        for (const size of SIZES) {
          for (const chunked of [false, true]) {
            const answer = await refused(request, size, { chunked });
            assert.ok(statuses.includes(answer.status), `${size} ${chunked}: ${answer.status}`);
            assert.match(answer.text, text);
          }
        }
      });
    }

    test("a PutObject whose body is another than was signed is refused in words", async () => {
      const signing = new AwsClient({ ...operator, region, service: "s3", retries: 0 });
      for (const size of SIZES) {
        const url = `${endpoint}/s3/photos/a`;
        const digest = createHash("sha256").update("another").digest("hex");
        const { headers } = await signing.sign(url, { method: "PUT", headers: { "x-amz-content-sha256": digest } });
        const request = { method: "PUT", path: "/s3/photos/a", headers: Object.fromEntries(headers) };
        const { text } = await refused(request, size);
        // Plain workerd has no bucket, and says so before it reads anything.
        assert.match(text, name === "workerd" ? /<Code>NoSuchBucket</ : /<Code>XAmzContentSHA256Mismatch</);
      }
    });
  });
}
