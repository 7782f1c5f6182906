// Finds runtimes among the machine's processes; their library does not say which they are.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Tells a runtime's environment whose it is: `<mark of the state folder>/<process that started it>`. */
export const OWNER = "TIDEGATE_RUNTIME_OF";

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It has ended, or belongs to somebody else.
    return "";
  }
}

/** All processes: number, words of the command line, and, where asked, the parent and the environment. */
function all() {
  if (process.platform === "linux") {
    const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => ({
      pid: Number(pid),
      words: read(`/proc/${pid}/cmdline`).split("\0"),
      // The name before it is in brackets, and may hold anything.
      parent: () => Number(/.*\) \S (\d+)/s.exec(read(`/proc/${pid}/stat`))?.[1]),
      environment: () => read(`/proc/${pid}/environ`).split("\0"),
    }));
  }
  const table = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,ppid=,command="], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  return table.split("\n").map((line) => {
    const [pid, parent, ...words] = line.trim().split(/\s+/);
    return { pid: Number(pid), words, parent: () => Number(parent), environment: () => words };
  });
}

const runtimes = () => all().filter(({ words }) => /(^|\/)workerd$/.test(words[0] ?? ""));

/** The process id of the workerd that was told to listen on `port`. */
export function runtimeOn(port) {
  return runtimes().find(({ words }) => words.some((word) => word.endsWith(`127.0.0.1:${port}`)))?.pid;
}

/** The workerds of the folder of that mark that have outlived who started them. */
export function orphans(mark) {
  const starter = (environment) => {
    const owner = environment.find((each) => each.startsWith(`${OWNER}=${mark}/`));
    return owner && Number(owner.slice(owner.lastIndexOf("/") + 1));
  };
  return runtimes()
    .filter(({ parent, environment }) => {
      const started = starter(environment());
      return started !== undefined && started !== parent();
    })
    .map(({ pid }) => pid);
}

/** Whether the process holds nothing any more: neither a port nor a file. */
export function ended(pid) {
  if (process.platform !== "linux") {
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  }
  // Its command line goes first, then its files, thread by thread; what is left waits for its parent to look.
  const state = /.*\) (\S)/s.exec(read(`/proc/${pid}/stat`))?.[1];
  return state === undefined || (state === "Z" && threads(pid) <= 1);
}

function threads(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}
