// One run of `wrk`: requests as they go over the wire, sent in turn for some seconds.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Unready } from "../../edge/build/prepare.mjs";

/** A request, whole. */
export function request({ url, method = "GET", headers = {}, body = "" }) {
  const { host, pathname, search } = new URL(url);
  const length = body === "" ? {} : { "content-length": Buffer.byteLength(body) };
  const lines = Object.entries({ host, ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** Writes what a load is to send. */
export const writeParts = (file, parts) => writeFileSync(file, parts.map((part) => `${part}\0`).join(""));

/**
 * Runs a load against the host of `url`; answers how many requests a second were answered, and how many in all. Every
 * answer has to be a good one.
 */
export async function run({ generator, name, url, load, args, connections, seconds, undo }) {
  const { port } = new URL(url);
  const script = fileURLToPath(new URL(`load/${load}.lua`, import.meta.url));
  const given = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", script];
  // `localhost` may be two addresses, of which one is not listened on.
  const child = spawn(generator, [...given, `http://127.0.0.1:${port}`, "--", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  undo.push(() => child.kill("SIGKILL"));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  undo.pop();
  const line = printed.split("\n").find((line) => line.startsWith("{"));
  if (code !== 0 || !line) throw new Unready(`${name}: wrk failed (${code}): ${printed.trim()}`);
  const { requests, microseconds, refused, broken, median } = JSON.parse(line);
  if (refused + broken > 0 || requests === 0) {
    throw new Unready(`${name}: of ${requests} answers ${refused} were errors, and ${broken} did not come`);
  }
  return { rate: (requests * 1e6) / microseconds, requests, median };
}
