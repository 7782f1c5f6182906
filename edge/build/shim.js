// Entry of the Worker: wraps what wasm-bindgen exports, so that a panic costs the requests in flight and
// nothing after them. Without it a panic inside a Durable Object leaves its caller waiting for ever.
import { DurableObject } from "cloudflare:workers";
import * as wasm from "./edge.js";

// Made by worker's start-up code, which counts `instanceId` up each time the Wasm is instantiated.
const state = wasm.__worker_init_state();
// The rejecters of every promise that the present instance still owes an answer.
const owed = new Set();
// The instance that trapped, until the next call replaces it.
let broken;

function fail(reason) {
  broken = state.instanceId;
  for (const reject of owed) reject(new Error(`the wasm instance is gone: ${reason}`));
  owed.clear();
}

// worker's panic hook sets this synchronously, before the trap unwinds.
Object.defineProperty(state, "criticalError", {
  get: () => broken !== undefined,
  set: (value) => value && fail("panic"),
});

// A trap that is no panic (memory, stack) runs no hook. In a future polled from the microtask queue it
// surfaces only here.
const isTrap = (error) =>
  error instanceof WebAssembly.RuntimeError ||
  (error instanceof RangeError && /call stack/.test(error.message));
addEventListener("unhandledrejection", ({ reason }) => isTrap(reason) && fail(reason.message));
addEventListener("error", ({ error }) => isTrap(error) && fail(error.message));

// Traps leave memory as it was at that instant, so the instance is thrown away. wasm-bindgen does so too at
// the next call it guards; whoever comes first.
function heal() {
  if (broken === undefined) return;
  if (broken === state.instanceId) wasm.__wbg_reset_state();
  broken = undefined;
}

// Answers what the call does, or a promise of it where the call gives one.
function guard(call) {
  heal();
  let answer;
  try {
    answer = call();
  } catch (error) {
    if (isTrap(error)) fail(error.message);
    throw error;
  }
  if (!(answer instanceof Promise)) return answer;
  return new Promise((resolve, reject) => {
    owed.add(reject);
    answer.then(
      (value) => {
        owed.delete(reject);
        resolve(value);
      },
      (error) => {
        owed.delete(reject);
        if (isTrap(error)) fail(error.message);
        reject(error);
      },
    );
  });
}

// The answer to whoever waits for an instance that is gone, in the form of the AWS doors: a page of any origin may
// read it. The log learns why, as it does of other faults.
function refuse(error, about) {
  const outcome = "InternalErrorException";
  const message = String(error);
  console.error(JSON.stringify({ level: "error", event: "fault", ...about, status: 500, outcome, message }));
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "cache-control": "no-store",
    "x-amzn-errortype": `${outcome}:`,
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
  };
  if (about.id) headers["x-amzn-requestid"] = about.id;
  return new Response(JSON.stringify({ __type: outcome, message: "internal error" }), { status: 500, headers });
}

// What is known of a request without the Wasm: an API's name for it, if it carries one.
function target(request) {
  const named = request.headers.get("x-amz-target") ?? "";
  const [, api, operation] = /^(?:[a-z.]+\.)?(\w{1,64})\.(\w{1,64})$/.exec(named) ?? [];
  return { door: DOORS[api] ?? "-", operation: (DOORS[api] && operation) ?? "-" };
}

const DOORS = { AWSCognitoIdentityProviderService: "cognito", AWSCognitoIdentityService: "identity" };

// Reading `cf` parses all of it, and only a signature may need to know what the platform has rewritten.
const isSigned = (head) => head.includes("\nauthorization\nAWS4-") || head.includes("X-Amz-Signature=");

// A request's head as one text, a line for each name and one for each value: neither can hold a line's end, and a
// crossing costs more than what it carries.
function asked(request, id) {
  let headers = "";
  for (const [name, value] of request.headers) headers += `\n${name}\n${value}`;
  const { method, url } = request;
  const sent = ((isSigned(headers) || isSigned(url)) && request.cf?.clientAcceptEncoding) || "";
  return `${method}\n${url}\n${id}\n${sent}${headers}`;
}

export default {
  fetch(request, env, ctx) {
    // Known here when the Wasm can say nothing any more.
    const id = crypto.randomUUID();
    const failed = (error) => refuse(error, { id, ...target(request) });
    try {
      const answer = guard(() => wasm.fetch(asked(request, id), request, env, ctx));
      if (!(answer instanceof Promise)) return answer;
      const answered = answer.catch(failed);
      // A client that hangs up does not end the work, which would never let go of what it holds.
      ctx.waitUntil(answered);
      return answered;
    } catch (error) {
      return failed(error);
    }
  },
  ...(wasm.scheduled && { scheduled: (event, env, ctx) => guard(() => wasm.scheduled(event, env, ctx)) }),
};

// Wraps one object's class. The Rust value lives in one instance of the Wasm and is made again, from
// storage, in the next.
function durable(name) {
  return class extends DurableObject {
    #made;
    #object;

    #get() {
      if (this.#made !== state.instanceId) {
        this.#object = new wasm[name](this.ctx, this.env);
        this.#made = state.instanceId;
      }
      return this.#object;
    }

    async fetch(request) {
      try {
        return await guard(() => this.#get().fetch(request));
      } catch (error) {
        // The caller often shares this instance, and has just been failed too. Its failure needs a turn of its
        // own event loop to arrive; an answer that came first would wake Wasm that is no longer there.
        await scheduler.wait(10);
        return refuse(error, { door: "object", operation: name });
      }
    }

    alarm(info) {
      return guard(() => this.#get().alarm(info));
    }

    webSocketMessage(socket, message) {
      return guard(() => this.#get().webSocketMessage(socket, message));
    }

    webSocketClose(socket, code, reason, clean) {
      return guard(() => this.#get().webSocketClose(socket, code, reason, clean));
    }

    webSocketError(socket, error) {
      return guard(() => this.#get().webSocketError(socket, error));
    }
  };
}

export const Account = durable("Account");
export const Pool = durable("Pool");
export const UserShard = durable("UserShard");
export const IdentityShard = durable("IdentityShard");
export const Outbox = durable("Outbox");
