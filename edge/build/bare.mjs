// Plain `workerd serve`: what the Worker meets with no proxy of Cloudflare's or miniflare's before it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { COMPATIBILITY_DATE, NAME, objects } from "./bindings.mjs";
import { modules } from "./miniflare.mjs";
import { ROOT } from "./prepare.mjs";

const text = JSON.stringify;

/** The configuration, in the language of `workerd.capnp`; files are named relative to `folder`. */
export function configuration({ bundle, port, vars, local, folder, disk, site }) {
  const embed = (path) => `embed ${text(relative(folder, path))}`;
  const list = (items, indent) => items.map((item) => `${" ".repeat(indent)}(${item}),`).join("\n");
  const parts = modules(bundle).map(
    ({ name, path, wasm }) => `name = ${text(name)}, ${wasm ? "wasm" : "esModule"} = ${embed(path)}`,
  );
  const classes = Object.values(objects(local)).map(
    (name) => `className = ${text(name)}, uniqueKey = ${text(`${NAME}-${name}`)}, enableSql = true`,
  );
  const bindings = [
    ...Object.entries(objects(local)).map(
      ([name, className]) => `name = ${text(name)}, durableObjectNamespace = ${text(className)}`,
    ),
    ...Object.entries(vars).map(([name, value]) => `name = ${text(name)}, text = ${text(value)}`),
    `name = "ASSETS", service = "assets"`,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "assets", worker = .assets),
    (name = "files", disk = (path = ${text(join(bundle, "assets"))})),
    (name = "site", disk = (path = ${text(site)})),
    (name = "objects", disk = (path = ${text(disk)}, writable = true)),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = ${text(`127.0.0.1:${port}`)}, http = (), service = "main")],
);

const main :Workerd.Worker = (
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  modules = [
${list(parts, 4)}
  ],
  durableObjectNamespaces = [
${list(classes, 4)}
  ],
  durableObjectStorage = (localDisk = "objects"),
  bindings = [
${list(bindings, 4)}
  ],
);

const assets :Workerd.Worker = (
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  modules = [(name = "assets.js", esModule = ${embed(join(ROOT, "edge/build/assets.js"))})],
  bindings = [(name = "FILES", service = "files"), (name = "SITE", service = "site")],
);
`;
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

export async function startBare({ bundle, port, vars, local, state, log }) {
  const file = state.file("workerd.capnp");
  const config = configuration({ bundle, port, vars, local, folder: state.path, disk: state.objects, site: state.site });
  // It holds the secrets.
  writeFileSync(file, config, { mode: 0o600 });
  const { default: workerd } = createRequire(import.meta.url)("workerd");
  const child = spawn(workerd, ["serve", "--experimental", file], {
    env: { ...process.env, ...state.owner },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      if (printed.length < 20) printed.push(line);
      log(line);
    });
  }
  while (!(await accepts(port))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`workerd did not start: ${printed.join("\n")}`);
    }
    await sleep(20);
  }
  return {
    pid: child.pid,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
