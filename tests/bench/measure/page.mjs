// The hosted sign-in page, beside a Worker that does nothing.
import { expectAnswer } from "../answer.mjs";
import { row } from "../row.mjs";
import { request } from "../wrk.mjs";

export async function measure(set, arena) {
  const url = set.demo.signIn;
  const noOp = await arena.peer("no-op");
  const plain = `${noOp.url}/login`;
  const contestants = [
    { name: "sign-in page", url, pid: set.pid, requests: [request({ url })] },
    { name: "no-op worker", url: plain, pid: noOp.pid, requests: [request({ url: plain })] },
  ];
  await expectAnswer("sign-in page", url, {}, { body: /<form[\s\S]*type="password"/ });
  await expectAnswer("no-op worker", plain, {}, { body: /^ok\n$/ });
  const runs = await arena.compete(contestants);
  return { rows: [row(runs, "sign-in page", "no-op worker", { note: "a whole page, rendered for each request" })] };
}
