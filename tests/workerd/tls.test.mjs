// The TLS port of a local run: who comes encrypted stays so, while every issuer stays what it is.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { after, before, describe, test } from "node:test";
import { CreateUserPoolDomainCommand } from "@aws-sdk/client-cognito-identity-provider";
import * as oidc from "openid-client";
import { Agent, fetch as fetchBy, request as requestBy } from "undici";
import { launchBare } from "../../edge/build/launch.mjs";
import { startBrowser } from "./chromium.mjs";
import { start } from "./instance.mjs";
import { Visitor } from "./page.mjs";
import { claims, makePerson, makePool, PASSWORD } from "./pool.mjs";

const instance = await start({ seeded: true, tls: true });
const { demo, endpoint, tls } = instance;
const ca = readFileSync(tls.ca);
const dispatcher = new Agent({ connect: { ca } });
after(() => dispatcher.close());

const SITE = `${tls.endpoint}/demo/`;
const NAVIGATES = { accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

/** Sends it by TLS; answers status and headers, and follows nothing. */
async function ask(path, { body, ...options } = {}) {
  const sent = request(tls.endpoint + path, { ca, agent: false, ...options }).end(body);
  const [answer] = await once(sent, "response");
  const chunks = await answer.toArray();
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

let email;
before(async () => {
  email = `${randomUUID()}@example.com`;
  await makePerson(instance, demo, email, { email, email_verified: "true" });
});

test("openid-client signs a person in, its issuer unencrypted and everything else not", async () => {
  const document = `${tls.endpoint}/${demo.userPoolId}/.well-known/openid-configuration`;
  const metadata = await (await fetchBy(document, { dispatcher })).json();
  assert.equal(metadata.issuer, `${endpoint}/${demo.userPoolId}`);
  for (const [name, value] of Object.entries(metadata)) {
    if (name === "jwks_uri" || name.endsWith("_endpoint")) assert.ok(value.startsWith(`${tls.endpoint}/`), name);
  }
  const config = new oidc.Configuration(metadata, demo.clientId, undefined, oidc.None());
  config[oidc.customFetch] = (url, init) => fetchBy(url, { ...init, dispatcher });
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [oidc.randomState(), oidc.randomNonce()];
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: SITE,
    scope: "openid email",
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
    nonce: expectedNonce,
  });
  // A visitor follows within one origin, so a step off TLS would end the way here.
  const visitor = new Visitor(undefined, dispatcher);
  await visitor.open(url);
  const landed = await visitor.send({ username: email, password: PASSWORD });
  assert.equal(landed.status, 200, landed.html);
  assert.equal(visitor.url.origin + visitor.url.pathname, SITE);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce };
  const tokens = await oidc.authorizationCodeGrant(config, visitor.url, checks);
  assert.equal(tokens.claims().iss, metadata.issuer);
  const { email: told } = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  assert.equal(told, email);
  const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  assert.equal(claims(fresh.access_token).iss, metadata.issuer);
});

test("the pages' cookies are for TLS only, and a form from the other port is foreign", async () => {
  const query = new URLSearchParams({ client_id: demo.clientId, response_type: "code", redirect_uri: SITE });
  const page = await ask(`/_hosted/demo/login?${query}`);
  assert.equal(page.status, 200);
  const [cookie] = page.headers["set-cookie"];
  assert.match(cookie, /^__Secure-XSRF-TOKEN=.*; Path=\/_hosted\/demo; .*; Secure$/);
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(page.body) ?? /value="([^"]+)" name="_csrf"/.exec(page.body);
  const body = new URLSearchParams({ _csrf: token, username: email, password: PASSWORD }).toString();
  const post = (origin) => {
    const headers = { origin, cookie: cookie.split(";")[0], "content-type": "application/x-www-form-urlencoded" };
    return ask(`/_hosted/demo/login?${query}`, { method: "POST", headers, body });
  };
  assert.ok(![302, 303].includes((await post(endpoint)).status), "a page without encryption has signed somebody in");
  const signedIn = await post(tls.endpoint);
  assert.ok(signedIn.headers.location?.startsWith(`${SITE}?code=`), `${signedIn.status} ${signedIn.headers.location}`);
  for (const line of signedIn.headers["set-cookie"]) assert.match(line, /^__Secure-.*; Secure$/);
});

