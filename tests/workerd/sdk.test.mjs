// The AWS SDK for JavaScript, v3: user pools, identity pools, IAM and STS.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  SetIdentityPoolRolesCommand,
} from "@aws-sdk/client-cognito-identity";
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  DescribeUserPoolCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  NotAuthorizedException,
  paginateListUsers,
  SignUpCommand,
  UpdateUserPoolCommand,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateRoleCommand, DeleteRolePolicyCommand, paginateListRoles, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ONCE, start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { claims, makePerson, makePool, PASSWORD, signIn } from "./pool.mjs";

const instance = await start();
const { idp, identity, iam, sts } = instance.aws;
const { endpoint, region } = instance;

describe("user pools", () => {
  test("a person signs up, confirms by the code that was sent, and signs in", async () => {
    const pool = await makePool(instance, { pool: { UsernameAttributes: ["email"] } });
    const email = `${randomUUID()}@example.com`;
    const UserAttributes = [{ Name: "email", Value: email }];
    const { clientId: ClientId } = pool;
    const made = await idp.send(new SignUpCommand({ ClientId, Username: email, Password: PASSWORD, UserAttributes }));
    const ConfirmationCode = await code(instance, email);
    await idp.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
    const tokens = await signIn(instance, pool, email);
    const id = claims(tokens.IdToken);
    assert.equal(id.sub, made.UserSub);
    assert.equal(id.aud, ClientId);
    assert.equal(id.token_use, "id");
    assert.equal(id.email, email);
    assert.equal(id.email_verified, true);
    const access = claims(tokens.AccessToken);
    assert.equal(access.client_id, ClientId);
    assert.equal(access.token_use, "access");
    assert.equal(access.scope, "aws.cognito.signin.user.admin");
    assert.equal(access.username, id["cognito:username"]);
    assert.equal(access.iss, id.iss);
    assert.ok(access.iss.endsWith(`/${pool.userPoolId}`));
  });

  test("errors are the SDK's own classes", async () => {
    const pool = await makePool(instance);
    await assert.rejects(
      idp.send(new AdminGetUserCommand({ UserPoolId: pool.userPoolId, Username: "nobody" })),
      UserNotFoundException,
    );
    await makePerson(instance, pool, "ada");
    await assert.rejects(signIn(instance, pool, "ada", "Not-this-one-1"), NotAuthorizedException);
  });

  test("a client without credentials may do what is open, and nothing else", async () => {
    const pool = await makePool(instance);
    await makePerson(instance, pool, "ada");
    const anonymous = new CognitoIdentityProviderClient({
      endpoint,
      region,
      credentials: { accessKeyId: "", secretAccessKey: "" },
      ...ONCE,
    });
    const tokens = await anonymous.send(
      new InitiateAuthCommand({
        ClientId: pool.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "ada", PASSWORD },
      }),
    );
    const { AccessToken } = tokens.AuthenticationResult;
    const { Username } = await anonymous.send(new GetUserCommand({ AccessToken }));
    assert.equal(Username, "ada");
    await assert.rejects(anonymous.send(new ListUsersCommand({ UserPoolId: pool.userPoolId })));
  });

  test("a paginator walks a pool once", async () => {
    const pool = await makePool(instance);
    const names = Array.from({ length: 7 }, (_, index) => `person-${index}`);
    for (const name of names) await makePerson(instance, pool, name);
    const seen = [];
    for await (const page of paginateListUsers({ client: idp, pageSize: 3 }, { UserPoolId: pool.userPoolId })) {
      seen.push(...page.Users.map(({ Username }) => Username));
    }
    assert.deepEqual(seen.sort(), names);
  });

  test("a refresh token that rotates gives way to its successor", async () => {
    const pool = await makePool(instance, {
      client: {
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
      },
    });
    await makePerson(instance, pool, "ada");
    const first = await signIn(instance, pool, "ada");
    const refresh = async (RefreshToken) => {
      const command = new GetTokensFromRefreshTokenCommand({ ClientId: pool.clientId, RefreshToken });
      return (await idp.send(command)).AuthenticationResult;
    };
    const second = await refresh(first.RefreshToken);
    assert.notEqual(second.RefreshToken, first.RefreshToken);
    // Within its grace, whoever lost the answer gets the same successor.
    assert.equal((await refresh(first.RefreshToken)).RefreshToken, second.RefreshToken);
    const { sub } = claims(second.AccessToken);
    assert.equal(sub, claims(first.AccessToken).sub);
  });

  test("a change of configuration holds from the very next request", async () => {
    const pool = await makePool(instance);
    const UserPoolId = pool.userPoolId;
    const attempt = (Username, Password) => idp.send(new SignUpCommand({ ClientId: pool.clientId, Username, Password }));
    for (let round = 0; round < 10; round += 1) {
      const MinimumLength = round % 2 === 0 ? 20 : 8;
      const Policies = { PasswordPolicy: { MinimumLength, RequireLowercase: true } };
      await idp.send(new UpdateUserPoolCommand({ UserPoolId, Policies, AutoVerifiedAttributes: ["email"] }));
      const outcome = attempt(`person-${round}`, "twelve-chars");
      if (MinimumLength === 20) await assert.rejects(outcome, { name: "InvalidPasswordException" });
      else await outcome;
      const { UserPool } = await idp.send(new DescribeUserPoolCommand({ UserPoolId }));
      assert.equal(UserPool.Policies.PasswordPolicy.MinimumLength, MinimumLength);
    }
  });
});

