// One process at a time may use a folder, by whatever name it goes and wherever temporary files lie.
//
// The holder listens on a socket in the folder, `lock.N`: a socket dies with its process, where a file with a number in
// it would not. A dead lock is not taken over, for two might do so at once. Whoever finds the highest dead makes the
// next: it is renamed into place whole, which fails where there is one, and whoever then sees a higher one stands back.
// The highest is never removed.
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { basename, join } from "node:path";

const SOCKET = "socket";

/** Locks `folder` for this process; answers how to let go, or nothing where somebody else holds it. */
export async function lock(folder) {
  for (;;) {
    const last = highest(folder);
    if (last > 0 && (await answers(folder, `lock.${last}/${SOCKET}`))) return undefined;
    const held = await take(folder, last + 1);
    if (held) return held;
  }
}

function generations(folder) {
  return readdirSync(folder).flatMap((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? []));
}

const highest = (folder) => Math.max(0, ...generations(folder));

async function take(folder, generation) {
  const own = mkdtempSync(join(folder, "lock-"));
  const place = join(folder, `lock.${generation}`);
  const server = createServer((other) => other.destroy());
  let at = own;
  const leave = () => {
    server.close();
    rmSync(at, { recursive: true, force: true });
  };
  try {
    await new Promise((done, fail) => {
      server.once("error", fail);
      inside(folder, () => server.listen(`${basename(own)}/${SOCKET}`, done));
    });
    renameSync(own, place);
    at = place;
  } catch (error) {
    leave();
    if (error.code === "ENOTEMPTY" || error.code === "EEXIST") return undefined;
    throw error;
  }
  if (highest(folder) > generation) {
    leave();
    return undefined;
  }
  for (const each of generations(folder)) if (each < generation) sweep(join(folder, `lock.${each}`));
  server.unref();
  return () => server.close();
}

// Somebody who is about to stand back may have moved in.
function sweep(path) {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The next one sweeps again.
  }
}

function answers(folder, path) {
  return new Promise((done, fail) => {
    const probe = inside(folder, () => connect(path));
    probe.on("connect", () => {
      probe.destroy();
      done(true);
    });
    probe.on("error", (error) => {
      if (["ECONNREFUSED", "ENOENT", "ENOTSOCK"].includes(error.code)) done(false);
      else if (error.code === "EAGAIN") done(true);
      else fail(error);
    });
  });
}

// A socket's path may have about a hundred bytes, and a folder's may be longer. Node binds and connects at once.
function inside(folder, act) {
  const here = process.cwd();
  process.chdir(folder);
  try {
    return act();
  } finally {
    process.chdir(here);
  }
}
