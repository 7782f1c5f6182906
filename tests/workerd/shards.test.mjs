// One story with as many user shards as there may be: one, and a number that divides nothing evenly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  DeleteUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  ListUsersCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { makePool, PASSWORD, signIn } from "./pool.mjs";

const PEOPLE = 20;

for (const shards of [1, 3]) {
  describe(`with ${shards} shard${shards > 1 ? "s" : ""} a pool`, async () => {
    const instance = await start({ shards });
    const { idp } = instance.aws;

    test("people sign up, are found by every name, and leave nothing behind", async () => {
      const pool = await makePool(instance, {
        pool: { AliasAttributes: ["email", "preferred_username"] },
        client: {
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 0 },
        },
      });
      const { userPoolId: UserPoolId, clientId: ClientId } = pool;
      const names = Array.from({ length: PEOPLE }, (_, at) => `person-${at}`);
      const email = (name) => `${name}-${shards}@example.com`;
      await Promise.all(
        names.map(async (Username) => {
          const UserAttributes = [{ Name: "email", Value: email(Username) }];
          await idp.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes }));
          const ConfirmationCode = await code(instance, email(Username));
          await idp.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
        }),
      );

      const found = [];
      let PaginationToken;
      do {
        const page = await idp.send(new ListUsersCommand({ UserPoolId, Limit: 7, PaginationToken }));
        assert.ok(page.Users.length <= 7);
        found.push(...page.Users.map(({ Username }) => Username));
        ({ PaginationToken } = page);
      } while (PaginationToken);
      assert.deepEqual([...found].sort(), [...names].sort());
      const Filter = `email = "${email(names[3])}"`;
      const { Users } = await idp.send(new ListUsersCommand({ UserPoolId, Filter }));
      assert.deepEqual(Users.map(({ Username }) => Username), [names[3]]);

      const byAddress = await signIn(instance, pool, email(names[0]));
      const { AccessToken } = byAddress;
      const UserAttributes = [{ Name: "preferred_username", Value: "ada" }];
      await idp.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
      await signIn(instance, pool, "ada");
      const ask = { ClientId, RefreshToken: byAddress.RefreshToken };
      const { AuthenticationResult } = await idp.send(new GetTokensFromRefreshTokenCommand(ask));
      assert.notEqual(AuthenticationResult.RefreshToken, byAddress.RefreshToken);

      // Every shard knows of a change before its author does.
      const Policies = { PasswordPolicy: { MinimumLength: 40 } };
      await idp.send(new UpdateUserPoolCommand({ UserPoolId, Policies, AutoVerifiedAttributes: ["email"] }));
      for (const at of names.keys()) {
        const late = new SignUpCommand({ ClientId, Username: `late-${at}`, Password: PASSWORD });
        await assert.rejects(idp.send(late), { name: "InvalidPasswordException" });
      }

      await Promise.all(names.map((Username) => idp.send(new AdminDeleteUserCommand({ UserPoolId, Username }))));
      await assert.rejects(idp.send(new AdminGetUserCommand({ UserPoolId, Username: "ada" })), { name: "UserNotFoundException" });
      assert.deepEqual((await idp.send(new ListUsersCommand({ UserPoolId }))).Users, []);
      await idp.send(new DeleteUserPoolCommand({ UserPoolId }));
      const again = new SignUpCommand({ ClientId, Username: "ada", Password: PASSWORD });
      await assert.rejects(idp.send(again), { name: "ResourceNotFoundException" });
    });
  });
}
