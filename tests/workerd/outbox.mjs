// What people were sent.
import assert from "node:assert/strict";

/** The messages to one address, the newest first. */
export async function messages({ outbox }, to) {
  const url = new URL(outbox);
  url.searchParams.set("to", to);
  const response = await fetch(url, { headers: { accept: "application/json" } });
  assert.equal(response.status, 200);
  const list = await response.json();
  return list.filter((message) => message.to === to);
}

/** The code in the newest message to `to`. */
export async function code(instance, to) {
  const [newest] = await messages(instance, to);
  const found = /\b\d{6}\b/.exec(newest?.body ?? "");
  assert.ok(found, `no code was sent to ${to}`);
  return found[0];
}

/** The temporary password in the newest message to `to`. */
export async function temporaryPassword(instance, to) {
  const [newest] = await messages(instance, to);
  const found = /temporary password is (\S+?)\.?(\s|$)/.exec(newest?.body ?? "");
  assert.ok(found, `no temporary password was sent to ${to}`);
  return found[1];
}
