// `npm test`: everything, on a machine that may lack everything but Node and Rust.
//
//   npm test [-- lint native bundle workerd deploy]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, Unready, chromium, modules, python, rust, wasm } from "../edge/build/prepare.mjs";

// What is tested is what is deployed, unless a shorter wait is asked for.
const profile = process.env.TIDEGATE_PROFILE ?? "release";

function run(command, args, env = {}) {
  const line = [command, ...args].join(" ");
  const { status, signal, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (error) throw new Unready(`${command} does not start (${error.code})`);
  if (status !== 0) throw new Unready(`\`${line}\` failed (${signal ?? `exit ${status}`})`);
}

const cargo = (...args) => run("cargo", args);

// `browser` wants leptos' `hydrate` and `edge` its `ssr`; cargo would unify the two in one run.
const RUST = ["--workspace", "--exclude", "browser", "--exclude", "build"];

const WASM = "wasm32-unknown-unknown";

// A lint that warns is mended or, with its reason, allowed.
const STRICT = ["--", "--deny", "warnings"];

const PHASES = {
  lint() {
    cargo("fmt", "--all", "--check");
    cargo("clippy", "--quiet", ...RUST, "--all-targets", ...STRICT);
    // What is there on the runtime alone.
    cargo("clippy", "--quiet", "--profile", "release", "--target", WASM, "--package", "edge", "--lib", "--features", "seams", ...STRICT);
    cargo("clippy", "--quiet", "--profile", "tool", "--package", "build", "--all-targets", ...STRICT);
  },
  native() {
    cargo("test", "--quiet", ...RUST);
    cargo("test", "--quiet", "--profile", "tool", "--package", "build");
  },
  async bundle() {
    await wasm(profile);
    await wasm("seams");
  },
  async workerd() {
    const env = {
      TIDEGATE_PROFILE: profile,
      CHROMIUM: await chromium(),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    };
    await python();
    const folder = join(ROOT, "tests/workerd");
    const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
    const flags = ["--test", "--test-concurrency=2", "--test-timeout=300000", "--test-reporter=spec"];
    run(process.execPath, [...flags, ...files.sort().map((name) => join(folder, name))], env);
  },
  deploy() {
    run(process.execPath, [join(ROOT, "edge/build/deploy.mjs"), "--dry-run"]);
  },
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(PHASES, name));
const took = [];
try {
  if (unknown) throw new Unready(`no phase \`${unknown}\`: there are ${Object.keys(PHASES).join(", ")}`);
  await modules();
  await rust();
  for (const [name, phase] of Object.entries(PHASES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n== ${name}`);
    const since = performance.now();
    await phase();
    took.push(`${name} ${Math.round((performance.now() - since) / 1000)} s`);
  }
  console.log(`\nAll passed: ${took.join(", ")}.`);
} catch (error) {
  console.error(`\ntest: ${error instanceof Unready ? error.message : error.stack}`);
  process.exitCode = 1;
}
