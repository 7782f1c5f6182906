// Bundles the demo site, with the AWS clients it uses, for browsers: `public/demo/` → `<assets>/demo/`.
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// Not `prepare.mjs`'s own: that imports this, and waits for it while it is itself still being evaluated.
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Lays the demo out in `assets`, in place of its sources. */
export async function bundleDemo(assets, { small = false } = {}) {
  const from = join(ROOT, "public/demo");
  const to = join(assets, "demo");
  rmSync(to, { recursive: true, force: true });
  await build({
    entryPoints: [join(from, "demo.js"), join(from, "demo.css")],
    outdir: to,
    bundle: true,
    // The AWS clients are loaded when they are wanted.
    splitting: true,
    chunkNames: "[name]-[hash]",
    format: "esm",
    target: "es2022",
    minify: small,
    legalComments: "none",
    logLevel: "warning",
  });
  copyFileSync(join(from, "index.html"), join(to, "index.html"));
}
