// A user pool with one client, made for one test, and people in it.
import { randomUUID } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";

export const PASSWORD = "Tide-and-gate-1";
export const TEMPORARY = "For-one-time-1";

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

/**
 * A pool with hosted pages, whose client's people come back to `back`; `page` is the address of a page of theirs, as
 * the client leads to it.
 */
export async function makeSite(instance, { back, pool, client = {} }) {
  const made = await makePool(instance, {
    pool,
    client: {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [back],
      SupportedIdentityProviders: ["COGNITO"],
      ...client,
    },
  });
  const domain = `site-${randomUUID().slice(0, 8)}`;
  await instance.aws.idp.send(new CreateUserPoolDomainCommand({ Domain: domain, UserPoolId: made.userPoolId }));
  const base = `${instance.endpoint}/_hosted/${domain}`;
  const query = { response_type: "code", client_id: made.clientId, redirect_uri: back };
  const page = (leaf, more) => `${base}/${leaf}?${new URLSearchParams({ ...query, ...more })}`;
  return { ...made, base, back, page };
}

/** Somebody an administrator has invited: the password is `TEMPORARY` until they choose one. */
export async function invite({ aws: { idp } }, { userPoolId }, Username, attributes = {}) {
  const { User } = await idp.send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      TemporaryPassword: TEMPORARY,
      MessageAction: "SUPPRESS",
    }),
  );
  return User;
}

/** A confirmed person whose password is `PASSWORD`. */
export async function makePerson(instance, pool, Username, attributes) {
  const user = await invite(instance, pool, Username, attributes);
  await instance.aws.idp.send(
    new AdminSetUserPasswordCommand({ UserPoolId: pool.userPoolId, Username, Password: PASSWORD, Permanent: true }),
  );
  return user;
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
