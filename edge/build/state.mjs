// The folder that outlives a run: the objects' databases, the buckets, the secrets, the certificate authority.
import { createHash, randomBytes, randomInt } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isRuntime } from "./process.mjs";
import { Unready } from "./prepare.mjs";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Opens (and makes) a state folder for this process alone. */
export async function openState(folder) {
  const path = resolve(folder);
  try {
    for (const each of ["objects", "buckets", "site/demo"]) makeFolder(join(path, each));
    const probe = join(path, ".writable");
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new Unready(`cannot write to \`${path}\` (${error.code}): pass another folder with --state`);
  }
  const release = await lock(path);
  await endOrphan(join(path, "runtime.pid"));
  const file = (name) => join(path, name);
  return {
    path,
    objects: file("objects"),
    buckets: file("buckets"),
    /** Files served beside the bundle's own: the demo's configuration. */
    site: file("site"),
    log: file("tidegate.log"),
    file,
    read: (name) => (existsSync(file(name)) ? JSON.parse(readFileSync(file(name), "utf8")) : null),
    write: (name, value) => write(file(name), `${JSON.stringify(value, null, 2)}\n`),
    /** The runtime's process, so that the next run ends it if this one cannot. */
    remember: (pid) => writeFileSync(file("runtime.pid"), String(pid)),
    close() {
      rmSync(file("runtime.pid"), { force: true });
      release();
    },
  };
}

// Node's own `recursive` never returns where a file system says ENOENT to every name, as /proc does.
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/** The deployment's secrets; `first` says they were made just now. */
export function openSecrets(state) {
  const kept = state.read("secrets.json");
  if (kept) return { ...kept, first: false };
  const made = freshSecrets();
  state.write("secrets.json", made);
  return { ...made, first: true };
}

/** Random secrets in the shapes that AWS's clients expect. */
export function freshSecrets() {
  const accessKeyId = `AKIA${[...randomBytes(16)].map((byte) => BASE32[byte & 31]).join("")}`;
  return {
    region: "us-east-1",
    accountId: String(randomInt(100_000_000_000, 1_000_000_000_000)),
    masterSecret: randomBytes(32).toString("base64"),
    previousSecrets: [],
    operators: [{ accessKeyId, secretAccessKey: randomBytes(30).toString("base64") }],
  };
}

// Whole or not at all, and readable by its owner only.
function write(path, text) {
  const fresh = `${path}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
}

// A socket dies with its process, where a file with a number in it would not; its path is short, as it must be.
async function lock(path) {
  const name = createHash("sha256").update(path).digest("hex").slice(0, 16);
  const socket = join(tmpdir(), `tidegate-${name}.sock`);
  const server = createServer((other) => other.destroy());
  const listening = () =>
    new Promise((done) => server.once("error", done).listen(socket, () => done(undefined)));
  let error = await listening();
  if (error?.code === "EADDRINUSE") {
    if (await answers(socket)) {
      throw new Unready(`\`${path}\` is in use by another run: stop it, or pass another folder with --state`);
    }
    rmSync(socket, { force: true });
    error = await listening();
  }
  if (error) throw new Unready(`cannot lock \`${path}\` by \`${socket}\` (${error.code})`);
  server.unref();
  return () => server.close();
}

function answers(socket) {
  return new Promise((done) => {
    const probe = connect(socket);
    probe.on("error", () => done(false)).on("connect", () => {
      probe.destroy();
      done(true);
    });
  });
}

// A run that was killed outright leaves its runtime behind, holding the port and the databases.
async function endOrphan(file) {
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  for (let tries = 0; pid > 0 && isRuntime(pid) && tries < 100; tries += 1) {
    process.kill(pid, "SIGKILL");
    await sleep(20);
  }
  rmSync(file, { force: true });
}
