// What is deployed, and what a browser waits for before it sees the sign-in page.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { modules } from "../../../edge/build/miniflare.mjs";
import { ROOT, Unready } from "../../../edge/build/prepare.mjs";

const KIB = 1024;

function size(name, bytes, note, aim) {
  const [raw, gzip, brotli] = [bytes, gzipSync(bytes), brotliCompressSync(bytes)].map(({ length }) => length);
  return { name, raw, gzip, brotli, note, aim };
}

export async function measure(set) {
  const parts = modules(join(ROOT, "edge/build/out/release")).map(({ path, wasm }) => ({ wasm, bytes: readFileSync(path) }));
  const answer = await fetch(set.demo.signIn, { headers: { accept: "text/html", "accept-encoding": "identity" } });
  const page = Buffer.from(await answer.arrayBuffer());
  const html = page.toString();
  // A style sheet of its own would be a second response that the first paint waits for.
  if (!html.includes("<style") || /<link[^>]+rel="?stylesheet/.test(html)) {
    throw new Unready("the sign-in page does not hold its CSS");
  }
  return {
    sizes: [
      size("Wasm of the Worker", Buffer.concat(parts.filter(({ wasm }) => wasm).map(({ bytes }) => bytes))),
      size("deployed bundle", Buffer.concat(parts.map(({ bytes }) => bytes)), "all modules together", {
        of: "gzip",
        most: 1024 * KIB,
      }),
      size("sign-in page, first response", page, "HTML with its CSS", { of: "gzip", most: 14 * KIB }),
    ],
  };
}
