// The gate, asked again and again with a token that it has seen.
import { expectAnswer, expectGuard } from "../answer.mjs";
import { row } from "../row.mjs";
import { signIn } from "../tokens.mjs";
import { request } from "../wrk.mjs";

/** Answered before anything is asked or proved. */
const PREFLIGHT = { origin: "https://app.example.com", "access-control-request-method": "POST" };

export async function measure(set, arena) {
  const { AccessToken } = await signIn(set, set.people[0]);
  const headers = { authorization: `Bearer ${AccessToken}` };
  const forward = await arena.peer("forward", { UPSTREAM: set.upstream });
  const noOp = await arena.peer("no-op");
  const contestants = [
    { name: "gate, known token → upstream", url: `${set.endpoint}/forwarded/hello`, pid: set.pid },
    { name: "no-op worker → upstream", url: `${forward.url}/forwarded/hello`, pid: forward.pid },
    { name: "gate, known token, answered here", url: `${set.endpoint}/echoed/hello`, pid: set.pid },
    { name: "no-op worker", url: `${noOp.url}/echoed/hello`, pid: noOp.pid },
    { name: "this Worker, a preflight", url: `${set.endpoint}/`, pid: set.pid, method: "OPTIONS", more: PREFLIGHT },
  ].map(({ more, ...each }) => ({ ...each, requests: [request({ ...each, headers: { ...headers, ...more } })] }));
  const [forwarded, forwarding, echoed, nothing, preflight] = contestants.map(({ name }) => name);
  await expectGuard(forwarded, contestants[0].url, AccessToken);
  await expectGuard(echoed, contestants[2].url, AccessToken);
  for (const { name, url } of [contestants[1], contestants[3]]) {
    await expectAnswer(name, url, { headers }, { body: /^ok\n$/ });
  }
  const asks = { method: "OPTIONS", headers: PREFLIGHT };
  await expectAnswer(preflight, `${set.endpoint}/`, asks, { body: /^$/ });
  const runs = await arena.compete(contestants);
  return {
    rows: [
      row(runs, forwarded, forwarding, { aim: 0.8, note: "both fetch the same upstream" }),
      row(runs, echoed, nothing, { note: "neither fetches anything; the gate's echo is a page of JSON" }),
      row(runs, preflight, nothing, { note: "the least this Worker does: in, a log line, an answer without a body, out" }),
    ],
  };
}
