// Signing in by authorization code and PKCE (RFC 6749, RFC 7636), and out again.
const TOKENS = "tidegate-demo-tokens";
const ATTEMPT = "tidegate-demo-attempt";

const read = (name) => JSON.parse(sessionStorage.getItem(name) ?? "null");
const write = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

async function json(url, init) {
  const response = await fetch(url, init);
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error_description ?? body.error ?? `${url} answered ${response.status}`);
  return body;
}

/** The same by TLS, for a page that came by TLS. */
function here({ endpoint, tlsEndpoint, ...urls }) {
  if (location.origin !== tlsEndpoint) return { endpoint, ...urls };
  const moved = (value) => (value.startsWith(`${endpoint}/`) ? value.replace(endpoint, tlsEndpoint) : value);
  const entries = Object.entries(urls).map(([name, value]) => [name, moved(value)]);
  return { endpoint: tlsEndpoint, ...Object.fromEntries(entries) };
}

/** What the seed made, and where its pool says that its endpoints are. */
export async function configuration() {
  const config = here(await json("config.json"));
  const endpoints = await json(`${config.endpoint}/${config.userPoolId}/.well-known/openid-configuration`);
  return { ...config, endpoints };
}

/** The tokens of this tab, if it has any. */
export const session = () => read(TOKENS);

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Leaves for the hosted page. */
export async function begin({ endpoints, clientId, site }) {
  const attempt = { state: random(), nonce: random(), verifier: random() };
  write(ATTEMPT, attempt);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(attempt.verifier));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: site,
    scope: "openid email",
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${endpoints.authorization_endpoint}?${query}`);
}

/**
 * Turns the code of a redirect into tokens; answers nothing where the address holds no code. A code that this tab did
 * not ask for is somebody else's: it is left alone, and a sign-in of our own begins.
 */
export async function finish(config) {
  const { endpoints, clientId, site } = config;
  const answer = new URLSearchParams(location.search);
  const attempt = read(ATTEMPT);
  if (!answer.has("code") && !answer.has("error")) return undefined;
  sessionStorage.removeItem(ATTEMPT);
  // A code is for one use: it does not stay in the address or the history.
  history.replaceState(null, "", site);
  if (!attempt) return begin(config);
  if (answer.get("state") !== attempt.state) throw new Error("that sign-in was not begun in this tab");
  if (answer.has("error")) throw new Error(answer.get("error_description") ?? answer.get("error"));
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: clientId,
    code: answer.get("code"),
    redirect_uri: site,
    code_verifier: attempt.verifier,
  });
  const tokens = await json(endpoints.token_endpoint, { method: "POST", body });
  if (claims(tokens.id_token).nonce !== attempt.nonce) throw new Error("the ID token is for another sign-in");
  write(TOKENS, tokens);
  return tokens;
}

/** What a token says. It came straight from the token endpoint, so its signature is not checked again here. */
export function claims(token) {
  const [, payload] = token.split(".");
  const text = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))));
}

/** Ends the session here and on the hosted pages: the refresh token and its family, then the cookie. */
export async function forget({ endpoints, clientId, site }) {
  const token = session()?.refresh_token;
  sessionStorage.removeItem(TOKENS);
  if (token) {
    const body = new URLSearchParams({ token, client_id: clientId });
    await fetch(endpoints.revocation_endpoint, { method: "POST", body });
  }
  const query = new URLSearchParams({ client_id: clientId, logout_uri: site });
  location.assign(`${endpoints.end_session_endpoint}?${query}`);
}
