// `npm start`, as a script uses it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  CognitoIdentityProviderClient,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { pair } from "../../edge/build/ports.mjs";
import { runtimeOn } from "../../edge/build/process.mjs";
import { claims, makePerson, signIn } from "./pool.mjs";
import { ready, start, startIn } from "./starting.mjs";

const folder = mkdtempSync(join(tmpdir(), "tidegate-start-"));
after(() => rmSync(folder, { recursive: true, force: true }));

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

test("a folder without a name is no folder", async () => {
  const { errors, ended } = start("--state", "");
  assert.deepEqual(await ended, [1, null]);
  assert.match(errors.join("\n"), /^start: --state wants a folder; known: .+$/);
});

/** As `--profile` names a folder anywhere. */
const profileIn = (folder) => relative(fileURLToPath(new URL("../../edge/build/out", import.meta.url)), folder);

test("a bundle that is not there is one clear line, which says how to make it", async () => {
  for (const [name, script] of Object.entries({ release: "build", dev: "build:dev" })) {
    const profile = profileIn(join(folder, "nowhere", name));
    const { errors, ended } = start("--port", "0", "--state", join(folder, "unbuilt"), "--profile", profile);
    assert.deepEqual(await ended, [1, null]);
    assert.equal(errors.length, 1);
    assert.ok(errors[0].endsWith(`${name}\`: run \`npm run ${script}\``), errors[0]);
  }
});

test("a bundle that the runtime refuses is one clear line", async () => {
  const bundle = join(folder, "refused");
  for (const each of ["worker", "assets"]) mkdirSync(join(bundle, each), { recursive: true });
  writeFileSync(join(bundle, "worker/index.js"), "this is no module");
  const { errors, ended } = start("--port", "0", "--state", join(folder, "refusing"), "--profile", profileIn(bundle));
  assert.deepEqual(await ended, [1, null]);
  assert.deepEqual(errors, ["start: the runtime did not start: its last words are in the log"]);
});

test("a Node that is too old is one clear line", async () => {
  const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.0'})";
  const { errors, ended } = startIn({ ...process.env, NODE_OPTIONS: `--import ${old}` });
  assert.deepEqual(await ended, [1, null]);
  assert.match(errors.join("\n"), /^start: this is Node 18\.20\.0, and it takes 20\.3 or newer$/);
});

test("what is broken in the folder is one clear line or mended", async (t) => {
  const state = join(folder, "broken");
  const port = await pair(0);
  const { child, ended, demo } = await ready(state, port);
  child.kill("SIGTERM");
  await ended;
  const keys = readFileSync(join(state, "secrets.json"), "utf8");
  for (const text of ["", "null", "{}", keys.replace("accessKeyId", "id"), undefined]) {
    await t.test(`secrets.json: ${text?.slice(0, 8)}`, async () => {
      if (text === undefined) rmSync(join(state, "secrets.json"));
      else writeFileSync(join(state, "secrets.json"), text);
      const { errors, ended } = start("--port", "0", "--state", state);
      assert.deepEqual(await ended, [1, null]);
      assert.match(errors.join("\n"), /^start: `.+secrets\.json` is (broken|missing), .+--state$/);
    });
  }
  writeFileSync(join(state, "secrets.json"), keys);
  const authority = readFileSync(join(state, "ca.pem"), "utf8");
  for (const text of ["", "{", "MA=="]) {
    await t.test(`ca.pem: ${text}`, async () => {
      writeFileSync(join(state, "ca.pem"), text);
      const { errors, ended } = start("--port", "0", "--state", state);
      assert.deepEqual(await ended, [1, null]);
      assert.match(errors.join("\n"), /^start: `.+ca\.pem` or `.+ca-key\.pem` is broken: .+$/);
    });
  }
  writeFileSync(join(state, "ca.pem"), authority);
  for (const text of ["", "[]", JSON.stringify({ endpoint: `http://localhost:${port}`, demo: { userPoolId: 7 } })]) {
    await t.test(`demo.json: ${text.slice(0, 8)}`, async () => {
      writeFileSync(join(state, "demo.json"), text);
      const again = await ready(state, port);
      assert.deepEqual(again.demo, demo);
      again.child.kill("SIGTERM");
      await again.ended;
    });
  }
  await t.test("a log that cannot be written", async () => {
    rmSync(join(state, "tidegate.log"));
    mkdirSync(join(state, "tidegate.log"));
    const again = await ready(state, port);
    assert.match(again.errors.join("\n"), /^start: cannot write to `.+tidegate\.log` \(EISDIR\): nothing more is logged$/);
    again.child.kill("SIGTERM");
    assert.deepEqual(await again.ended, [0, null]);
  });
});

test("Ctrl-C twice leaves nothing behind either", async () => {
  const port = await pair(0);
  const { child, ended } = await ready(join(folder, "impatient"), port);
  child.kill("SIGINT");
  child.kill("SIGINT");
  assert.deepEqual(await ended, [0, null]);
  assert.equal(runtimeOn(port), undefined);
});

