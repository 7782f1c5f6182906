// `npm run bench`: what this costs beside the least that could be done in its place, both in one run on one runtime.
//
//   npm run bench [-- --seconds 3] [--rounds 5] [--only NAME] [--bare] [--built]
//
// --only takes one measured thing (`known`, `new`, `sign-in`, `refresh`, `page`, `size`); --bare runs everybody on
// workerd alone, without miniflare's own Worker in front; --built takes the bundle as it lies there. A ratio that misses
// its aim is printed, and is no failure; an answer that is not what was asked for is.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, Unready, abandon, modules, rust, wasm, wrk } from "../../edge/build/prepare.mjs";

const MEASURES = ["known", "new", "sign-in", "refresh", "page", "size"];

function options() {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: "string", default: "3" },
        rounds: { type: "string", default: "5" },
        only: { type: "string" },
        bare: { type: "boolean", default: false },
        built: { type: "boolean", default: false },
      },
    });
    const [seconds, rounds] = [values.seconds, values.rounds].map(Number);
    if (![seconds, rounds].every((number) => Number.isInteger(number) && number > 0 && number <= 600)) {
      throw new Error("--seconds and --rounds are whole numbers from 1");
    }
    if (values.only !== undefined && !MEASURES.includes(values.only)) {
      throw new Error(`nothing is called \`${values.only}\`: there are ${MEASURES.join(", ")}`);
    }
    return { ...values, seconds, rounds };
  } catch (error) {
    throw new Unready(error.message);
  }
}

async function bench({ seconds, rounds, only, bare, built }, undo) {
  await modules();
  await rust();
  const generator = await wrk();
  if (!built) await wasm("release");
  // The AWS clients say at each start which Node they will want next year.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const { stage } = await import("./stage.mjs");
  const { Arena } = await import("./arena.mjs");
  const { print } = await import("./table.mjs");
  const folder = mkdtempSync(join(ROOT, "target/bench-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const set = await stage({ folder, bare, undo });
  const arena = new Arena({ generator, folder, bare, seconds, rounds, undo });
  const results = [];
  for (const name of MEASURES.filter((name) => only === undefined || only === name)) {
    const { measure } = await import(`./measure/${name}.mjs`);
    results.push(await measure(set, arena));
    await arena.clear();
  }
  print(results, { seconds, rounds, bare });
}

const undo = [];
let leaving;
const leave = () => (leaving ??= undo.reduceRight((before, step) => before.then(step), Promise.resolve()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    abandon();
    leave().finally(() => process.exit(1));
  });
}
try {
  await bench(options(), undo);
} catch (error) {
  if (!leaving) process.stderr.write(`bench: ${error instanceof Unready ? error.message : error.stack}\n`);
  process.exitCode = 1;
} finally {
  await leave();
  // Keep-alive connections of the clients would hold the process.
  process.exit();
}
