// Time travel, in local runs only.
import assert from "node:assert/strict";

/** Moves the objects' clocks on. Signatures are judged by the real one. */
export async function advance({ endpoint }, seconds) {
  const answer = await fetch(`${endpoint}/_tidegate/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance: seconds }),
  });
  assert.equal(answer.status, 200);
}
