// Hands requests on to the runtime as they came: target and headers to the letter, bodies as they flow. Only what
// belongs to one connection ends here (RFC 9110 §7.6.1).
import { request as ask } from "node:http";

/** More than any door takes: what is too much is the doors' to say. */
const MAX_HEADER_BYTES = 128 * 1024;

const HOP = new Set(["connection", "keep-alive", "proxy-connection", "expect"]);

/** Names and values by turns, as Node gives them and takes them. */
function passing(raw) {
  return raw.flatMap((name, at) => (at % 2 || HOP.has(name.toLowerCase()) ? [] : [name, raw[at + 1]]));
}

/** Without a length or chunks there is no body; some methods have to say so. */
function measured(headers) {
  const framed = headers.some((name, at) => at % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(name));
  return framed ? headers : [...headers, "Content-Length", "0"];
}

/** Answers a request with what the runtime on this machine's `port` answers. */
export const forwardTo = (port) => (request, response) => {
  const { method, url: path } = request;
  const bodiless = method === "GET" || method === "HEAD";
  const headers = bodiless ? passing(request.rawHeaders) : measured(passing(request.rawHeaders));
  const sent = ask({ host: "127.0.0.1", port, method, path, headers, agent: false, maxHeaderSize: MAX_HEADER_BYTES });
  sent.on("response", (answer) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode, answer.statusMessage, passing(answer.rawHeaders));
    answer.on("error", () => response.destroy()).pipe(response);
  });
  sent.on("error", () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  request.on("error", () => sent.destroy()).pipe(sent);
  response.on("close", () => sent.destroy());
};

/** For Node's server: nothing is counted, cut or timed that the runtime would not. */
export const PASSING = { maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: 0, keepAliveTimeout: 75_000 };
