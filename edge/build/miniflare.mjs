// The local runtime of `npm start` and of most tests: workerd with R2, alarms and objects on disk.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { Miniflare, NoOpLog } from "miniflare";
import { BUCKETS, COMPATIBILITY_DATE, NAME, objects } from "./bindings.mjs";
import { ROOT, Unready } from "./prepare.mjs";
import { runtimeOn } from "./process.mjs";

/** The bundle's modules, the entry first. */
export function modules(bundle) {
  const folder = join(bundle, "worker");
  if (!existsSync(join(folder, "index.js"))) {
    const script = basename(bundle) === "dev" ? "build:dev" : "build";
    throw new Unready(`no bundle in \`${bundle}\`: run \`npm run ${script}\``);
  }
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name));
  const entryFirst = (a, b) => (b === "index.js") - (a === "index.js");
  return names.sort(entryFirst).map((name) => ({ name, path: join(folder, name), wasm: name.endsWith(".wasm") }));
}

let turn = Promise.resolve();

/** Starts one after another: miniflare hands its runtime this process's environment, and that says whose it is. */
export function startMiniflare(options) {
  const running = turn.then(() => startOne(options));
  turn = running.catch(() => {});
  return running;
}

async function startOne({ bundle, port, vars, local, state, log }) {
  Object.assign(process.env, state.owner);
  const each = (stream) => createInterface(stream).on("line", log);
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    log: new NoOpLog(),
    // Otherwise it asks Cloudflare what a request from here would look like.
    cf: false,
    handleRuntimeStdio: (stdout, stderr) => [stdout, stderr].forEach(each),
    durableObjectsPersist: state.objects,
    r2Persist: state.buckets,
    workers: [
      {
        name: NAME,
        compatibilityDate: COMPATIBILITY_DATE,
        modulesRoot: join(bundle, "worker"),
        modules: modules(bundle).map(({ path, wasm }) => ({ type: wasm ? "CompiledWasm" : "ESModule", path })),
        bindings: vars,
        durableObjects: Object.fromEntries(
          Object.entries(objects(local)).map(([binding, className]) => [binding, { className, useSQLite: true }]),
        ),
        r2Buckets: local ? BUCKETS : {},
        serviceBindings: { ASSETS: "assets" },
      },
      {
        name: "assets",
        compatibilityDate: COMPATIBILITY_DATE,
        modulesRoot: join(ROOT, "edge/build"),
        modules: [{ type: "ESModule", path: join(ROOT, "edge/build/assets.js") }],
        serviceBindings: {
          FILES: { disk: { path: join(bundle, "assets"), writable: false } },
          SITE: { disk: { path: state.site, writable: false } },
        },
      },
    ],
  });
  try {
    await miniflare.ready;
  } catch (error) {
    await miniflare.dispose().catch(() => {});
    throw error;
  }
  return { pid: runtimeOn(port), stop: () => miniflare.dispose() };
}
