// openid-client: discovery, code and PKCE through the hosted pages, refresh, userInfo, revocation, logout.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import * as oidc from "openid-client";
import { AdminGetUserCommand, CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import { start } from "./instance.mjs";
import { code } from "./outbox.mjs";
import { Visitor } from "./page.mjs";
import { makePerson, makePool, PASSWORD } from "./pool.mjs";

const instance = await start();
const CALLBACK = "https://app.example.com/callback";
const GOODBYE = "https://app.example.com/goodbye";
const SETTINGS = {
  ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthScopes: ["openid", "email", "aws.cognito.signin.user.admin"],
  CallbackURLs: [CALLBACK],
  LogoutURLs: [GOODBYE],
  SupportedIdentityProviders: ["COGNITO"],
};

async function application(client = {}) {
  const pool = await makePool(instance, {
    pool: { UsernameAttributes: ["email"] },
    client: { ...SETTINGS, ...client },
  });
  const Domain = `app-${randomUUID().slice(0, 8)}`;
  await instance.aws.idp.send(new CreateUserPoolDomainCommand({ Domain, UserPoolId: pool.userPoolId }));
  const email = `${randomUUID()}@example.com`;
  await makePerson(instance, pool, email, { email, email_verified: "true" });
  const issuer = new URL(`${instance.endpoint}/${pool.userPoolId}`);
  const secret = pool.client.ClientSecret;
  const authentication = secret ? oidc.ClientSecretBasic(secret) : oidc.None();
  const execute = [oidc.allowInsecureRequests];
  const config = await oidc.discovery(issuer, pool.clientId, undefined, authentication, { execute });
  return { pool, email, config };
}

/** Begins a sign-in, as an application does. */
async function begin({ config }, more = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: "openid email aws.cognito.signin.user.admin",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...more,
  });
  return { url, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
}

/** Signs in through the hosted page; answers tokens. */
async function tokens(application_, visitor = new Visitor()) {
  const { url, checks } = await begin(application_);
  await visitor.open(url);
  const { redirected } = await visitor.send({ username: application_.email, password: PASSWORD });
  return { answer: await oidc.authorizationCodeGrant(application_.config, redirected, checks), redirected, checks };
}

