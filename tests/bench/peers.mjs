// The peers: small Workers, each on a runtime of its own that is set up as the deployment's is.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare, NoOpLog } from "miniflare";
import { COMPATIBILITY_DATE } from "../../edge/build/bindings.mjs";
import { pair } from "../../edge/build/ports.mjs";
import { runtimeOn } from "../../edge/build/process.mjs";
import { bareArgon2 } from "./argon2.mjs";

/** Classes of Durable Objects: binding → class. */
const OBJECTS = { hop: { HOP: "Hop" } };

/** Starts `peers/<name>.js`; `folder` keeps its files and its objects. */
export async function startPeer(name, { bindings, folder, bare }) {
  const home = join(folder, name);
  mkdirSync(join(home, "objects"), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL(`peers/${name}.js`, import.meta.url))],
    outfile: join(home, "index.js"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd"],
    external: ["cloudflare:workers", "*.wasm"],
    logLevel: "warning",
  });
  const parts = [{ type: "ESModule", path: join(home, "index.js") }];
  if (name === "argon2") {
    copyFileSync(bareArgon2(), join(home, "argon2.wasm"));
    parts.push({ type: "CompiledWasm", path: join(home, "argon2.wasm") });
  }
  const start = bare ? onWorkerd : onMiniflare;
  return start({ name, home, parts, bindings, objects: OBJECTS[name] ?? {} });
}

async function onMiniflare({ name, home, parts, bindings, objects }) {
  const classes = Object.entries(objects).map(([binding, className]) => [binding, { className, useSQLite: true }]);
  const port = await pair(0);
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    log: new NoOpLog(),
    cf: false,
    durableObjectsPersist: join(home, "objects"),
    name,
    compatibilityDate: COMPATIBILITY_DATE,
    modulesRoot: home,
    modules: parts,
    bindings,
    durableObjects: Object.fromEntries(classes),
  });
  await miniflare.ready;
  return { url: `http://localhost:${port}`, pid: runtimeOn(port), stop: () => miniflare.dispose() };
}

async function onWorkerd({ name, home, parts, bindings, objects }) {
  const text = JSON.stringify;
  const port = await pair(0);
  const modules = parts.map(({ type, path }) => {
    const file = path.slice(home.length + 1);
    return `(name = ${text(file)}, ${type === "ESModule" ? "esModule" : "wasm"} = embed ${text(file)})`;
  });
  const classes = Object.values(objects).map(
    (className) => `(className = ${text(className)}, uniqueKey = ${text(`${name}-${className}`)}, enableSql = true)`,
  );
  const bound = [
    ...Object.entries(bindings).map(([key, value]) => `(name = ${text(key)}, text = ${text(value)})`),
    ...Object.entries(objects).map(
      ([key, className]) => `(name = ${text(key)}, durableObjectNamespace = ${text(className)})`,
    ),
  ];
  const file = join(home, "workerd.capnp");
  writeFileSync(
    file,
    `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "objects", disk = (path = ${text(join(home, "objects"))}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = ${text(`127.0.0.1:${port}`)}, http = (), service = "main")],
);

const main :Workerd.Worker = (
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  modules = [${modules.join(", ")}],
  durableObjectNamespaces = [${classes.join(", ")}],
  durableObjectStorage = (localDisk = "objects"),
  bindings = [${bound.join(", ")}],
);
`,
  );
  const { default: workerd } = createRequire(import.meta.url)("workerd");
  const child = spawn(workerd, ["serve", "--experimental", file], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`workerd did not start \`${name}\``);
    await sleep(20);
  }
  return { url: `http://localhost:${port}`, pid: child.pid, stop };
}

function accepts(port) {
  return new Promise((done) => {
    const probe = connect(port, "127.0.0.1");
    probe.on("error", () => done(false)).on("connect", () => {
      probe.destroy();
      done(true);
    });
  });
}
