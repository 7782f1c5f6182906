// Finds the runtime among the machine's processes; its library does not say which it is.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

function linux(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // It has ended, or belongs to somebody else.
    return [];
  }
}

/** The command lines of all processes: [pid, words]. */
function all() {
  if (process.platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
    return pids.map((pid) => [pid, linux(pid)]);
  }
  const table = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" });
  return table.split("\n").map((line) => {
    const [pid, ...words] = line.trim().split(/\s+/);
    return [Number(pid), words];
  });
}

const runs = (words) => /(^|\/)workerd$/.test(words[0] ?? "");

/** The process id of the workerd that was told to listen on `port`. */
export function runtimeOn(port) {
  return all().find(([, words]) => runs(words) && words.some((word) => word.endsWith(`127.0.0.1:${port}`)))?.[0];
}

/** Whether `pid` is a workerd. */
export function isRuntime(pid) {
  return all().some(([other, words]) => other === pid && runs(words));
}