describe("a public client", () => {
  let app;
  before(async () => {
    app = await application();
  });

  test("discovery tells where everything is", () => {
    const found = app.config.serverMetadata();
    for (const name of ["authorization", "token", "userinfo", "revocation", "end_session"]) {
      assert.ok(URL.canParse(found[`${name}_endpoint`]), name);
    }
    assert.deepEqual(found.code_challenge_methods_supported, ["S256"]);
  });

  test("code and PKCE bring verified tokens, and userInfo agrees", async () => {
    const { answer } = await tokens(app);
    const claims = answer.claims();
    assert.equal(claims.email, app.email);
    const info = await oidc.fetchUserInfo(app.config, answer.access_token, claims.sub);
    assert.equal(info.email, app.email);
    const { UserAttributes } = await instance.aws.idp.send(
      new AdminGetUserCommand({ UserPoolId: app.pool.userPoolId, Username: app.email }),
    );
    assert.equal(UserAttributes.find(({ Name }) => Name === "sub").Value, claims.sub);
  });

  test("a code is for one use", async () => {
    const { redirected, checks } = await tokens(app);
    await assert.rejects(oidc.authorizationCodeGrant(app.config, redirected, checks), { error: "invalid_grant" });
  });

  test("a code without its verifier is worth nothing", async () => {
    const { url, checks } = await begin(app);
    const visitor = new Visitor();
    await visitor.open(url);
    const { redirected } = await visitor.send({ username: app.email, password: PASSWORD });
    const wrong = { ...checks, pkceCodeVerifier: oidc.randomPKCECodeVerifier() };
    await assert.rejects(oidc.authorizationCodeGrant(app.config, redirected, wrong), { error: "invalid_grant" });
  });

  test("who is signed in already is not asked again, until they sign out", async () => {
    const visitor = new Visitor();
    await tokens(app, visitor);
    const again = await begin(app);
    const { redirected } = await visitor.open(again.url);
    assert.ok(redirected, "the cookie of the hosted pages should have sufficed");
    await oidc.authorizationCodeGrant(app.config, redirected, again.checks);
    const out = oidc.buildEndSessionUrl(app.config, { client_id: app.pool.clientId, logout_uri: GOODBYE });
    out.searchParams.delete("post_logout_redirect_uri");
    assert.equal((await visitor.open(out)).redirected?.href, GOODBYE);
    assert.match((await visitor.open((await begin(app)).url)).html, /type="password"/);
  });

  test("a refresh token brings new tokens, and none once revoked", async () => {
    const { answer } = await tokens(app);
    const again = await oidc.refreshTokenGrant(app.config, answer.refresh_token);
    assert.notEqual(again.access_token, answer.access_token);
    await oidc.tokenRevocation(app.config, answer.refresh_token);
    await assert.rejects(oidc.refreshTokenGrant(app.config, answer.refresh_token), { error: "invalid_grant" });
    await assert.rejects(oidc.fetchUserInfo(app.config, answer.access_token, oidc.skipSubjectCheck));
  });

  test("nobody is sent to an address that is not registered", async () => {
    for (const redirect_uri of [`${CALLBACK}/x`, "https://evil.example.com/callback", `${CALLBACK}?x=1`]) {
      const { url } = await begin(app, { redirect_uri });
      const page = await new Visitor().open(url);
      assert.equal(page.redirected, undefined, redirect_uri);
    }
    const out = oidc.buildEndSessionUrl(app.config, { logout_uri: "https://evil.example.com/" });
    assert.equal((await new Visitor().open(out)).redirected, undefined);
  });

  test("a wrong password stays on the page, with the name kept and the password not", async () => {
    const visitor = new Visitor();
    await visitor.open((await begin(app)).url);
    const { html, redirected } = await visitor.send({ username: app.email, password: "Not-this-one-1" });
    assert.equal(redirected, undefined);
    assert.match(html, /<title>Error:/);
    assert.ok(html.includes(app.email));
    assert.ok(!html.includes("Not-this-one-1"));
    assert.ok((await visitor.send({ username: app.email, password: PASSWORD })).redirected);
  });

  test("a form from elsewhere signs nobody in", async () => {
    const visitor = new Visitor();
    await visitor.open((await begin(app)).url);
    const { redirected } = await visitor.send({ username: app.email, password: PASSWORD, _csrf: "guessed" });
    assert.equal(redirected, undefined);
  });

  test("a newcomer signs up, confirms and comes back signed in or one step before", async () => {
    const visitor = new Visitor();
    const { url, checks } = await begin(app);
    await visitor.open(url);
    await visitor.open(visitor.link("Create an account"));
    const email = `${randomUUID()}@example.com`;
    await visitor.send({ username: email, password: PASSWORD });
    let answer = await visitor.send({ code: await code(instance, email) });
    if (!answer.redirected) answer = await visitor.send({ username: email, password: PASSWORD });
    const { claims } = await oidc.authorizationCodeGrant(app.config, answer.redirected, checks);
    assert.equal(typeof claims, "function");
  });
});

describe("a client with a secret", () => {
  test("proves itself at the token endpoint", async () => {
    const app = await application({ GenerateSecret: true });
    const { answer } = await tokens(app);
    assert.equal(answer.claims().email, app.email);
    const wrong = new oidc.Configuration(
      app.config.serverMetadata(),
      app.pool.clientId,
      undefined,
      oidc.ClientSecretBasic("x".repeat(51)),
    );
    oidc.allowInsecureRequests(wrong);
    await assert.rejects(oidc.refreshTokenGrant(wrong, answer.refresh_token), { status: 401 });
  });
});

describe("a client whose refresh tokens rotate", () => {
  test("gets a successor with each refresh", async () => {
    const RefreshTokenRotation = { Feature: "ENABLED", RetryGracePeriodSeconds: 60 };
    const app = await application({ RefreshTokenRotation });
    const { answer } = await tokens(app);
    const second = await oidc.refreshTokenGrant(app.config, answer.refresh_token);
    assert.ok(second.refresh_token && second.refresh_token !== answer.refresh_token);
    const third = await oidc.refreshTokenGrant(app.config, second.refresh_token);
    assert.notEqual(third.refresh_token, second.refresh_token);
    // Whoever lost an answer asks again, and is told the same.
    const again = await oidc.refreshTokenGrant(app.config, answer.refresh_token);
    assert.equal(again.refresh_token, second.refresh_token);
  });
});
