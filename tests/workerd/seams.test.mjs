// The seams between us and the runtime, each proved on the runtime itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { RUNTIMES, startSeams } from "./launch-seams.mjs";

/** Requests at the same time in the load test. */
const WRITERS = 32;
/** What `edge/src/edge.rs` gives an object. */
const DEADLINE = 10_000;

for (const runtime of Object.keys(RUNTIMES)) {
  describe(`on ${runtime}`, async () => {
    const lines = [];
    const running = await startSeams(runtime, { log: (line) => lines.push(line) });
    after(() => running.stop());
    const count = async (name) => Number((await running.ask(name, "count")).text);

    test("the database keeps every rule that the native one keeps", async () => {
      assert.deepEqual(await running.ask("conformance", "conformance"), { status: 200, text: "conforms" });
    });

    test("a transaction that fails leaves nothing", async () => {
      await running.ask("undo", "write");
      assert.match((await running.ask("undo", "undo")).text, /undone/);
      assert.equal(await count("undo"), 1);
    });

    test("a panic in a transaction leaves nothing", async () => {
      await running.ask("undo-panic", "write");
      assert.equal((await running.ask("undo-panic", "undo-panic")).status, 500);
      assert.equal(await count("undo-panic"), 1);
    });

    for (const what of ["panic", "write-panic", "oom", "stack", "throw"]) {
      test(`an object's ${what} is a 500 within the deadline, and its next call works`, async () => {
        assert.equal((await running.ask(what, "write")).text, "1");
        const asked = Date.now();
        assert.equal((await running.ask(what, what)).status, 500);
        assert.ok(Date.now() - asked < DEADLINE);
        // What was written before the panic, and not undone, stays.
        assert.equal(await count(what), what === "write-panic" ? 2 : 1);
      });
    }

    test("an object that wakes with work and no alarm sets one, and does the work", { timeout: 30_000 }, async () => {
      await running.ask("alarm", "found");
      assert.equal((await running.ask("alarm", "jobs")).text, "sweep 0, x 0");
      await running.ask("alarm", "wake");
      // The sweep is done; what cannot be done is postponed.
      let jobs;
      do jobs = (await running.ask("alarm", "jobs")).text;
      while (jobs.includes("sweep") || jobs === "x 0");
      assert.equal(jobs, "x 1");
      assert.ok(lines.some((line) => line.includes('"event":"job.postponed"')));
    });

    test("an object that does not answer costs its caller one deadline, not one a try", { timeout: 15_000 }, async () => {
      await running.get("/_seam/hang/2");
      assert.equal((await running.get("/_tidegate/outbox")).status, 500);
      assert.equal((await running.get("/_seam/hang")).text, "1", "it was asked once");
      await running.get("/_seam/hang/0");
      assert.equal((await running.get("/_tidegate/outbox")).status, 200);
    });

    test("a panic in the Worker is a 500, and the next request works", async () => {
      const answer = await running.get("/_seam/panic");
      assert.equal(answer.status, 500);
      assert.doesNotMatch(answer.text, /asked to|wasm|panic/);
      assert.equal((await running.get("/_tidegate/clock")).status, 200);
    });

    test("a panic ends the requests in flight, and none of them hangs", async () => {
      const asks = Array.from({ length: 40 }, (_, at) => running.ask(`flight-${at % 4}`, at === 20 ? "panic" : "write"));
      const statuses = (await Promise.all(asks)).map(({ status }) => status);
      assert.ok(statuses.every((status) => status === 200 || status === 500), String(statuses));
      assert.equal((await running.ask("flight-0", "write")).status, 200);
    });

    test("a path is read in one way, whatever the runtime has made of it", async (context) => {
      for (const [path, ...read] of PATHS) {
        const [target, reading] = read[runtime === "miniflare" ? 0 : read.length - 1];
        await context.test(path, async () => assert.deepEqual(await running.target(path), [target, reading]));
      }
    });

    test("the test clock moves by JSON only", async () => {
      const post = (body, type) =>
        running.get("/_tidegate/clock", { method: "POST", body, headers: { "content-type": type } });
      assert.equal((await post('{"advance":60}', "text/plain")).status, 400);
      assert.equal((await post('{"advance":"60"}', "application/json")).status, 400);
      assert.equal((await post('{"advance":1e300}', "application/json")).status, 400);
      assert.deepEqual(await post('{"advance":60}', "application/json"), { status: 200, text: '{"offset":60}' });
      assert.deepEqual(await post('{"advance":-20}', "application/json"), { status: 200, text: '{"offset":40}' });
      assert.deepEqual(await post('{"offset":0}', "application/json"), { status: 200, text: '{"offset":0}' });
      assert.equal((await running.get("/_tidegate/clock", { method: "DELETE" })).status, 405);
    });

    test("every acknowledged write is there after kill -9 under load", async () => {
      const state = mkdtempSync(join(tmpdir(), "tidegate-seams-"));
      after(() => rmSync(state, { recursive: true, force: true }));
      const first = await startSeams(runtime, { state });
      const acknowledged = new Map();
      let alive = true;
      const writer = async (_, at) => {
        const object = `load-${at % 4}`;
        while (alive) {
          const answer = await first.ask(object, "write").catch(() => undefined);
          if (answer?.status !== 200) return;
          acknowledged.set(object, [...(acknowledged.get(object) ?? []), answer.text]);
          // In the midst of it, with the others' writes under way.
          if (alive && [...acknowledged.values()].flat().length >= 2000) {
            alive = false;
            await first.kill9();
          }
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, writer));
      const second = await startSeams(runtime, { state });
      try {
        assert.equal(acknowledged.size, 4);
        for (const [object, ids] of acknowledged) {
          const kept = new Set((await second.ask(object, "ids")).text.split(" "));
          assert.deepEqual(ids.filter((id) => !kept.has(id)), [], object);
        }
        assert.equal((await second.ask("load-0", "write")).status, 200);
      } finally {
        await second.stop();
      }
    });
  });
}

