// The gate, asked again and again with a token that it has seen.
import { expectAnswer, expectGuard } from "../answer.mjs";
import { row } from "../row.mjs";
import { signIn } from "../tokens.mjs";
import { request } from "../wrk.mjs";

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
  ].map((each) => ({ ...each, requests: [request({ url: each.url, headers })] }));
  const [forwarded, forwarding, echoed, nothing] = contestants.map(({ name }) => name);
  await expectGuard(forwarded, contestants[0].url, AccessToken);
  await expectGuard(echoed, contestants[2].url, AccessToken);
  for (const { name, url } of [contestants[1], contestants[3]]) {
    await expectAnswer(name, url, { headers }, { body: /^ok\n$/ });
  }
  const runs = await arena.compete(contestants);
  return {
    rows: [
      row(runs, forwarded, forwarding, { aim: 0.8, note: "both fetch the same upstream" }),
      row(runs, echoed, nothing, { note: "neither fetches anything; the gate's echo is a page of JSON" }),
    ],
  };
}
