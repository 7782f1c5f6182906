// Pages as a browser without scripts sees them: one form, its fields, cookies, redirects.
import assert from "node:assert/strict";
// Node's own `fetch` says of itself that it is no navigation.
import { request } from "undici";

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });
}

function attributes(tag) {
  const found = tag.matchAll(/([\w:-]+)(?:="([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, unescape(value ?? "")]));
}

/** The first form of a document: where it posts, and what its fields hold. */
function form(html) {
  const [, open, inner] = /<form([^>]*)>([\s\S]*?)<\/form>/.exec(html) ?? [];
  assert.ok(inner !== undefined, `no form in: ${html.slice(0, 2000)}`);
  const fields = [...inner.matchAll(/<input([^>]*)>/g)].map(([, tag]) => attributes(tag));
  return {
    action: attributes(open).action,
    fields: Object.fromEntries(fields.filter(({ name }) => name).map(({ name, value = "" }) => [name, value])),
  };
}

/**
 * A visitor with a cookie jar, who follows redirects within the deployment and stops at the first that leads to another
 * origin.
 */
export class Visitor {
  #cookies = new Map();
  #headers;
  #dispatcher;

  /** `headers` go with every request, by undici's `dispatcher` if there is one. */
  constructor(headers = { accept: "text/html" }, dispatcher) {
    this.#headers = headers;
    this.#dispatcher = dispatcher;
  }

  async #fetch(url, init = {}) {
    const cookie = this.cookies().map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { ...this.#headers, ...init.headers, cookie };
    const { statusCode: status, headers: told, body } = await request(url, {
      ...init,
      headers,
      dispatcher: this.#dispatcher,
    });
    for (const line of [told["set-cookie"] ?? []].flat()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (/max-age=0\b/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    this.url = new URL(url);
    const html = await body.text();
    if (!told.location) return { status, html };
    const next = new URL(told.location, url);
    return next.origin === this.url.origin ? this.#fetch(next) : { status, redirected: next };
  }

  /** What the jar holds; a `localhost` has one jar for all its ports and paths. */
  cookies() {
    return [...this.#cookies].map(([name, value]) => ({ name, value }));
  }

  /** Opens a page. */
  async open(url) {
    this.page = await this.#fetch(url);
    return this.page;
  }

  /** Fills the page's form in and sends it. */
  async send(values) {
    const { action, fields } = form(this.page.html);
    const body = new URLSearchParams({ ...fields, ...values }).toString();
    const headers = { origin: this.url.origin, "content-type": "application/x-www-form-urlencoded" };
    this.page = await this.#fetch(new URL(action, this.url), { method: "POST", body, headers });
    return this.page;
  }

  /** The address that a link of the page leads to. */
  link(text) {
    const links = [...this.page.html.matchAll(/<a([^>]*)>([\s\S]*?)<\/a>/g)];
    const found = links.find(([, , inside]) => inside.replace(/<[^>]*>/g, "").includes(text));
    assert.ok(found, `no link \`${text}\``);
    return new URL(attributes(found[1]).href, this.url);
  }
}