describe("identity pools, IAM and STS", () => {
  const RoleName = `reader-${randomUUID().slice(0, 8)}`;
  const anonymous = new CognitoIdentityClient({ endpoint, region, ...ONCE });
  let pool, IdentityPoolId, Logins, roleArn;

  const as = (credentials) =>
    new STSClient({
      endpoint,
      region,
      ...ONCE,
      credentials: {
        accessKeyId: credentials.AccessKeyId,
        secretAccessKey: credentials.SecretKey ?? credentials.SecretAccessKey,
        sessionToken: credentials.SessionToken,
      },
    });

  const reader = (credentials) =>
    new CognitoIdentityProviderClient({ endpoint, region, ...ONCE, credentials: as(credentials).config.credentials });

  before(async () => {
    pool = await makePool(instance);
    await makePerson(instance, pool, "ada");
    const ProviderName = `cognito-idp.${region}.amazonaws.com/${pool.userPoolId}`;
    ({ IdentityPoolId } = await identity.send(
      new CreateIdentityPoolCommand({
        IdentityPoolName: "test",
        AllowUnauthenticatedIdentities: false,
        AllowClassicFlow: true,
        CognitoIdentityProviders: [{ ProviderName, ClientId: pool.clientId }],
      }),
    ));
    Logins = { [ProviderName]: (await signIn(instance, pool, "ada")).IdToken };
    const trust = {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: "cognito-identity.amazonaws.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": IdentityPoolId } },
      },
    };
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
    );
    roleArn = Role.Arn;
    await allowListing();
    const Roles = { authenticated: roleArn };
    await identity.send(new SetIdentityPoolRolesCommand({ IdentityPoolId, Roles }));
  });

  const allowListing = () => {
    const statement = { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "list", PolicyDocument }));
  };

  test("an ID token becomes credentials that the role's policy opens doors with", async () => {
    const { IdentityId } = await anonymous.send(new GetIdCommand({ IdentityPoolId, Logins }));
    const { Credentials } = await anonymous.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    assert.match(Credentials.AccessKeyId, /^ASIA/);
    assert.ok(Credentials.Expiration > new Date());
    const { Users } = await reader(Credentials).send(new ListUsersCommand({ UserPoolId: pool.userPoolId }));
    assert.deepEqual(Users.map(({ Username }) => Username), ["ada"]);
    const caller = await as(Credentials).send(new GetCallerIdentityCommand({}));
    assert.match(caller.Arn, new RegExp(`assumed-role/${RoleName}/`));
  });

  test("the classic flow takes an OpenID token to the same place", async () => {
    const { IdentityId } = await anonymous.send(new GetIdCommand({ IdentityPoolId, Logins }));
    const { Token } = await anonymous.send(new GetOpenIdTokenCommand({ IdentityId, Logins }));
    assert.equal(claims(Token).sub, IdentityId);
    assert.equal(claims(Token).aud, IdentityPoolId);
    const { Credentials } = await new STSClient({ endpoint, region, ...ONCE }).send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: "test", WebIdentityToken: Token }),
    );
    await reader(Credentials).send(new ListUsersCommand({ UserPoolId: pool.userPoolId }));
  });

  test("a policy that is taken away closes what it opened, for credentials already given", async () => {
    const { IdentityId } = await anonymous.send(new GetIdCommand({ IdentityPoolId, Logins }));
    const { Credentials } = await anonymous.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    const list = () => reader(Credentials).send(new ListUsersCommand({ UserPoolId: pool.userPoolId }));
    await list();
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "list" }));
    // A Worker's picture of the roles is at most five seconds old.
    const limit = Date.now() + 8000;
    let refusal;
    while (!refusal && Date.now() < limit) refusal = await list().then(() => undefined, (error) => error);
    assert.equal(refusal?.name, "AccessDeniedException");
    await allowListing();
  });

  test("credentials with another session's token are refused", async () => {
    const { IdentityId } = await anonymous.send(new GetIdCommand({ IdentityPoolId, Logins }));
    const one = await anonymous.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    const other = await anonymous.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    const mixed = { ...one.Credentials, SessionToken: other.Credentials.SessionToken };
    await assert.rejects(as(mixed).send(new GetCallerIdentityCommand({})));
  });

  test("roles are listed and the operator is known", async () => {
    const names = [];
    for await (const page of paginateListRoles({ client: iam, pageSize: 1 }, {})) {
      names.push(...page.Roles.map((role) => role.RoleName));
    }
    assert.ok(names.includes(RoleName));
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, instance.accountId);
  });
});
