// A user pool with one client, made for one test, and people in it.
import { randomUUID } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";

export const PASSWORD = "Tide-and-gate-1";

/** A pool with plain user names, and a public client that takes passwords; `pool` and `client` add or replace. */
export async function makePool({ aws: { idp } }, { pool = {}, client = {} } = {}) {
  const { UserPool } = await idp.send(
    new CreateUserPoolCommand({ PoolName: `test-${randomUUID()}`, AutoVerifiedAttributes: ["email"], ...pool }),
  );
  const { UserPoolClient } = await idp.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool.Id,
      ClientName: "test",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      ...client,
    }),
  );
  return { userPoolId: UserPool.Id, clientId: UserPoolClient.ClientId, client: UserPoolClient };
}

/** A confirmed person whose password is `PASSWORD`. */
export async function makePerson({ aws: { idp } }, { userPoolId }, Username, attributes = {}) {
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const { User } = await idp.send(
    new AdminCreateUserCommand({ UserPoolId: userPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" }),
  );
  await idp.send(
    new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
  return User;
}

/** Tokens for a person. */
export async function signIn({ aws: { idp } }, { clientId }, USERNAME, password = PASSWORD) {
  const { AuthenticationResult } = await idp.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME, PASSWORD: password },
    }),
  );
  return AuthenticationResult;
}

/** What a token says, unverified. */
export const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
