// `npm start`: everything a newcomer needs, in one command.
//
//   npm start -- [--port 8787] [--state .tidegate] [--profile dev|release] [--built] [--json]
//
// --built takes the bundle as it lies there, and neither installs nor compiles.
// Progress goes to stderr. With --json, stdout is one line when the deployment is ready.
import { createWriteStream, statSync, truncateSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import util from "node:util";
import { ROOT, Unready, abandon, modules, node, rust, wasm } from "./prepare.mjs";

const GRACE = 4000;
const LOG_LIMIT = 16 << 20;

let deployment;
let leaving = false;

function leave(code = 0) {
  if (leaving) return;
  leaving = true;
  abandon();
  setTimeout(() => process.exit(1), GRACE).unref();
  Promise.resolve(deployment?.stop()).then(
    () => process.exit(code),
    () => process.exit(1),
  );
}
/** Ends in order on every signal, whoever else has asked to hear of it: miniflare would exit at once. */
function listen() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal).on(signal, () => leave());
}
listen();

// npm tells its child of a signal, but not if it is killed outright.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === parent || leave(), 500).unref();

/** Leaves when the runtime has ended by itself: nobody would answer. */
function watch(pid) {
  const watching = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      clearInterval(watching);
      if (!leaving) process.stderr.write("start: the runtime has ended: its last words are in the log\n");
      leave(1);
    }
  }, 1000);
}

function options() {
  try {
    const { values } = util.parseArgs({
      options: {
        port: { type: "string", default: "8787" },
        state: { type: "string", default: join(ROOT, ".tidegate") },
        profile: { type: "string", default: "dev" },
        built: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65534) throw new Error(`\`${values.port}\` is no port`);
    if (values.state === "") throw new Error("--state wants a folder");
    return { ...values, port };
  } catch (error) {
    throw new Unready(`${error.message}; known: --port P, --state DIR, --profile dev|release, --built, --json`);
  }
}

/** A writer of log lines to `file`, which starts over when it has grown large. */
function logTo(file) {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) truncateSync(file);
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  let broken = false;
  stream.on("error", ({ code }) => {
    if (!broken) process.stderr.write(`start: cannot write to \`${file}\` (${code}): nothing more is logged\n`);
    broken = true;
  });
  return (line) => broken || stream.write(`${line}\n`);
}

/** The demo, made at the first start and again only if the endpoint has moved or something of it is gone. */
async function demo({ endpoint, tls, region, operator, state }) {
  // The AWS clients say at each start which Node they will want next year.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const { seed, stands } = await import("./seed.mjs");
  const deployment = { endpoint, tls, region, ...operator, state };
  try {
    const kept = state.read("demo.json");
    const here = kept?.endpoint === endpoint && kept.tlsEndpoint === tls.endpoint;
    if (here && kept.demo && (await stands(deployment, kept.demo))) return kept.demo;
    process.stderr.write("start: seeding the demo\n");
    const made = await seed(deployment);
    state.write("demo.json", { endpoint, tlsEndpoint: tls.endpoint, demo: made });
    return made;
  } catch (error) {
    throw new Unready(`could not seed the demo (${error.name}: ${error.message}): the requests are in ${state.log}`);
  }
}

/** Says so where OpenID Connect's clients would refuse the demo: an issuer is fixed when its pool is made. */
async function checkIssuer(endpoint, { userPoolId }) {
  const answer = await fetch(`${endpoint}/${userPoolId}/.well-known/openid-configuration`);
  const { issuer } = answer.ok ? await answer.json() : {};
  if (!issuer || issuer.startsWith(`${endpoint}/`)) return;
  const back = `--port ${new URL(issuer).port || 80}, or on a new --state folder`;
  process.stderr.write(`start: the demo's issuer stays ${issuer}: for OpenID Connect, start with ${back}\n`);
}

/** The AWS variables as a shell reads them, so that the command to paste shows no secret. */
function writeEnvironment({ env, state }) {
  const file = state.file("operator.env");
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
  writeFileSync(file, lines.join(""), { mode: 0o600 });
  return relative(process.cwd(), file).startsWith("..") ? file : `./${relative(process.cwd(), file)}`;
}

function block({ endpoint, outbox, operator, secrets, state, tls }, { site, signIn, sessionRoute } = {}, environment) {
  const rows = [
    ["Demo site", site ?? `${endpoint}/demo/`],
    ["Hosted sign-in", signIn ?? sessionRoute],
    ["AWS endpoint", endpoint],
    ["  try", `. ${environment} && aws cognito-idp list-user-pools --max-results 10`],
    ["Outbox", outbox],
    ["TLS", `${tls.endpoint}  (trust ${tls.ca})`],
    ["Log", state.log],
  ];
  if (secrets.first) {
    rows.push(
      ["", ""],
      ["Made just now", `kept in ${state.file("secrets.json")}, not shown again`],
      ["  access key", operator.accessKeyId],
      ["  secret key", operator.secretAccessKey],
      ["  master secret", secrets.masterSecret],
    );
  }
  const lines = rows.filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name.padEnd(16)}${value}`);
  return `\nTidegate is ready. Ctrl-C stops it.\n\n${lines.map((line) => line.trimEnd()).join("\n")}\n\n`;
}

async function start() {
  node();
  const { port, state, profile, built, json } = options();
  if (!built) await modules();
  const { launch } = await import("./launch.mjs");
  const { openState } = await import("./state.mjs");
  const { pair } = await import("./ports.mjs");
  // What cannot work should say so before the compiler has run for minutes.
  const folder = await openState(state);
  const first = await pair(port).catch((error) => {
    folder.close();
    throw error;
  });
  if (!built) {
    await rust();
    await wasm(profile);
  }
  if (leaving) return;
  const starting = launch({ folder, port: first, profile, tls: true, log: logTo(folder.log) });
  deployment = { stop: () => starting.then((started) => started.stop()) };
  deployment = await starting;
  listen();
  watch(deployment.pid);
  const made = await demo(deployment);
  await checkIssuer(deployment.endpoint, made);
  const environment = writeEnvironment(deployment);
  if (json) {
    const { endpoint, region, operator, outbox } = deployment;
    const { signIn, ...rest } = made ?? {};
    process.stdout.write(`${JSON.stringify({ endpoint, region, ...operator, outbox, demo: made && rest })}\n`);
  } else {
    process.stdout.write(block(deployment, made ?? {}, environment));
  }
}

/** One line where the person can mend it, and where the fault is ours, where it is. */
function reason(error) {
  if (error instanceof Unready) return error.message;
  if (error?.code === "ERR_MODULE_NOT_FOUND") return `${error.message}: run \`npm ci\``;
  if (error?.code === "ERR_RUNTIME_FAILURE") return "the runtime did not start: its last words are in the log";
  // The system's own refusals say what and where: a full disk, a file of somebody else's.
  return error?.syscall ? error.message : (error?.stack ?? error);
}

try {
  await start();
} catch (error) {
  if (!leaving) {
    process.stderr.write(`start: ${reason(error)}\n`);
    // It may be what failed.
    await deployment?.stop().catch(() => {});
    process.exit(1);
  }
}
