// What must hold when hundreds ask at once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  CreateUserPoolDomainCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { advance } from "./clock.mjs";
import { crowd, crowdForm, tally } from "./crowd.mjs";
import { start } from "./instance.mjs";
import { claims, makePerson, makePool, PASSWORD, signIn } from "./pool.mjs";

const instance = await start();
const { idp } = instance.aws;

const distinct = (values) => new Set(values).size;

describe("500 sign-ups for one name", () => {
  for (const [what, pool] of [
    ["a user name", {}],
    ["an e-mail address", { UsernameAttributes: ["email"] }],
  ]) {
    test(`${what} has one winner, and no orphan`, async () => {
      const made = await makePool(instance, { pool });
      const Username = pool.UsernameAttributes ? `${randomUUID()}@example.com` : "ada";
      const answers = await crowd(instance, "SignUp", 500, () => ({
        ClientId: made.clientId,
        Username,
        Password: PASSWORD,
      }));
      const winners = answers.filter(({ status }) => status === 200);
      assert.equal(winners.length, 1, JSON.stringify(tally(answers)));
      // The rest were refused for the name, or asked to come again; nobody was left without an answer.
      const refused = new Set(answers.filter(({ status }) => status !== 200).map(({ type }) => type));
      for (const type of refused) assert.ok(["UsernameExistsException", "TooManyRequestsException"].includes(type), type);
      const UserPoolId = made.userPoolId;
      const user = await idp.send(new AdminGetUserCommand({ UserPoolId, Username }));
      const sub = user.UserAttributes.find(({ Name }) => Name === "sub").Value;
      assert.equal(sub, winners[0].body.UserSub);
      const { Users } = await idp.send(new ListUsersCommand({ UserPoolId }));
      assert.equal(Users.length, 1);
      await idp.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }));
      assert.equal(claims((await signIn(instance, made, Username)).AccessToken).sub, sub);
    });
  }
});

describe("200 refreshes with one token", () => {
  const client = {
    ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 60 },
  };

  test("have one successor by GetTokensFromRefreshToken", async () => {
    const pool = await makePool(instance, { client });
    await makePerson(instance, pool, "ada");
    const { RefreshToken } = await signIn(instance, pool, "ada");
    const ask = { ClientId: pool.clientId, RefreshToken };
    const answers = await crowd(instance, "GetTokensFromRefreshToken", 200, () => ask);
    assert.deepEqual(tally(answers), { ok: 200 });
    const successors = answers.map(({ body }) => body.AuthenticationResult.RefreshToken);
    assert.equal(distinct(successors), 1);
    assert.notEqual(successors[0], RefreshToken);
    const next = await crowd(instance, "GetTokensFromRefreshToken", 1, () => ({ ...ask, RefreshToken: successors[0] }));
    assert.deepEqual(tally(next), { ok: 1 });
  });

  test("have one successor by the token endpoint, and across both", async () => {
    const oauth = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://app.example.com/"],
      SupportedIdentityProviders: ["COGNITO"],
    };
    const pool = await makePool(instance, { client: { ...client, ...oauth } });
    const Domain = `race-${randomUUID().slice(0, 8)}`;
    await idp.send(new CreateUserPoolDomainCommand({ Domain, UserPoolId: pool.userPoolId }));
    await makePerson(instance, pool, "ada");
    const { RefreshToken } = await signIn(instance, pool, "ada");
    const url = `${instance.endpoint}/_hosted/${Domain}/oauth2/token`;
    const fields = { grant_type: "refresh_token", client_id: pool.clientId, refresh_token: RefreshToken };
    const [forms, calls] = await Promise.all([
      crowdForm(url, 200, fields),
      crowd(instance, "GetTokensFromRefreshToken", 50, () => ({ ClientId: pool.clientId, RefreshToken })),
    ]);
    assert.deepEqual([...new Set(forms.map(({ status }) => status))], [200], JSON.stringify(forms[0].body));
    assert.deepEqual(tally(calls), { ok: 50 });
    const successors = [
      ...forms.map(({ body }) => body.refresh_token),
      ...calls.map(({ body }) => body.AuthenticationResult.RefreshToken),
    ];
    assert.equal(distinct(successors), 1);
  });
});

describe("1,000 wrong passwords", () => {
  const wrong = "NotAuthorizedException: Incorrect username or password.";
  const locked = "NotAuthorizedException: Password attempts exceeded";

  /** Tries a wrong password `count` times at once; answers how many were looked at, and for how many seconds. */
  async function guess(pool, name, count) {
    const from = Date.now();
    const answers = await crowd(instance, "InitiateAuth", count, (index) => ({
      ClientId: pool.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: name, PASSWORD: `Not-this-one-${index}` },
    }));
    const { [wrong]: evaluated = 0, [locked]: refused = 0, ...rest } = tally(answers);
    for (const outcome of Object.keys(rest)) assert.match(outcome, /^TooManyRequestsException/, outcome);
    assert.equal(evaluated + refused + Object.values(rest).reduce((sum, each) => sum + each, 0), count);
    return { evaluated, seconds: (Date.now() - from) / 1000 };
  }

  /**
   * The most that may be looked at: five, and one more whenever a lock has lapsed. Locks are of 1, 2, 4 .. seconds by a
   * clock of whole seconds, so each may be short by one.
   */
  function budget(seconds) {
    let tries = 5;
    for (let lock = 1, passed = 0; passed + lock - 1 <= seconds; lock *= 2) {
      passed += lock - 1;
      tries += 1;
    }
    return tries;
  }

  for (const [who, exists] of [
    ["a person", true],
    ["nobody", false],
  ]) {
    test(`against ${who} are looked at five times, then once a lock`, async () => {
      const pool = await makePool(instance, { client: { PreventUserExistenceErrors: "ENABLED" } });
      if (exists) await makePerson(instance, pool, "ada");
      const { evaluated, seconds } = await guess(pool, "ada", 1000);
      assert.ok(evaluated >= 5 && evaluated <= budget(seconds), `${evaluated} in ${seconds} s`);
    });
  }

  test("are looked at once when a long lock has lapsed, and the next lock is longer", async () => {
    const pool = await makePool(instance);
    await makePerson(instance, pool, "ada");
    // Each failure after the fifth doubles the lock; the tenth ends with one of 32 seconds.
    for (let failure = 1; failure <= 10; failure += 1) {
      await assert.rejects(signIn(instance, pool, "ada", "Not-this-one"), { message: "Incorrect username or password." });
      await advance(instance, failure < 5 ? 0 : 2 ** (failure - 5));
    }
    assert.equal((await guess(pool, "ada", 1000)).evaluated, 1);
    // The right one is locked out too, for as long as the lock holds.
    await assert.rejects(signIn(instance, pool, "ada"), { message: "Password attempts exceeded" });
    await advance(instance, 64);
    await signIn(instance, pool, "ada");
  });

  test("do not lock out anybody else", async () => {
    const pool = await makePool(instance);
    await makePerson(instance, pool, "ada");
    await makePerson(instance, pool, "grace");
    await Promise.all([guess(pool, "ada", 200), signIn(instance, pool, "grace")]);
  });
});
