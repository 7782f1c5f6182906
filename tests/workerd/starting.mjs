// `npm start` as a process of its own, killed when the file's tests have ended.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const START = fileURLToPath(new URL("../../edge/build/start.mjs", import.meta.url));
const profile = process.env.TIDEGATE_PROFILE ?? "dev";

// Not where each is started: that may be within a part of a test.
const children = [];
after(() => children.forEach((child) => child.kill("SIGKILL")));

/** The child, the lines of its stderr so far, and its end. */
export function start(...args) {
  return startIn(process.env, ...args);
}

/** The same in an environment of its own. */
export function startIn(env, ...args) {
  const words = [START, "--built", "--profile", profile, ...args];
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  const errors = [];
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  return { child, errors, ended: once(child, "close") };
}

/** Starts it, and waits for what it tells a script once it is ready. */
export async function ready(state, port) {
  const started = start("--port", String(port), "--state", state, "--json");
  const line = once(createInterface(started.child.stdout), "line").then(([text]) => text);
  const told = await Promise.race([line, started.ended]);
  assert.equal(typeof told, "string", `it did not start: ${started.errors.join("\n")}`);
  return { ...started, ...JSON.parse(told) };
}
