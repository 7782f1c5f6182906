// Each sentence is in `python/`: here they are only run, by the boto3 of `tests/requirements.txt`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { python } from "../../edge/build/prepare.mjs";
import { start } from "./instance.mjs";

const FOLDER = fileURLToPath(new URL("python", import.meta.url));

const instance = await start({ tls: true });
const commands = await python();
const env = { ...process.env, ...instance.env, PYTHONDONTWRITEBYTECODE: "1" };
env.TIDEGATE_OUTBOX = instance.outbox;
env.TIDEGATE_TLS = instance.tls.endpoint;
env.TIDEGATE_CA = instance.tls.ca;

/** Runs one file; answers what each of its sentences came to. */
async function outcomes(file) {
  const run = promisify(execFile)(join(commands, "python"), ["-m", "unittest", "-v", file], { cwd: FOLDER, env });
  const { stderr } = await run.catch((error) => error);
  const lines = [...stderr.matchAll(/^(test_\w+) .*\.\.\. (ok|FAIL|ERROR)$/gm)];
  assert.ok(lines.length > 0, stderr);
  return { lines, stderr };
}

for (const file of ["test_pools", "test_people", "test_admin", "test_credentials", "test_s3", "test_sync"]) {
  describe(`boto3: ${file.slice(5)}`, async () => {
    const { lines, stderr } = await outcomes(file);
    // Its own report of one sentence, from its heading to the next rule.
    const report = (name) => stderr.split(/^=+$/m).find((part) => part.trim().match(/^(FAIL|ERROR): (\w+)/)?.[2] === name);
    for (const [, name, outcome] of lines) {
      test(name.slice(5).replaceAll("_", " "), () => assert.equal(outcome, "ok", report(name)));
    }
  });
}
