// A refresh by the API, without and with rotation, beside a Worker that asks an object which does nothing.
import { expectAnswer } from "../answer.mjs";
import { row } from "../row.mjs";
import { apiHeaders } from "../stage.mjs";
import { refreshAsk, signIn } from "../tokens.mjs";
import { request } from "../wrk.mjs";

const CONNECTIONS = 8;
/** Sessions that rotate; more than connections, since each waits for its answer. */
const SESSIONS = 16;

export async function measure(set, arena) {
  const hop = await arena.peer("hop");
  const own = `${set.endpoint}/`;
  const sessions = await Promise.all(set.people.slice(0, 2).map((email) => signIn(set, email)));
  const bodies = sessions.map(({ RefreshToken }) => JSON.stringify(refreshAsk(set, RefreshToken)));
  const post = { method: "POST", headers: apiHeaders("InitiateAuth") };
  const asks = (url) => bodies.map((body) => request({ url, ...post, body }));
  const contestants = [
    { name: "refresh", url: own, pid: set.pid, requests: asks(own) },
    { name: "refresh with rotation", url: own, pid: set.pid, load: "chain", prepare: () => rotating(set) },
    { name: "no-op worker → object", url: `${hop.url}/`, pid: hop.pid, requests: asks(`${hop.url}/`) },
  ].map((each) => ({ ...each, connections: CONNECTIONS }));
  const [plain, rotated, peer] = contestants.map(({ name }) => name);
  const init = { ...post, body: bodies[0] };
  await expectAnswer(plain, own, init, { body: /"AccessToken":"ey(.|\n)*"IdToken":"ey/ });
  await expectAnswer(peer, `${hop.url}/`, init, { body: /^ok\n$/ });
  const runs = await arena.compete(contestants);
  return {
    rows: [
      row(runs, plain, peer, { note: "one object call, and two RS256 signatures that the peer does not make" }),
      row(runs, rotated, peer, { note: "the same, and a new refresh token, written to disk before it is told" }),
    ],
  };
}

/** What comes before and after a refresh token in a request, and sessions' first ones, of the client that rotates. */
async function rotating(set) {
  const tokens = [];
  for (let at = 0; at < SESSIONS; at += 1) {
    const { RefreshToken } = await signIn(set, set.people[at % set.people.length], set.demo.clientId);
    tokens.push(RefreshToken);
  }
  const [token] = tokens;
  const body = JSON.stringify({ ClientId: set.demo.clientId, RefreshToken: token });
  const headers = apiHeaders("GetTokensFromRefreshToken");
  return [...request({ url: `${set.endpoint}/`, method: "POST", headers, body }).split(token), ...tokens];
}
