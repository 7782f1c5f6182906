// What crosses between JavaScript and the Wasm on every request, in few steps: a crossing costs more than what it
// carries. Heads cross as one text, a line for each name and one for each value: neither can hold a line's end.

function pack(text, headers) {
  for (const [name, value] of headers) text += `\n${name}\n${value}`;
  return text;
}

/** The headers from line `at` on, as an object, which the platform takes in much faster than pairs. */
function unpack(lines, at) {
  const headers = Object.create(null);
  const again = [];
  for (; at + 1 < lines.length; at += 2) {
    if (lines[at] in headers) again.push(at);
    else headers[lines[at]] = lines[at + 1];
  }
  if (again.length === 0) return headers;
  const all = new Headers(headers);
  for (const at of again) all.append(lines[at], lines[at + 1]);
  return all;
}

/** A response's status and headers. */
export function told(response) {
  return pack(`${response.status}`, response.headers);
}

/** A response whose body is on the wire as it is here. */
export function answer(status, headers, body) {
  return new Response(body, { status, headers: unpack(headers.split("\n"), 0), encodeBody: "manual" });
}

/** A promise, and the means to settle it. */
export const promised = () => Promise.withResolvers();

/** Has a function called in the next microtask. */
export function soon(call) {
  settled.then(call);
}

const settled = Promise.resolve();

/** Fetches what no cache may keep, without following redirects; tells of the answer, or why none came. */
export function send(head, body, milliseconds, hear, listener) {
  const lines = head.split("\n");
  const [method, url] = lines;
  const aborter = new AbortController();
  const late = setTimeout(() => aborter.abort(), milliseconds);
  const { signal } = aborter;
  answered(
    () => fetch(url, { method, headers: unpack(lines, 2), body, redirect: "manual", cache: "no-store", signal }),
    (value, well) => {
      clearTimeout(late);
      // As text: an error's own text would begin with its kind.
      const none = !well && signal.aborted;
      hear(listener, none ? `deadline: no answer within ${milliseconds} ms` : value, well);
    },
  );
}

/** Tells what came of something begun, and whether it went well. */
function answered(begin, told) {
  let answer;
  try {
    answer = begin();
  } catch (error) {
    answer = Promise.reject(error);
  }
  answer.then(
    (value) => told(value, true),
    (error) => told(error, false),
  );
}

const SIGNATURES = {
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  RS512: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-512" },
  ES256: { name: "ECDSA", hash: "SHA-256" },
};

/** Tells whether a signature over a message is a key's. The bytes are read before this returns. */
export function verify(algorithm, key, signature, message, hear, listener) {
  answered(
    () => crypto.subtle.verify(SIGNATURES[algorithm], key, signature, message),
    (value, well) => hear(listener, value, well),
  );
}

/** Tells a key's signature over a message. The bytes are read before this returns. */
export function sign(algorithm, key, message, hear, listener) {
  answered(
    () => crypto.subtle.sign(SIGNATURES[algorithm], key, message),
    (value, well) => hear(listener, value, well),
  );
}

/** Has an object carry out a command; answers the bytes of its reply. */
export async function command(object, bytes) {
  const reply = await object.fetch("https://object/", { method: "POST", body: bytes });
  if (reply.status !== 200) throw new Error(`status ${reply.status}`);
  return new Uint8Array(await reply.arrayBuffer());
}
