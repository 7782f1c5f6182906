// Compiles the bare Argon2id as the release's Worker is compiled: its profile, then wasm-opt as in
// `edge/build/src/bind.rs`.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, Unready } from "../../edge/build/prepare.mjs";

const TARGET = "wasm32-unknown-unknown";

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Unready(`\`${command} ${args.join(" ")}\` failed (${error?.code ?? `exit ${status}`})`);
}

/** The path of the compiled module. */
export function bareArgon2() {
  run("cargo", ["build", "--quiet", "--release", "--target", TARGET, "--package", "bare-argon2"]);
  const folder = join(ROOT, "target/bench");
  mkdirSync(folder, { recursive: true });
  const small = join(folder, "argon2.wasm");
  const whole = join(ROOT, "target", TARGET, "release/bare_argon2.wasm");
  const features = ["bulk-memory", "mutable-globals", "nontrapping-float-to-int", "sign-ext"];
  const enabled = features.map((name) => `--enable-${name}`);
  run(join(ROOT, "node_modules/.bin/wasm-opt"), [whole, "-o", small, "-Oz", ...enabled]);
  return small;
}
