// The folder that outlives a run: the objects' databases, the buckets, the secrets, the certificate authority.
import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "./lock.mjs";
import { Unready } from "./prepare.mjs";
import { ended, orphans, OWNER } from "./process.mjs";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Opens (and makes) a state folder for this process alone. */
export async function openState(folder) {
  const path = resolve(folder);
  let release, mark;
  try {
    makeFolder(path);
    release = await lock(path);
    if (release) for (const each of ["objects", "buckets", "site/demo"]) makeFolder(join(path, each));
    mark = markOf(path);
  } catch (error) {
    release?.();
    throw new Unready(`cannot write to \`${path}\` (${error.code}): pass another folder with --state`);
  }
  if (!release) {
    throw new Unready(`\`${path}\` is in use by another run: stop it, or pass another folder with --state`);
  }
  await endOrphans(mark);
  const file = (name) => join(path, name);
  return {
    path,
    objects: file("objects"),
    buckets: file("buckets"),
    /** Files served beside the bundle's own: the demo's configuration. */
    site: file("site"),
    log: file("tidegate.log"),
    file,
    /** A file's JSON; nothing where it is missing or broken. */
    read: (name) => read(file(name)),
    write: (name, value) => write(file(name), `${JSON.stringify(value, null, 2)}\n`),
    /** What a runtime's environment must say, so that the next run ends it if this one cannot. */
    owner: { [OWNER]: `${mark}/${process.pid}` },
    close: release,
  };
}

// One folder has one, by whatever name it goes; a copy of it has another.
function markOf(path) {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}-${ino}`;
}

// Node's own `recursive` never returns where a file system says ENOENT to every name, as /proc does.
function makeFolder(path) {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else was quicker.
    if (error.code !== "EEXIST") throw error;
  }
}

/** The deployment's secrets; `first` says they were made just now. */
export function openSecrets(state) {
  const file = state.file("secrets.json");
  const help = "and what the folder keeps is sealed by it: bring it back, or pass another folder with --state";
  if (existsSync(file)) {
    const kept = state.read("secrets.json");
    if (!sound(kept)) throw new Unready(`\`${file}\` is broken, ${help}`);
    return { ...kept, first: false };
  }
  if (readdirSync(state.objects).length > 0) throw new Unready(`\`${file}\` is missing, ${help}`);
  const made = freshSecrets();
  state.write("secrets.json", made);
  return { ...made, first: true };
}

function sound(secrets) {
  const { region, accountId, masterSecret, operators } = secrets ?? {};
  const text = (value) => typeof value === "string" && value !== "";
  const operator = (one) => text(one?.accessKeyId) && text(one.secretAccessKey);
  if (![region, accountId, masterSecret].every(text)) return false;
  return Array.isArray(operators) && operators.length > 0 && operators.every(operator);
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

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

// Whole or not at all, and readable by its owner only.
function write(path, text) {
  const fresh = `${path}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  renameSync(fresh, path);
}

// A run that was killed outright leaves its runtime behind, holding the port and the databases.
async function endOrphans(mark) {
  const left = orphans(mark);
  for (const pid of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
  }
  for (let tries = 0; tries < 500 && !left.every(ended); tries += 1) await sleep(20);
}
