// A server behind the gate: says what reached it, so that one sees what the gate takes out and puts in.
import { createServer } from "node:http";

/** Listens on a free port of this machine; answers its URL and a way to stop. */
export async function startUpstream() {
  const server = createServer(async (request, response) => {
    let length = 0;
    for await (const chunk of request) length += chunk.length;
    const { method, url: path, headers } = request;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`${JSON.stringify({ method, path, headers, length }, null, 2)}\n`);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