describe("a deployment", () => {
  const secrets = { TIDEGATE_MASTER_SECRET: "c2hvcnQ=", TIDEGATE_OPERATOR_KEYS: '[{"accessKeyId":"AKIA","secretAccessKey":"x"}]' };

  for (const name of ["TIDEGATE_MASTER_SECRET", "TIDEGATE_OPERATOR_KEYS", "TIDEGATE_ORIGIN", "TIDEGATE_ACCOUNT_ID"]) {
    test(`answers nothing without ${name}, and says so`, async () => {
      const running = await startSeams("workerd", { local: false, extra: { [name]: undefined } });
      try {
        const { status, text } = await running.get("/");
        assert.equal(status, 500);
        assert.match(text, new RegExp(`^this deployment is not configured: ${name} is missing: .+\n$`));
      } finally {
        await running.stop();
      }
    });
  }

  test("takes no weak secret, and does not repeat it", async () => {
    const running = await startSeams("workerd", { local: false, extra: secrets });
    try {
      const { status, text } = await running.get("/");
      assert.equal(status, 500);
      for (const [name, value] of Object.entries(secrets)) {
        assert.ok(text.includes(`${name} cannot be used`), text);
        assert.ok(!text.includes(value));
      }
    } finally {
      await running.stop();
    }
  });

  test("has no test clock and no outbox", async () => {
    const running = await startSeams("workerd", { local: false });
    try {
      for (const path of ["/_tidegate/clock", "/_tidegate/outbox"]) {
        const { status } = await running.get(path);
        assert.ok(status === 403 || status === 404, `${path}: ${status}`);
      }
      assert.match((await running.ask("any", "write")).text, /OUTBOX/);
    } finally {
      await running.stop();
    }
  });
});

// What is sent, then target and reading on miniflare, then on bare workerd where that differs.
const PATHS = [
  ["/", ["/", "plain /"]],
  ["/a/b?x=1", ["/a/b?x=1", "plain /a/b"]],
  ["/a;b", ["/a;b", "plain /a;b"]],
  ["/%61dmin", ["/%61dmin", "plain /admin"]],
  ["/%c3%a4", ["/%c3%a4", "plain /ä"]],
  // Both resolve what is spelt plainly.
  ["/a/./b", ["/a/b", "plain /a/b"]],
  ["/a/../b", ["/b", "plain /b"]],
  ["/a/..", ["/", "plain /"]],
  ["/..", ["/", "plain /"]],
  // One resolves what is encoded too: then everybody sees the result.
  ["/a/%2e%2e/b", ["/b", "plain /b"], ["/a/%2e%2e/b", "refused DotSegment"]],
  ["/a/%2E./b", ["/b", "plain /b"], ["/a/%2E./b", "refused DotSegment"]],
  ["/a/.%2e", ["/", "plain /"], ["/a/.%2e", "refused DotSegment"]],
  ["/a\\b", ["/a/b", "plain /a/b"], ["/a\\b", "refused Separator"]],
  ["/a/..\\b", ["/b", "plain /b"], ["/a/..\\b", "refused Separator"]],
  ["/{a}", ["/%7Ba%7D", "plain /{a}"], ["/{a}", "refused Unencoded"]],
  // Bytes that are no text.
  ["/\u00e4", ["/%EF%BF%BD", "plain /\ufffd"], ["/\ufffd", "refused NonAscii"]],
  ["/a?x=../b#c", ["/a?x=../b", "plain /a"], ["/a?x=../b#c", "refused Control"]],
  // Neither touches these.
  ["/a/..;x/b", ["/a/..;x/b", "refused DotSegment"]],
  ["/a//b", ["/a//b", "refused EmptySegment"]],
  ["//a", ["//a", "refused EmptySegment"]],
  ["/a%2fb", ["/a%2fb", "refused Separator"]],
  ["/a%5cb", ["/a%5cb", "refused Separator"]],
  ["/a%00b", ["/a%00b", "refused Nul"]],
  ["/a%0ab", ["/a%0ab", "refused Control"]],
  ["/a%252e%252e/b", ["/a%252e%252e/b", "refused EncodedTwice"]],
  ["/a%", ["/a%", "refused Encoding"]],
  ["/a%zz", ["/a%zz", "refused Encoding"]],
];
