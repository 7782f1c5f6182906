// The hosted sign-in page, beside a Worker that does nothing.
import { expectAnswer } from "../answer.mjs";
import { row } from "../row.mjs";
import { request } from "../wrk.mjs";

export async function measure(set, arena) {
  const url = set.demo.signIn;
  const noOp = `${await arena.peer("no-op")}/login`;
  const contestants = [
    { name: "sign-in page", url, requests: [request({ url })] },
    { name: "no-op worker", url: noOp, requests: [request({ url: noOp })] },
  ];
  await expectAnswer("sign-in page", url, {}, { body: /<form[\s\S]*type="password"/ });
  await expectAnswer("no-op worker", noOp, {}, { body: /^ok\n$/ });
  const rates = await arena.compete(contestants);
  return { rows: [row(rates, "sign-in page", "no-op worker", { note: "a whole page, rendered for each request" })] };
}