/** What is printed until the block ends, and the child that printed it. */
async function block(state, port) {
  const started = start("--port", String(port), "--state", state);
  let text = "";
  started.child.stdout.setEncoding("utf8");
  for await (const part of started.child.stdout) {
    text += part;
    if (/\n {2}Log .+\n\n$/s.test(text)) break;
  }
  assert.match(text, /Tidegate is ready/, started.errors.join("\n"));
  return { ...started, text };
}

test("the first start shows the keys it made, the second does not, and finds yesterday's people", async () => {
  const [state, port] = [join(folder, "shown"), await pair(0)];
  const first = await block(state, port);
  const { operators, masterSecret } = JSON.parse(readFileSync(join(state, "secrets.json"), "utf8"));
  const [{ accessKeyId, secretAccessKey }] = operators;
  for (const shown of [accessKeyId, secretAccessKey, masterSecret]) assert.ok(first.text.includes(shown));
  const credentials = { accessKeyId, secretAccessKey };
  const idp = new CognitoIdentityProviderClient({ endpoint: `http://localhost:${port}`, region: "us-east-1", credentials });
  after(() => idp.destroy());
  const { UserPools } = await idp.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  const userPoolId = UserPools.find(({ Name }) => Name === "demo").Id;
  const { UserPoolClients } = await idp.send(new ListUserPoolClientsCommand({ UserPoolId: userPoolId }));
  const instance = { aws: { idp } };
  const pool = { userPoolId, clientId: UserPoolClients[0].ClientId };
  const person = await makePerson(instance, pool, "ada@example.com", { email: "ada@example.com", email_verified: "true" });
  first.child.kill("SIGTERM");
  assert.deepEqual(await first.ended, [0, null]);

  const second = await block(state, port);
  for (const secret of [accessKeyId, secretAccessKey, masterSecret, "Made just now"]) assert.ok(!second.text.includes(secret));
  const { AccessToken } = await signIn(instance, pool, "ada@example.com");
  assert.equal(claims(AccessToken).sub, person.Attributes.find(({ Name }) => Name === "sub").Value);
  second.child.kill("SIGTERM");
  assert.deepEqual(await second.ended, [0, null]);
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

test("a folder in use is refused by whatever name and with whatever temporary folder", async () => {
  const [state, link, port] = [join(folder, "used"), join(folder, "link"), await pair(0)];
  const first = await ready(state, port);
  symlinkSync(state, link);
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  for (const name of [state, link]) {
    const second = startIn({ ...process.env, TMPDIR: elsewhere }, "--port", "0", "--state", name);
    assert.deepEqual(await second.ended, [1, null]);
    assert.deepEqual(second.errors, [
      `start: \`${name}\` is in use by another run: stop it, or pass another folder with --state`,
    ]);
  }
  assert.equal((await fetch(`${first.endpoint}/demo/`)).status, 200);
  first.child.kill("SIGTERM");
  assert.deepEqual(await first.ended, [0, null]);
});

test("of many that come at once after a crash, one gets the folder", async () => {
  const state = join(folder, "raced");
  const script = `
    const { openState } = await import(${JSON.stringify(new URL("../../edge/build/state.mjs", import.meta.url))});
    const word = await openState(process.argv[1]).then(() => "has it", (error) => error.message);
    process.stdout.write(word + "\\n");
    process.stdin.resume();`;
  const come = () => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, state], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    after(() => child.kill("SIGKILL"));
    return { child, word: once(createInterface(child.stdout), "line").then(([text]) => text) };
  };
  for (let crashes = 0; crashes < 3; crashes += 1) {
    const all = Array.from({ length: 8 }, come);
    const words = await Promise.all(all.map(({ word }) => word));
    assert.equal(words.filter((word) => word === "has it").length, 1, words.join("\n"));
    assert.equal(words.filter((word) => word.includes("is in use by another run")).length, 7, words.join("\n"));
    const ends = all.map(({ child }) => once(child, "close"));
    all.forEach(({ child }) => child.kill("SIGKILL"));
    await Promise.all(ends);
  }
});

test("a start ends the runtime that a killed run of its folder left behind, and no other", async () => {
  const [port, other] = [await pair(0), await ready(join(folder, "other"), await pair(0))];
  const state = join(folder, "killed");
  const first = await ready(state, port);
  first.child.kill("SIGKILL");
  await first.ended;
  const orphan = runtimeOn(port);
  assert.ok(orphan);
  // As if the number had been given to somebody else's runtime.
  writeFileSync(join(state, "runtime.pid"), String(runtimeOn(Number(new URL(other.endpoint).port))));
  const second = await ready(state, port);
  assert.notEqual(runtimeOn(port), orphan);
  assert.deepEqual(second.demo, first.demo);
  assert.equal((await fetch(`${other.endpoint}/demo/`)).status, 200);
  for (const { child, ended } of [second, other]) {
    child.kill("SIGTERM");
    assert.deepEqual(await ended, [0, null]);
  }
});
