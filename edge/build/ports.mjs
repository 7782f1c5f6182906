// Two neighbouring ports: plain HTTP on the first, TLS on the second.
import { createServer } from "node:net";
import { Unready } from "./prepare.mjs";

/** Takes `port` for a moment; answers the port, or why not. */
function take(port) {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}

/** Checks that `port` and its neighbour are free; 0 finds such a pair. */
export async function pair(port) {
  for (let tries = 0; port === 0 && tries < 50; tries += 1) {
    const first = await take(0);
    if (first < 65535 && (await take(first + 1).catch(() => 0))) return first;
  }
  for (const each of [port, port + 1]) {
    await take(each).catch((error) => {
      const why = error.code === "EADDRINUSE" ? "is in use" : `cannot be used (${error.code})`;
      const whose = each === port ? `port ${each}` : `port ${each}, where TLS would listen,`;
      throw new Unready(`${whose} ${why}: pass another with --port`);
    });
  }
  return port;
}
