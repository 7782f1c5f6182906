// The gate, asked each time with a token that it does not know, beside a Worker that verifies with `jose`.
import { expectGuard } from "../answer.mjs";
import { row } from "../row.mjs";
import { mint } from "../tokens.mjs";
import { request } from "../wrk.mjs";

/** Twice what the gate remembers (`TOKENS` in `edge/src/flow/gate/known.rs`): in turn, each comes as if unseen. */
const TOKENS = 8192;

export async function measure(set, arena) {
  process.stderr.write(`bench: making ${TOKENS} tokens\n`);
  const tokens = await mint(set, TOKENS);
  const jose = await arena.peer("jose", { ISSUER: set.issuer, CLIENT: set.clientId, UPSTREAM: set.upstream });
  const contestants = [
    { name: "gate, new token → upstream", url: `${set.endpoint}/forwarded/hello`, pid: set.pid },
    { name: "`jose` worker → upstream", url: `${jose.url}/forwarded/hello`, pid: jose.pid },
  ].map((each) => {
    const { url } = each;
    const requests = tokens.map((token) => request({ url, headers: { authorization: `Bearer ${token}` } }));
    return { ...each, requests };
  });
  for (const { name, url } of contestants) {
    for (const token of tokens.slice(0, 2)) await expectGuard(name, url, token);
  }
  const runs = await arena.compete(contestants);
  const [gate, peer] = contestants.map(({ name }) => name);
  const note = `issuer, client, use, expiry and signature by both; ${TOKENS} tokens in turn, the gate keeps half as many`;
  return { rows: [row(runs, gate, peer, { aim: 0.9, note })] };
}
