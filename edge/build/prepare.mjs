// The one place that installs and builds what a fresh machine lacks. Each step looks first and is quiet when
// there is nothing to do. Uses Node alone: it runs before any package is there.
//
//   node edge/build/prepare.mjs [modules] [rust] [wasm=dev|release|seams] [chromium] [python] [wrk]
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TARGET = "wasm32-unknown-unknown";

/** A step that failed for a reason the person can mend; its message is the whole story. */
export class Unready extends Error {}

const say = (line) => process.stderr.write(`${line}\n`);

// Each child leads a process group, so that ending it ends cargo's compilers too.
const children = new Set();

/** Ends whatever is being installed or compiled. */
export function abandon() {
  for (const child of children) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Runs a command with its output on stderr; answers its stdout where `capture` asks for it. */
function run(command, args, { capture = false, env = {}, hint }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ["ignore", capture ? "pipe" : 2, 2],
    });
    children.add(child);
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => reject(new Unready(`${command} does not start (${error.code}): ${hint}`)));
    child.on("close", (code, signal) => {
      children.delete(child);
      if (code === 0) resolve(output.trim());
      else reject(new Unready(`\`${command} ${args.join(" ")}\` failed (${signal ?? `exit ${code}`}): ${hint}`));
    });
  });
}

function found(command) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function json(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), "utf8"));
  } catch {
    return undefined;
  }
}

/** That this Node is new enough. */
export function node() {
  const { node: have } = process.versions;
  const wanted = /\d+\.\d+/.exec(json("package.json")?.engines.node)[0];
  const [[major, minor], [least, lesser]] = [have, wanted].map((version) => version.split(".").map(Number));
  if (major > least || (major === least && minor >= lesser)) return;
  throw new Unready(`this is Node ${have}, and it takes ${wanted} or newer`);
}

/** Node packages, exactly those of the lock file. */
export async function modules() {
  const wanted = json("package-lock.json")?.packages ?? {};
  const have = json("node_modules/.package-lock.json")?.packages ?? {};
  const missing = Object.entries(wanted).some(
    ([name, entry]) => name !== "" && !entry.optional && have[name]?.version !== entry.version,
  );
  if (!missing) return;
  say("prepare: installing node packages");
  await run("npm", ["ci", "--include=dev", "--loglevel=warn"], { hint: "see npm's message above; it needs the npm registry" });
}

/** The compiler's Wasm target. */
export async function rust() {
  const hint = "install Rust by https://rustup.rs";
  const libraries = await run("rustc", ["--print", "target-libdir", "--target", TARGET], { capture: true, hint });
  if (existsSync(libraries)) return;
  say(`prepare: adding the Rust target ${TARGET}`);
  await run("rustup", ["target", "add", TARGET], { hint: "see rustup's message above; it needs the network" });
}

/** The bundles: what each asks of the bundler. `seams` is `dev` with the ways to break it that some tests need. */
const BUNDLES = { dev: ["dev"], release: ["release"], seams: ["dev", "--features", "seams"] };

/** One bundle, in `edge/build/out/<name>`. */
export async function wasm(name) {
  const ask = BUNDLES[name];
  if (!ask) throw new Unready(`no bundle \`${name}\`: there are ${Object.keys(BUNDLES).join(", ")}`);
  say(`prepare: building the Wasm (${name}); minutes the first time, seconds after`);
  await run("cargo", ["run", "--quiet", "--profile", "tool", "--package", "build", "--", ...ask], {
    hint: "see the compiler's message above",
  });
  const { bundleDemo } = await import("./demo.mjs");
  await bundleDemo(join(ROOT, "edge/build/out", name, "assets"), { small: name === "release" });
}

/** A browser for the tests; answers its path. */
export async function chromium() {
  const there = () =>
    process.env.CHROMIUM ?? ["chromium", "chromium-browser", "google-chrome"].map(found).find(Boolean);
  if (!there()) {
    await debian("chromium", "install Chromium, or name it in the variable CHROMIUM");
  }
  return there();
}

/** The load generator of the benchmark; answers its path. */
export async function wrk() {
  if (!found("wrk")) await debian("wrk", "install wrk (https://github.com/wg/wrk)");
  return found("wrk");
}

/** A virtual environment with boto3 and the AWS CLI; answers the folder of its commands. */
export async function python() {
  const folder = join(ROOT, "target/venv");
  const commands = join(folder, "bin");
  const list = join(ROOT, "tests/requirements.txt");
  const seal = join(folder, ".requirements");
  const wanted = readFileSync(list, "utf8");
  if (existsSync(seal) && readFileSync(seal, "utf8") === wanted) return commands;
  say("prepare: installing the Python clients");
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const venv = () => run("python3", ["-m", "venv", folder], { hint: "install Python 3 with its venv module" });
  await venv().catch(async () => {
    await debian("python3-venv", "install Python 3 with its venv module");
    await venv();
  });
  await run(join(commands, "python"), ["-m", "pip", "install", "--quiet", "-r", list], {
    hint: "see pip's message above; it needs the Python package index",
  });
  writeFileSync(seal, wanted);
  return commands;
}

async function debian(name, hint) {
  if (!found("apt-get") || process.getuid?.() !== 0) throw new Unready(`${name} is missing: ${hint}`);
  say(`prepare: installing ${name}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { env, hint });
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], { env, hint });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const steps = { modules, rust, wasm, chromium, python, wrk };
  try {
    for (const argument of process.argv.slice(2)) {
      const [name, value] = argument.split("=");
      if (!Object.hasOwn(steps, name)) throw new Unready(`no step \`${name}\``);
      await steps[name](value);
    }
  } catch (error) {
    if (!(error instanceof Unready)) throw error;
    say(`prepare: ${error.message}`);
    process.exitCode = 1;
  }
}
