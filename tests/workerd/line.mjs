// The line between a browser and a deployment: a proxy that holds forms up until it is told to let them go. That is what
// a slow network does, without a clock.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { after } from "node:test";

/** Where a form can be held. */
export const HELD = {
  /** Before it is served: those that were held go on at the same moment. */
  underway: "while it is on its way",
  /** When it has been served, before the browser has the answer. */
  answered: "while its answer is on its way",
  /** While it is being served; a browser that does not wait for the answer hangs up on the deployment too. */
  serving: "while it is being served",
};

/** Reads all of what a browser asks; it may be gone after that. */
async function read(asked) {
  const { "proxy-connection": _, ...headers } = asked.headers;
  return { url: asked.url, method: asked.method, headers, body: Buffer.concat(await asked.toArray()) };
}

/** Asks it of whom it is for, by a socket of its own: none waits for another. */
function forward({ url, method, headers, body }) {
  const sent = request(url, { method, headers, agent: false });
  sent.end(body);
  return sent;
}

async function answered(sent) {
  const [told] = await once(sent, "response");
  return { status: told.statusCode, headers: told.headers, body: Buffer.concat(await told.toArray()) };
}

/** Opens it for one test file; `proxy` is what a browser's visitor takes. */
export async function openLine() {
  let hold;

  const ways = {
    async underway(form, { arrived, released }) {
      arrived();
      await released;
      return answered(forward(form));
    },
    async answered(form, { arrived, released }) {
      const told = await answered(forward(form));
      arrived();
      await released;
      return told;
    },
    async serving(form, { arrived, released }, answer) {
      const sent = forward(form);
      answer.once("close", () => sent.destroy());
      arrived();
      const [told] = await Promise.all([answered(sent), released]);
      return told;
    },
  };

  const server = createServer(async (asked, answer) => {
    try {
      const whole = await read(asked);
      const held = hold && whole.method === "POST";
      const { status, headers, body } = await (held ? ways[hold.where](whole, hold, answer) : answered(forward(whole)));
      answer.writeHead(status, headers).end(body);
    } catch {
      // One of the two has hung up; so does the other.
      answer.destroy();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  after(() => server.close());
  after(() => server.closeAllConnections());

  return {
    proxy: { server: `http://127.0.0.1:${server.address().port}` },

    /** Holds the forms that come from now on, at one of `HELD`. */
    hold(where) {
      assert.ok(!hold, "let go of what is held first");
      let forms = 0;
      let release;
      const waiting = new Set();
      const released = new Promise((resolve) => (release = resolve));
      const arrived = () => {
        forms += 1;
        for (const wake of waiting) wake();
      };
      hold = { where, arrived, released };
      return {
        /** Waits until so many are held. */
        async count(wanted) {
          while (forms < wanted) await new Promise((wake) => waiting.add(wake));
        },
        /** Lets them go. */
        release() {
          hold = undefined;
          release();
        },
        /** How many there were. */
        get forms() {
          return forms;
        },
      };
    },
  };
}
