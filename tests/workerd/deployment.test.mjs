// What is deployed is what was tested: `wrangler.toml` and the launcher bind the same, less what is local.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COMPATIBILITY_DATE, LOCAL_OBJECTS, OBJECTS } from "../../edge/build/bindings.mjs";

const text = readFileSync(new URL("../../edge/build/wrangler.toml", import.meta.url), "utf8");
const settings = text.replaceAll(/^#.*$/gm, "");

test("the objects bound at Cloudflare are those of a local run", () => {
  const bound = settings.matchAll(/\[\[durable_objects\.bindings\]\]\nname = "(\w+)"\nclass_name = "(\w+)"/g);
  assert.deepEqual(Object.fromEntries([...bound].map(([, name, className]) => [name, className])), OBJECTS);
});

test("every object's class is migrated to SQLite", () => {
  const lists = settings.matchAll(/new_sqlite_classes = (\[.*\])/g);
  assert.deepEqual([...lists].flatMap(([, list]) => JSON.parse(list)).sort(), Object.values(OBJECTS).sort());
});

test("both runtimes are of one date", () => {
  assert.match(settings, new RegExp(`^compatibility_date = "${COMPATIBILITY_DATE}"$`, "m"));
});

test("nothing local is deployed", () => {
  for (const name of [...Object.keys(LOCAL_OBJECTS), "TIDEGATE_LOCAL", "TIDEGATE_MASTER_SECRET"]) {
    assert.ok(!settings.includes(name), name);
  }
});
