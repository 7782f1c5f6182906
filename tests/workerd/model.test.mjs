// What `edge/src/model` knows of the APIs, and the list of what is not built, are what the installed botocore says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { python, ROOT } from "../../edge/build/prepare.mjs";

test("the tables and the coverage list are what botocore's models make", async () => {
  const interpreter = join(await python(), "python");
  const { status, stderr, stdout } = spawnSync(interpreter, [join(ROOT, "edge/build/model.py"), "--check"], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^botocore /);
});
