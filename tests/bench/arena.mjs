// Lets several contestants run in turn, round after round: what else the machine does then falls on all of them alike.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPeer } from "./peers.mjs";
import { run, writeParts } from "./wrk.mjs";

/** Connections, unless a contestant says otherwise. */
const CONNECTIONS = 16;
/** Milliseconds for what is under way to end, so that it falls on nobody else. */
const SETTLE = 250;

/** Seconds of processor time that a process has had; NaN where nobody says. */
function cpuTime(pid) {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const [user, system] = rest.split(" ").slice(11, 13).map(Number);
    return (user + system) / 100;
  } catch {
    return NaN;
  }
}

export class Arena {
  #options;
  #peers = [];

  constructor(options) {
    this.#options = options;
    options.undo.push(() => this.clear());
  }

  /** Starts a peer on the same kind of runtime; answers its `url` and its process. */
  async peer(name, bindings = {}) {
    const { folder, bare } = this.#options;
    const peer = await startPeer(name, { bindings, folder, bare });
    this.#peers.push(peer);
    return peer;
  }

  /** Ends the peers. */
  async clear() {
    for (const peer of this.#peers.splice(0)) await peer.stop();
  }

  /**
   * Runs the contestants: `name`, `url` whose host is asked, `pid` of its runtime, `requests` that are sent in turn (or
   * `prepare`, which answers the parts of a `load` before each run), `connections`. Answers each one's runs, a round
   * each: its `rate`, and the `cpu` an answer took, in seconds.
   */
  async compete(contestants) {
    const { rounds, seconds } = this.#options;
    const runs = new Map(contestants.map(({ name }) => [name, []]));
    const sent = new Map(contestants.map(({ name }) => [name, 0]));
    // The first round is for warming up: code is compiled, connections are opened, caches are filled.
    for (let round = 0; round <= rounds; round += 1) {
      for (const contestant of contestants) {
        const first = round === 0;
        const { rate, requests, cpu } = await this.#run(contestant, first ? 1 : seconds, sent.get(contestant.name));
        sent.set(contestant.name, sent.get(contestant.name) + requests);
        const where = first ? "warming up" : `round ${round} of ${rounds}`;
        process.stderr.write(`bench: ${where}: ${contestant.name}: ${rate.toFixed(1)}/s\n`);
        if (!first) runs.get(contestant.name).push({ rate, cpu });
      }
    }
    return runs;
  }

  async #run({ name, url, pid, requests, load = "walk", prepare, connections = CONNECTIONS }, seconds, sent) {
    const { generator, folder, undo } = this.#options;
    const file = join(folder, "load");
    writeParts(file, requests ?? (await prepare()));
    const args = load === "walk" ? [file, String(sent % requests.length)] : [file];
    const before = cpuTime(pid);
    const ran = await run({ generator, name, url, load, args, connections, seconds, undo });
    // Each connection was hung up on with a request under way, which is served all the same.
    await sleep(SETTLE);
    return { ...ran, cpu: (cpuTime(pid) - before) / (ran.requests + connections) };
  }
}
