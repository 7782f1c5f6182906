// A password sign-in by the API, beside one Argon2id of the same cost.
import { expectAnswer } from "../answer.mjs";
import { row } from "../row.mjs";
import { COST, apiHeaders } from "../stage.mjs";
import { passwordAsk, signIn } from "../tokens.mjs";
import { request } from "../wrk.mjs";

/** A hash keeps a core to itself: more would only wait. */
const CONNECTIONS = 2;

export async function measure(set, arena) {
  const bare = await arena.peer("argon2", { COST });
  const post = { method: "POST", headers: apiHeaders("InitiateAuth") };
  const bodies = set.people.map((email) => JSON.stringify(passwordAsk(set, email)));
  const contestants = [
    { name: "password sign-in", url: `${set.endpoint}/`, pid: set.pid },
    { name: "bare Argon2id", url: `${bare.url}/`, pid: bare.pid },
  ].map((each) => {
    const requests = bodies.map((body) => request({ url: each.url, ...post, body }));
    return { ...each, requests, connections: CONNECTIONS };
  });
  for (const email of set.people) await signIn(set, email);
  await expectAnswer("bare Argon2id", `${bare.url}/`, { ...post, body: bodies[0] }, { body: /^[1-9]\d*\n$/ });
  const runs = await arena.compete(contestants);
  const note = `Argon2id ${COST} in the same version, profile and wasm-opt; ≤ 1.25× its time is ≥ 0.8× its rate`;
  return { rows: [row(runs, "password sign-in", "bare Argon2id", { aim: 0.8, note })] };
}
