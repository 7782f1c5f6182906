// Requests as they are told to be: any host, any header, any agent, nothing normalised or followed.
import { request } from "node:http";

/** Sends to the runtime on this machine's `port`; answers status, headers, body and whether the socket was used before. */
export function send(port, { method = "GET", path = "/", headers = {}, body, agent = false } = {}) {
  return new Promise((done, fail) => {
    const options = { host: "127.0.0.1", port, method, path, agent, headers: { host: `localhost:${port}`, ...headers } };
    const asked = request(options, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk)).on("error", fail);
      response.on("end", () => {
        const { statusCode: status, headers } = response;
        done({ status, headers, body: Buffer.concat(chunks), reused: asked.reusedSocket });
      });
    });
    asked.on("error", fail).end(body);
  });
}
