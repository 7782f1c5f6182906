// One Argon2id a request, of the cost in `COST`: "KiB,passes,lanes".
import module from "./argon2.wasm";

const { argon2id } = new WebAssembly.Instance(module).exports;
let seed = 0;

export default {
  async fetch(request, { COST }) {
    await request.text();
    seed += 1;
    const hash = argon2id(seed, ...COST.split(",").map(Number));
    return hash === 0 ? new Response("no such cost\n", { status: 500 }) : new Response(`${hash >>> 0}\n`);
  },
};
