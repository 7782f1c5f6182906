// A request through the gate with an access token.

/** Calls `url`; answers whether the gate let it pass, and what came back. */
export async function call(url, accessToken) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  const text = await response.text();
  return { allowed: response.ok, title: `${response.status} ${response.ok ? "allowed" : "refused"}`, text };
}
