// The AWS command line, as the README's reader pastes it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { python } from "../../edge/build/prepare.mjs";
import { start } from "./instance.mjs";
import { makePool, PASSWORD } from "./pool.mjs";

const instance = await start();
const commands = await python();
const env = { ...process.env, ...instance.env, AWS_PAGER: "", AWS_MAX_ATTEMPTS: "1" };

async function aws(...words) {
  const { stdout } = await promisify(execFile)(join(commands, "aws"), [...words, "--output", "json"], { env });
  return stdout ? JSON.parse(stdout) : undefined;
}

test("the line that `npm start` prints lists the pools", async () => {
  const { userPoolId } = await makePool(instance);
  const { UserPools } = await aws("cognito-idp", "list-user-pools", "--max-results", "10");
  assert.ok(UserPools.some(({ Id }) => Id === userPoolId));
});

test("a pool, a client and a person are made and signed in", async () => {
  const { UserPool } = await aws("cognito-idp", "create-user-pool", "--pool-name", "from the shell");
  const of = ["--user-pool-id", UserPool.Id];
  const flows = ["--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH"];
  const { UserPoolClient } = await aws("cognito-idp", "create-user-pool-client", ...of, "--client-name", "shell", ...flows);
  const who = [...of, "--username", "ada"];
  await aws("cognito-idp", "admin-create-user", ...who, "--message-action", "SUPPRESS");
  await aws("cognito-idp", "admin-set-user-password", ...who, "--password", PASSWORD, "--permanent");
  const { AuthenticationResult } = await aws(
    ...["cognito-idp", "initiate-auth", "--auth-flow", "USER_PASSWORD_AUTH", "--client-id", UserPoolClient.ClientId],
    ...["--auth-parameters", `USERNAME=ada,PASSWORD=${PASSWORD}`],
  );
  const found = await aws("cognito-idp", "get-user", "--access-token", AuthenticationResult.AccessToken);
  assert.equal(found.Username, "ada");
  const { Users } = await aws("cognito-idp", "list-users", ...of, "--filter", 'username = "ada"');
  assert.equal(Users.length, 1);
});

test("roles and the caller are told in the Query protocol", async () => {
  const trust = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
    },
  };
  const name = ["--role-name", "from-the-shell"];
  await aws("iam", "create-role", ...name, "--assume-role-policy-document", JSON.stringify(trust));
  const { Role } = await aws("iam", "get-role", ...name);
  assert.deepEqual(Role.AssumeRolePolicyDocument, trust);
  await aws("iam", "delete-role", ...name);
  const { Account } = await aws("sts", "get-caller-identity");
  assert.equal(Account, instance.accountId);
});

test("an error is AWS's own", async () => {
  const refused = aws("cognito-idp", "describe-user-pool", "--user-pool-id", "us-east-1_AAAAAAAAA");
  await assert.rejects(refused, ({ stderr }) => stderr.includes("(ResourceNotFoundException)"));
});