test("a session route sends a browser to sign in and back, by TLS all the way", async () => {
  const route = `${tls.endpoint}/gate/session/hello?page=2`;
  const sent = await ask("/gate/session/hello?page=2", { headers: NAVIGATES });
  const to = new URL(sent.headers.location);
  assert.equal(to.origin, tls.endpoint);
  assert.equal(to.searchParams.get("redirect_uri"), `${tls.endpoint}/_gate/callback`);
  const visitor = new Visitor(NAVIGATES, dispatcher);
  await visitor.open(route);
  const arrived = await visitor.send({ username: email, password: PASSWORD });
  assert.equal(arrived.status, 200, arrived.html);
  assert.equal(String(visitor.url), route);
  assert.equal(JSON.parse(arrived.html).route, "demo-session");
});

test("in Chromium the demo works encrypted as it does without", async () => {
  const browser = await startBrowser();
  const { page, complaints } = await browser.visitor({ ignoreHTTPSErrors: true });
  const plain = [];
  page.on("request", (asked) => asked.url().startsWith("http:") && plain.push(asked.url()));
  await page.goto(SITE);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator('main [name="username"]').fill(email);
  await page.locator('main [name="password"]').fill(PASSWORD);
  await page.locator("main .submit").click();
  await page.waitForURL(SITE);
  await page.locator("#claims").getByText(email).waitFor();
  await page.getByRole("button", { name: "Call the route" }).click();
  await page.locator('#route-answer[data-outcome="allowed"]').waitFor();
  await page.getByRole("button", { name: "Swap the token" }).click();
  await page.locator("#keys dd").first().waitFor();
  await page.getByRole("button", { name: "Upload it" }).click();
  await page.locator("#shown").waitFor();
  await page.goto(`${tls.endpoint}/gate/session/hello`);
  assert.equal(page.url(), `${tls.endpoint}/gate/session/hello`, "who is signed in goes straight through");
  assert.deepEqual(plain, []);
  assert.deepEqual(complaints, []);
});

describe("the terminator", () => {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSCognitoIdentityProviderService.GetUser" };

  test("tells a client that asks before it sends to go on", async () => {
    const sent = request(tls.endpoint, { ca, method: "POST", agent: false, headers: { ...headers, expect: "100-continue" } });
    sent.flushHeaders();
    await once(sent, "continue");
    sent.end('{"AccessToken":"x"}');
    const [answer] = await once(sent, "response");
    assert.equal(answer.statusCode, 400);
    assert.match(Buffer.concat(await answer.toArray()).toString(), /NotAuthorizedException/);
  });

  test("hands on what it does not understand", async () => {
    const large = await ask("/", { method: "POST", headers, body: JSON.stringify({ AccessToken: "x", y: "y".repeat(600_000) }) });
    assert.equal(large.status, 413);
    const path = await ask("/a%2fb", {});
    assert.equal(path.status, 400);
    assert.equal((await ask("/", { method: "POST", headers })).status, 400);
    assert.equal((await ask("/favicon.svg", { method: "HEAD" })).body, "");
    const chunked = request(tls.endpoint, { ca, method: "POST", agent: false, headers });
    chunked.write('{"AccessToken":');
    chunked.end(`"${randomBytes(8).toString("hex")}"}`);
    const [answer] = await once(chunked, "response");
    assert.match(Buffer.concat(await answer.toArray()).toString(), /NotAuthorizedException/);
  });
});

for (const local of [true, false]) {
  test(`the TLS port's number in a header ${local ? "counts" : "is nothing"} ${local ? "in a local run" : "to a deployment"}`, async () => {
    const extra = { TIDEGATE_TLS_ORIGIN: "https://localhost:9" };
    const other = await start({ runtime: launchBare, local, extra });
    const client = {
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: [SITE],
      SupportedIdentityProviders: ["COGNITO"],
    };
    const { userPoolId, clientId } = await makePool(other, { client });
    await other.aws.idp.send(new CreateUserPoolDomainCommand({ Domain: "demo", UserPoolId: userPoolId }));
    const query = new URLSearchParams({ client_id: clientId, response_type: "code", redirect_uri: SITE });
    const path = `/_hosted/demo/oauth2/authorize?${query}`;
    const { statusCode, headers } = await requestBy(other.endpoint + path, { headers: { host: "localhost:9" } });
    assert.equal(statusCode, 302);
    assert.equal(new URL(headers.location).origin, local ? "https://localhost:9" : other.endpoint);
  });
}
