// The gate from outside: three kinds of route, and what reaches the upstream.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { gateOf } from "./gate.mjs";
import { start } from "./instance.mjs";
import { Visitor } from "./page.mjs";
import { makePerson, PASSWORD, signIn } from "./pool.mjs";
import { startUpstream } from "./upstream.mjs";

const instance = await start({ seeded: true });
const { demo, endpoint, operator } = instance;
const upstream = await startUpstream();
after(() => upstream.stop());

const gate = gateOf(instance);

const email = `${randomUUID()}@example.com`;
let tokens;

before(async () => {
  const jwt = { kind: "jwt", pools: [demo.userPoolId] };
  await gate.add(
    { id: "real", match: { path: "/real/*" }, auth: jwt, upstream: { kind: "http", url: upstream.url } },
    {
      id: "shared",
      match: { path: "/shared/*" },
      auth: jwt,
      upstream: { kind: "echo" },
      cors: { origins: ["https://app.example.com"], credentials: true },
    },
    {
      id: "scoped",
      match: { path: "/scoped/*" },
      auth: jwt,
      require: { scopes: ["photos/write"] },
      upstream: { kind: "echo" },
    },
  );
  await makePerson(instance, demo, email, { email, email_verified: "true" });
  tokens = await signIn(instance, demo, email);
});

const bearer = (token) => ({ authorization: `Bearer ${token}` });

describe("the document", () => {
  test("is read and written under an operator's signature only", async () => {
    assert.equal((await fetch(gate.url)).status, 403);
    const stranger = gateOf({ ...instance, operator: { ...operator, secretAccessKey: "x".repeat(40) } });
    assert.equal((await stranger.ask()).status, 403);
    assert.equal((await stranger.put(await gate.read())).status, 403);
  });

  test("is not overwritten by whoever read an older one", async () => {
    const document = await gate.read();
    assert.equal((await gate.put(document)).status, 200);
    assert.equal((await gate.put(document)).status, 412);
  });

  test("that makes no sense changes nothing", async () => {
    const document = await gate.read();
    const nonsense = { ...document, routes: [{ ...document.routes[0], upstream: { kind: "nowhere" } }] };
    assert.equal((await gate.put(nonsense)).status, 400);
    assert.deepEqual(await gate.read(), document);
  });
});

describe("a bearer route", () => {
  test("lets an access token through, and says who it is", async () => {
    const answer = await fetch(demo.jwtRoute, { headers: bearer(tokens.AccessToken) });
    assert.equal(answer.status, 200);
  });

  test("answers 401 without a token, and to a token of the wrong kind or a forged one", async () => {
    const [header, payload] = tokens.AccessToken.split(".");
    for (const headers of [{}, bearer(tokens.IdToken), bearer(`${header}.${payload}.AAAA`), bearer("x")]) {
      const answer = await fetch(demo.jwtRoute, { headers });
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get("www-authenticate"), /^Bearer/);
      assert.deepEqual(await answer.json(), { message: "Unauthorized" });
    }
  });

  test("answers 403 to a token that may do too little", async () => {
    const headers = bearer(tokens.AccessToken);
    assert.equal((await fetch(`${endpoint}/gate/admin/x`, { headers })).status, 403);
    assert.equal((await fetch(`${endpoint}/scoped/x`, { headers })).status, 403);
  });

  test("does not exist where no route matches", async () => {
    const headers = bearer(tokens.AccessToken);
    for (const path of ["/nowhere", "/gate", "/gate/other", "/gate/jwt%2fx", "/gate/jwt/..%2fadmin"]) {
      const { status } = await fetch(endpoint + path, { headers });
      assert.ok([400, 403, 404].includes(status), `${path}: ${status}`);
    }
  });
});

describe("an upstream", () => {
  test("gets the request, without what the gate alone may say", async () => {
    const headers = {
      ...bearer(tokens.AccessToken),
      "x-tidegate-sub": "somebody-else",
      X_Tidegate_Sub: "somebody-else",
      "x-amzn-oidc-identity": "somebody-else",
      "x-own": "kept",
      cookie: "theirs=1",
    };
    const answer = await fetch(`${endpoint}/real/a%20b?x=1&x=2`, { method: "POST", headers, body: "hello" });
    assert.equal(answer.status, 200);
    const seen = await answer.json();
    assert.deepEqual([seen.method, seen.path, seen.length], ["POST", "/real/a%20b?x=1&x=2", 5]);
    assert.equal(seen.headers["x-own"], "kept");
    assert.equal(seen.headers.cookie, "theirs=1");
    assert.equal(seen.headers.authorization, undefined);
    assert.ok(!JSON.stringify(seen.headers).includes("somebody-else"));
    const { sub } = JSON.parse(Buffer.from(tokens.AccessToken.split(".")[1], "base64url"));
    assert.ok(Object.values(seen.headers).includes(sub));
  });

  test("that is gone is 502 or 504, never open", async () => {
    const gone = await startUpstream();
    gone.stop();
    const real = (await gate.read()).routes.find(({ id }) => id === "real");
    await gate.add({ ...real, id: "gone", match: { path: "/gone/*" }, upstream: { kind: "http", url: gone.url } });
    const { status } = await fetch(`${endpoint}/gone/x`, { headers: bearer(tokens.AccessToken) });
    assert.ok([502, 503, 504].includes(status), String(status));
  });
});

describe("another origin's page", () => {
  const asks = (origin) =>
    fetch(`${endpoint}/shared/x`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
    });

  test("is answered before any proof, if its origin is named", async () => {
    const allowed = await asks("https://app.example.com");
    assert.ok(allowed.ok);
    assert.equal(allowed.headers.get("access-control-allow-origin"), "https://app.example.com");
    assert.equal(allowed.headers.get("access-control-allow-credentials"), "true");
  });

  test("is told nothing if it is not", async () => {
    const refused = await asks("https://evil.example.com");
    assert.equal(refused.headers.get("access-control-allow-origin"), null);
  });
});

describe("a session route", () => {
  test("answers 401 to whatever is no browser going somewhere", async () => {
    for (const headers of [{}, { accept: "application/json" }, { accept: "*/*", "sec-fetch-mode": "cors" }]) {
      assert.equal((await fetch(demo.sessionRoute, { redirect: "manual", headers })).status, 401);
    }
    const post = { method: "POST", redirect: "manual", headers: { accept: "text/html" } };
    assert.equal((await fetch(demo.sessionRoute, post)).status, 401);
  });

  test("sends a browser to sign in, and brings it back to where it was going", async () => {
    const visitor = new Visitor({ accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" });
    await visitor.open(`${demo.sessionRoute}?page=2`);
    const arrived = await visitor.send({ username: email, password: PASSWORD });
    assert.equal(arrived.status, 200);
    assert.equal(String(visitor.url), `${demo.sessionRoute}?page=2`);
    const kept = visitor.cookies().filter(({ name }) => name.startsWith("__Host-"));
    assert.ok(kept.some(({ value }) => value.length < 512 && !value.includes(".ey")), "one small opaque cookie");
  });
});
