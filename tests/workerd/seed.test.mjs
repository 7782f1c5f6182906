// The demo of `npm start` mends itself: whatever a kill or a person took from it, the next start brings back.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CognitoIdentityClient, DeleteIdentityPoolCommand } from "@aws-sdk/client-cognito-identity";
import {
  CognitoIdentityProviderClient,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DeleteRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { pair } from "../../edge/build/ports.mjs";
import { swap } from "../../public/demo/credentials.js";
import { ONCE } from "./instance.mjs";
import { makePerson, signIn } from "./pool.mjs";
import { ready } from "./starting.mjs";

const folder = mkdtempSync(join(tmpdir(), "tidegate-seed-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const state = join(folder, "state");
const port = await pair(0);

/** A run of the one deployment of this file, and AWS's clients with the operator's key. */
async function run() {
  const running = await ready(state, port);
  const { endpoint, region, accessKeyId, secretAccessKey } = running;
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  const aws = {
    idp: new CognitoIdentityProviderClient(options),
    identity: new CognitoIdentityClient(options),
    iam: new IAMClient(options),
  };
  return {
    ...running,
    aws,
    async end(signal) {
      Object.values(aws).forEach((client) => client.destroy());
      running.child.kill(signal);
      await running.ended;
    },
  };
}

/** Somebody new signs in and puts a file into a folder of theirs. */
async function upload(running) {
  const { demo, region } = running;
  const email = `${randomUUID()}@example.com`;
  await makePerson(running, demo, email, { email, email_verified: "true" });
  const { IdToken } = await signIn(running, demo, email);
  const credentials = await swap({ ...running, ...demo }, IdToken);
  const s3 = new S3Client({ endpoint: demo.s3Endpoint, region, credentials, forcePathStyle: true, ...ONCE });
  const Key = `${credentials.identityId}/note.txt`;
  const { $metadata } = await s3.send(new PutObjectCommand({ Bucket: demo.bucket, Key, Body: "hello" }));
  s3.destroy();
  return $metadata.httpStatusCode;
}

const policy = { RoleName: "demo-authenticated", PolicyName: "own-folder" };
const forget = () => rmSync(join(state, "demo.json"));

/** What is taken away, and whether the file that says the demo is whole goes too, as if a kill had come before it. */
const HARMS = {
  "a role's policy": ({ aws }) => aws.iam.send(new DeleteRolePolicyCommand(policy)),
  "a role's policy, before the demo was whole": async ({ aws }) => {
    await aws.iam.send(new DeleteRolePolicyCommand(policy));
    forget();
  },
  "a role": async ({ aws }) => {
    await aws.iam.send(new DeleteRolePolicyCommand(policy));
    await aws.iam.send(new DeleteRoleCommand({ RoleName: policy.RoleName }));
  },
  "the identity pool and a policy, where the role has another": async ({ aws, demo }) => {
    const PolicyDocument = JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } });
    await aws.iam.send(new PutRolePolicyCommand({ ...policy, PolicyName: "another", PolicyDocument }));
    await aws.iam.send(new DeleteRolePolicyCommand(policy));
    await aws.identity.send(new DeleteIdentityPoolCommand({ IdentityPoolId: demo.identityPoolId }));
  },
  "the client": ({ aws, demo }) =>
    aws.idp.send(new DeleteUserPoolClientCommand({ UserPoolId: demo.userPoolId, ClientId: demo.clientId })),
  "the user pool": async ({ aws, demo }) => {
    await aws.idp.send(new DeleteUserPoolDomainCommand({ UserPoolId: demo.userPoolId, Domain: "demo" }));
    await aws.idp.send(new DeleteUserPoolCommand({ UserPoolId: demo.userPoolId }));
  },
};

test("a start brings back what the demo has lost", async (t) => {
  let running = await run();
  assert.equal(await upload(running), 200);
  for (const [name, harm] of Object.entries(HARMS)) {
    await t.test(name, async () => {
      await harm(running);
      await running.end("SIGTERM");
      running = await run();
      assert.equal(await upload(running), 200);
    });
  }
  const { demo } = running;
  await running.end("SIGTERM");
  running = await run();
  assert.deepEqual(running.demo, demo);
  assert.ok(!running.errors.some((line) => line.includes("seeding")), "nothing is missing");
  await running.end("SIGTERM");
});

test("on another port, it says whose issuer the demo keeps", async () => {
  const first = await run();
  await first.end("SIGTERM");
  const moved = await ready(state, await pair(0));
  const issuer = `http://localhost:${port}/${first.demo.userPoolId}`;
  assert.deepEqual(moved.errors.filter((line) => !line.includes("seeding")), [
    `start: the demo's issuer stays ${issuer}: for OpenID Connect, start with --port ${port}, or on a new --state folder`,
  ]);
  moved.child.kill("SIGTERM");
  await moved.ended;
  assert.ok(!first.errors.some((line) => line.includes("issuer")));
});
