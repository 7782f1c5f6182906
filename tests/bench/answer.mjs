// Asks a contestant once, before it is measured: who answers fast must also answer right.
import { Unready } from "../../edge/build/prepare.mjs";

/** Fails unless the answer has `status` and a body in which `body` is found. */
export async function expectAnswer(name, url, init, { status = 200, body = /./ } = {}) {
  const answer = await fetch(url, { redirect: "manual", ...init });
  const text = await answer.text();
  if (answer.status !== status || !body.test(text)) {
    throw new Unready(`${name}: expected ${status} and ${body}, was answered ${answer.status}: ${text.slice(0, 200)}`);
  }
  return text;
}

const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** Fails unless `url` lets `token` through, and nothing that was made from it. */
export async function expectGuard(name, url, token) {
  await expectAnswer(name, url, { headers: bearer(token) });
  const [head, claims, signature] = token.split(".");
  const { exp, ...others } = JSON.parse(Buffer.from(claims, "base64url"));
  const later = Buffer.from(JSON.stringify({ ...others, exp: exp + 1 })).toString("base64url");
  const wrong = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;
  for (const forged of [`${head}.${later}.${signature}`, `${head}.${claims}.${wrong}`, "x"]) {
    await expectAnswer(name, url, { headers: bearer(forged) }, { status: 401 });
  }
  await expectAnswer(name, url, {}, { status: 401 });
}
