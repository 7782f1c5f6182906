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

/** Moves on to where a minute begins, for what goes by minutes: no test ends in another one than it began in. */
export async function toTheMinute(instance) {
  const { offset } = await (await fetch(`${instance.endpoint}/_tidegate/clock`)).json();
  const now = Math.floor(Date.now() / 1000) + offset;
  await advance(instance, 60 - (now % 60));
}
