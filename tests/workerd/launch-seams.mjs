// The Worker with ways to break it built in, on either runtime. Never what `npm start` or a deployment runs.
import { request } from "node:http";
import { launch, launchBare } from "../../edge/build/launch.mjs";

/** Both runtimes, by name. */
export const RUNTIMES = { miniflare: launch, workerd: launchBare };

/** Starts it on the runtime of that name. */
export async function startSeams(runtime, options = {}) {
  const running = await RUNTIMES[runtime]({ profile: "seams", argon2: "8,1,1", ...options });
  return {
    ...running,
    get: (path, init) => get(running, path, init),
    /** Asks the object of that name to do something; see `edge/src/runtime/seam.rs`. */
    ask: (name, what) => get(running, `/_seam/object/${name}/${what}`),
    target: (path) => target(running.port, path),
  };
}

async function get({ endpoint }, path, init) {
  const response = await fetch(endpoint + path, init);
  return { status: response.status, text: await response.text() };
}

/** Sends `path` as it is, and answers what the Worker took it for: the target, and the reading of it. */
function target(port, path) {
  return new Promise((done, fail) => {
    const headers = { host: `localhost:${port}`, "x-seam-target": "1" };
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => done(Buffer.concat(chunks).toString().trimEnd().split("\n")));
    });
    asked.on("error", fail).end();
  });
}
