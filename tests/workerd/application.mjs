// An application that people sign in to, on an origin of its own. It does not stay where it registered: it leads on, as
// many do, to another page on another origin.
import { once } from "node:events";
import { createServer } from "node:http";
import { after } from "node:test";

/** The state that makes it lead on to where nobody should be led: to a host without TLS that is not this machine's. */
export const ASTRAY = "astray";

/** Starts it for one test file. */
export async function startApplication() {
  const asked = [];
  const server = createServer((request, response) => {
    const { host } = request.headers;
    const { pathname, search, searchParams } = new URL(request.url, `http://${host}`);
    asked.push(`${host}${pathname}`);
    if (pathname === "/home") {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>Home</title><h1>Home</h1>");
      return;
    }
    const to = searchParams.get("state") === ASTRAY ? elsewhere : home;
    response.writeHead(302, { location: to + search }).end();
  });
  await once(server.listen(0), "listening");
  after(() => server.close());
  after(() => server.closeAllConnections());
  const { port } = server.address();
  const home = `http://127.0.0.1:${port}/home`;
  const elsewhere = `http://127.0.0.2:${port}/home`;
  return {
    /** What it has registered. */
    back: `http://localhost:${port}/callback`,
    /** Where everybody ends. */
    home,
    /** Plain HTTP, on a host that cannot be registered. */
    elsewhere,
    /** Whether anybody came to `url`. */
    met: (url) => asked.includes(new URL(url).host + new URL(url).pathname),
  };
}
