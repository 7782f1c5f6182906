// What was acknowledged through the API is there after the power has gone, on both runtimes.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import {
  AdminGetUserCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { launch, launchBare } from "../../edge/build/launch.mjs";
import { start } from "./instance.mjs";
import { makePool, PASSWORD } from "./pool.mjs";

const WRITERS = 16;
const ENOUGH = 150;
const TARGET = "AWSCognitoIdentityProviderService.SignUp";

for (const [name, runtime] of Object.entries({ miniflare: launch, workerd: launchBare })) {
  describe(`on ${name}`, () => {
    test("every acknowledged sign-up and configuration outlives a kill -9 in the midst of others", async () => {
      const state = mkdtempSync(join(tmpdir(), "tidegate-durable-"));
      after(() => rmSync(state, { recursive: true, force: true }));
      const first = await start({ runtime, state });
      const { userPoolId: UserPoolId, clientId: ClientId } = await makePool(first);
      const people = new Set();
      let begun = 0;
      let version = 0;
      let killed;

      async function signUp(Username) {
        const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": TARGET };
        const body = JSON.stringify({ ClientId, Username, Password: PASSWORD });
        const answer = await fetch(first.endpoint, { method: "POST", headers, body });
        if (answer.status === 200 && (await answer.json()).UserSub) people.add(Username);
      }
      async function writer() {
        while (!killed) {
          await signUp(`person-${begun++}`).catch(() => {});
          // With the others' writes, and a change of the pool, under way.
          if (people.size >= ENOUGH && version >= 3) killed ??= first.kill9();
        }
      }
      async function configure() {
        while (!killed) {
          const UserPoolTags = { version: String(version + 1) };
          const written = first.aws.idp.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags }));
          if (await written.then(() => true, () => false)) version += 1;
        }
      }
      await Promise.all([...Array.from({ length: WRITERS }, writer), configure()]);
      await killed;
      assert.ok(begun > people.size, "nothing was under way");

      const second = await start({ runtime, state });
      const { idp } = second.aws;
      const { UserPool } = await idp.send(new DescribeUserPoolCommand({ UserPoolId }));
      assert.ok([version, version + 1].includes(Number(UserPool.UserPoolTags.version)), `${version} was acknowledged`);
      for (const Username of people) {
        const found = await idp.send(new AdminGetUserCommand({ UserPoolId, Username }));
        assert.equal(found.UserStatus, "UNCONFIRMED");
      }
      // Whoever was not told is there whole, or not at all: every name that is listed can be read, and no other.
      const listed = [];
      let PaginationToken;
      do {
        const page = await idp.send(new ListUsersCommand({ UserPoolId, Limit: 60, PaginationToken }));
        listed.push(...page.Users.map(({ Username }) => Username));
        ({ PaginationToken } = page);
      } while (PaginationToken);
      assert.equal(new Set(listed).size, listed.length);
      assert.deepEqual([...people].filter((person) => !listed.includes(person)), []);
      for (const Username of listed) await idp.send(new AdminGetUserCommand({ UserPoolId, Username }));
      // The pool goes on: it takes changes, and every name that nobody holds.
      await idp.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: { version: "after" } }));
    });
  });
}
