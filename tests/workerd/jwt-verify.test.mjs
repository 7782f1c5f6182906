// aws-jwt-verify before tokens of ours, with keys from our JWKS over TLS, as it insists.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { test } from "node:test";
import { JwtVerifier } from "aws-jwt-verify";
import { JwtExpiredError, JwtInvalidIssuerError, JwtInvalidSignatureError, KidNotFoundInJwksError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { start } from "./instance.mjs";
import { claims, makePerson, makePool, signIn } from "./pool.mjs";

const instance = await start({ tls: true });
const ca = readFileSync(instance.tls.ca);

/** What the library's own fetcher does, with our authority. */
const fetcher = {
  fetch: (uri) =>
    new Promise((resolve, reject) => {
      get(uri, { ca }, (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks)));
      }).on("error", reject);
    }),
};

function verifier(pool, issuer, more = {}) {
  const jwksUri = `${instance.tls.endpoint}/${pool.userPoolId}/.well-known/jwks.json`;
  return JwtVerifier.create(
    { issuer, jwksUri, audience: null, ...more },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
}

async function signedIn() {
  const pool = await makePool(instance);
  await makePerson(instance, pool, "ada");
  const tokens = await signIn(instance, pool, "ada");
  return { pool, tokens, issuer: claims(tokens.IdToken).iss };
}

test("both tokens verify against the published keys", async () => {
  const { pool, tokens, issuer } = await signedIn();
  assert.equal(issuer, `${instance.endpoint}/${pool.userPoolId}`);
  const access = await verifier(pool, issuer).verify(tokens.AccessToken);
  assert.equal(access.client_id, pool.clientId);
  const id = await verifier(pool, issuer, { audience: pool.clientId }).verify(tokens.IdToken);
  assert.equal(id.sub, access.sub);
});

test("a token that was touched does not verify", async () => {
  const { pool, tokens, issuer } = await signedIn();
  const [header, , signature] = tokens.AccessToken.split(".");
  const forged = Buffer.from(JSON.stringify({ ...claims(tokens.AccessToken), username: "eve" })).toString("base64url");
  const checked = verifier(pool, issuer);
  await assert.rejects(checked.verify(`${header}.${forged}.${signature}`), JwtInvalidSignatureError);
});

test("a token of one pool does not verify as another's", async () => {
  const [one, other] = [await signedIn(), await signedIn()];
  await assert.rejects(verifier(other.pool, other.issuer).verify(one.tokens.AccessToken), KidNotFoundInJwksError);
  await assert.rejects(verifier(one.pool, other.issuer).verify(one.tokens.AccessToken), JwtInvalidIssuerError);
});

test("a token says when it ends", async () => {
  const { pool, tokens, issuer } = await signedIn();
  const { exp, iat } = claims(tokens.AccessToken);
  assert.equal(exp - iat, 3600);
  const checked = verifier(pool, issuer, { graceSeconds: iat - exp - 10 });
  await assert.rejects(checked.verify(tokens.AccessToken), JwtExpiredError);
});
