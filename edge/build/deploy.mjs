// `npm run deploy`, and `npm run deploy:dry`, which uploads nothing and prints the compressed size.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT, Unready, modules } from "./prepare.mjs";

try {
  await modules();
} catch (error) {
  if (!(error instanceof Unready)) throw error;
  console.error(`deploy: ${error.message}`);
  process.exit(1);
}
const config = join(ROOT, "edge/build/wrangler.toml");
const dry = process.argv.includes("--dry-run");
const child = spawn(
  process.execPath,
  [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--config", config, ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, WRANGLER_SEND_METRICS: "false", ...(dry && { CI: "1" }) } },
);
child.on("close", (code) => (process.exitCode = code ?? 1));
