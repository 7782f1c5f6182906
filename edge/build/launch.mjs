// Runs the bundle on this machine: on miniflare, with its state on disk (`launch`), or on workerd alone
// (`launchBare`, without R2). Needs the packages and the bundle that `prepare.mjs` brings.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { variables } from "./bindings.mjs";
import { startBare } from "./bare.mjs";
import { startMiniflare } from "./miniflare.mjs";
import { pair } from "./ports.mjs";
import { ROOT } from "./prepare.mjs";
import { freshSecrets, openSecrets, openState } from "./state.mjs";

/**
 * Starts a deployment and waits until it answers.
 *
 * - `state`: folder that keeps it; without one, a temporary folder that `stop` removes (`kill9` leaves it)
 * - `folder`: the same, opened already
 * - `port`: 0 picks a free one; TLS, if `tls`, is on the next
 * - `profile`: the bundle, `dev`, `release` or `seams`
 * - `local`: whether the outbox, the demo and the test clock exist
 * - `argon2`: "KiB,passes,lanes"; `shards`: user shards of a new pool; `extra`: more variables
 * - `secrets`: instead of the folder's own
 * - `log`: gets each line the runtime prints
 */
export const launch = (options) => start(startMiniflare, options);

/** The same on plain workerd: no R2, no outer proxy. */
export const launchBare = (options) => start(startBare, options);

async function start(runtime, options = {}) {
  const { port: wanted = 0, local = true, tls = false, argon2, shards, extra, log = () => {} } = options;
  const profile = options.profile ?? process.env.TIDEGATE_PROFILE ?? "dev";
  const temporary = options.state || options.folder ? undefined : mkdtempSync(join(tmpdir(), "tidegate-"));
  const state = options.folder ?? (await openState(options.state ?? temporary));
  const undo = [() => state.close()];
  try {
    const secrets = options.secrets ?? (temporary ? { ...freshSecrets(), first: true } : openSecrets(state));
    const bundle = options.bundle ?? join(ROOT, "edge/build/out", profile);
    let port, running;
    // A free port may be lost to another process before the runtime has it; one that was asked for may not.
    for (let tries = wanted === 0 ? 5 : 1; !running; tries -= 1) {
      port = await pair(wanted);
      const vars = variables({
        endpoint: `http://localhost:${port}`,
        tlsEndpoint: tls ? `https://localhost:${port + 1}` : undefined,
        ...{ secrets, local, argon2, shards, extra },
      });
      running = await runtime({ bundle, port, vars, local, state, log }).catch((error) => {
        if (tries <= 1 || !/in use/i.test(error.message)) throw error;
      });
    }
    undo.unshift(() => running.stop());
    const endpoint = `http://localhost:${port}`;
    let secure;
    if (tls) {
      const { terminate } = await import("./tls.mjs");
      const terminator = await terminate(state, { port: port + 1, to: port });
      undo.unshift(() => terminator.stop());
      secure = { endpoint: `https://localhost:${port + 1}`, ca: terminator.ca };
    }
    const [operator] = secrets.operators;
    const end = async () => {
      for (const step of undo.splice(0)) await step();
    };
    return {
      endpoint,
      port,
      tls: secure,
      region: secrets.region,
      accountId: secrets.accountId,
      operator,
      secrets,
      outbox: local ? `${endpoint}/_tidegate/outbox` : undefined,
      state,
      pid: running.pid,
      /** What AWS's own command line and SDKs read. */
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: secrets.region,
        AWS_DEFAULT_REGION: secrets.region,
        AWS_ACCESS_KEY_ID: operator.accessKeyId,
        AWS_SECRET_ACCESS_KEY: operator.secretAccessKey,
      },
      async stop() {
        await end();
        if (temporary) rmSync(temporary, { recursive: true, force: true });
      },
      /** Ends the runtime as a power cut would, and keeps the folder. */
      async kill9() {
        process.kill(running.pid, "SIGKILL");
        await end();
      },
    };
  } catch (error) {
    for (const step of undo) await step();
    if (temporary) rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}
