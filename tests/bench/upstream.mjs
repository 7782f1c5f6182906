// The server behind the gate and behind its peers alike. It reads no more of a request than where it ends, so that it
// takes next to nothing from those that are measured; what it was last asked, it can tell.
import { createServer } from "node:net";

const END = "\r\n\r\n";
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3${END}ok\n`;

export async function startUpstream() {
  let last = "";
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {}).on("close", () => open.delete(socket));
    let unread = "";
    socket.on("data", (chunk) => {
      const heads = (unread + chunk.toString("latin1")).split(END);
      unread = heads.pop();
      if (heads.length === 0) return;
      last = heads.at(-1);
      socket.write(ANSWER.repeat(heads.length));
    });
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** The head of the last request. */
    last: () => last,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
