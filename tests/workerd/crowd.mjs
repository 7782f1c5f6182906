// Many requests at once, over a bounded number of sockets: what is raced is the deployment, not this machine.
import { Pool } from "undici";

/** Calls an operation of `cognito-idp` that needs no signature, `count` times at once; answers {status, type, body}. */
export async function crowd({ endpoint }, operation, count, input) {
  const pool = new Pool(endpoint, { connections: 100, headersTimeout: 120_000, bodyTimeout: 120_000 });
  const ask = async (index) => {
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: "/",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(input(index)),
    });
    const answer = await body.json();
    return { status: statusCode, type: answer.__type, body: answer };
  };
  try {
    return await Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
  } finally {
    await pool.close();
  }
}

/** Posts a form `count` times at once. */
export async function crowdForm(url, count, fields) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 100, headersTimeout: 120_000, bodyTimeout: 120_000 });
  const ask = async () => {
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: pathname,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields).toString(),
    });
    return { status: statusCode, body: await body.json() };
  };
  try {
    return await Promise.all(Array.from({ length: count }, ask));
  } finally {
    await pool.close();
  }
}

/** How often each outcome occurred. */
export function tally(answers, name = ({ status, type, body }) => (status === 200 ? "ok" : `${type}: ${body.message}`)) {
  const counts = {};
  for (const answer of answers) counts[name(answer)] = (counts[name(answer)] ?? 0) + 1;
  return counts;
}
