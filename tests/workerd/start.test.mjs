// `npm start`, as a script uses it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { pair } from "../../edge/build/ports.mjs";
import { runtimeOn } from "../../edge/build/process.mjs";

const START = fileURLToPath(new URL("../../edge/build/start.mjs", import.meta.url));
const profile = process.env.TIDEGATE_PROFILE ?? "dev";
const folder = mkdtempSync(join(tmpdir(), "tidegate-start-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function start(...args) {
  const words = [START, "--built", "--profile", profile, ...args];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  after(() => child.kill("SIGKILL"));
  const errors = [];
  createInterface(child.stderr).on("line", (line) => errors.push(line));
  return { child, errors, ended: once(child, "close") };
}

test("a busy port is one clear line", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  const { errors, ended } = start("--port", String(port), "--state", join(folder, "busy"));
  assert.deepEqual(await ended, [1, null]);
  assert.deepEqual(errors, [`start: port ${port} is in use: pass another with --port`]);
  server.close();
});

test("a folder that cannot be written is one clear line", async () => {
  const { errors, ended } = start("--port", "0", "--state", "/dev/null/state");
  assert.deepEqual(await ended, [1, null]);
  assert.equal(errors.length, 1);
  assert.match(errors[0], /^start: cannot write to `\/dev\/null\/state` \(ENOTDIR\)/);
});

test("an unknown option is one clear line", async () => {
  const { errors, ended } = start("--prot", "80");
  assert.deepEqual(await ended, [1, null]);
  assert.equal(errors.length, 1);
});

test("scripts get one line of JSON, the same at the second start, and SIGTERM leaves nothing behind", async () => {
  const port = await pair(0);
  const seen = [];
  for (const _ of ["first", "second"]) {
    const { child, errors, ended } = start("--port", String(port), "--state", join(folder, "twice"), "--json");
    const lines = createInterface(child.stdout);
    const line = await Promise.race([once(lines, "line").then(([text]) => text), ended]);
    assert.equal(typeof line, "string", errors.join("\n"));
    lines.on("line", (extra) => assert.fail(`a second line: ${extra}`));
    seen.push(JSON.parse(line));
    assert.ok(runtimeOn(port));
    child.kill("SIGTERM");
    const late = new Promise((_, reject) => {
      setTimeout(reject, 5000, new Error("SIGTERM did not end it within 5 s")).unref();
    });
    assert.deepEqual(await Promise.race([ended, late]), [0, null]);
    assert.equal(runtimeOn(port), undefined);
  }
  const [first, second] = seen;
  assert.deepEqual(Object.keys(first), ["endpoint", "region", "accessKeyId", "secretAccessKey", "outbox", "demo"]);
  assert.deepEqual(Object.keys(first.demo), [
    "site",
    "userPoolId",
    "clientId",
    "identityPoolId",
    "bucket",
    "s3Endpoint",
    "jwtRoute",
    "sessionRoute",
  ]);
  assert.deepEqual(second, first);
});
