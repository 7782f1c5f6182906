// What a careful person writes with `jose`: checks a pool's token, then forwards. The keys are fetched once.
import { createLocalJWKSet, jwtVerify } from "jose";

let keys;

async function keySet(issuer) {
  const answer = await fetch(`${issuer}/.well-known/jwks.json`);
  return createLocalJWKSet(await answer.json());
}

/** Who a token speaks for; throws if it is not the pool's, not the client's, of neither use, or has expired. */
async function subject(token, { ISSUER, CLIENT }) {
  keys ??= await keySet(ISSUER);
  const options = { issuer: ISSUER, algorithms: ["RS256"], requiredClaims: ["exp", "sub"] };
  const { payload } = await jwtVerify(token, keys, options);
  const client = { access: payload.client_id, id: payload.aud }[payload.token_use];
  if (client !== CLIENT) throw new Error("the token is not this client's");
  return payload.sub;
}

export default {
  async fetch(request, env) {
    const [, token] = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    const who = token && (await subject(token, env).catch(() => undefined));
    if (!who) return Response.json({ message: "Unauthorized" }, { status: 401 });
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.delete("authorization");
    headers.set("x-tidegate-sub", who);
    return fetch(env.UPSTREAM + pathname + search, { headers, redirect: "manual", cache: "no-store" });
  },
};
