// Stands in for Cloudflare's static assets on a local runtime: serves the folder behind `FILES`, by exact path, and
// what this run's own folder, behind `SITE`, adds to it.
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

const missing = () => new Response("not found", { status: 404 });

export default {
  async fetch(request, { FILES, SITE }) {
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
    const pathname = new URL(request.url).pathname.replace(/\/$/, "/index.html");
    const type = TYPES[pathname.slice(pathname.lastIndexOf(".") + 1)];
    // Hidden files have no type.
    if (!type) return missing();
    const built = await FILES.fetch(`http://files${pathname}`);
    const file = built.ok ? built : await SITE.fetch(`http://site${pathname}`);
    if (!file.ok) return missing();
    const bytes = await file.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const etag = `"${[...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
    const headers = { "content-type": type, etag, "cache-control": "public, max-age=0, must-revalidate" };
    if (request.headers.get("if-none-match")?.includes(etag)) return new Response(null, { status: 304, headers });
    return new Response(request.method === "HEAD" ? null : bytes, { headers });
  },
};
