// The result, for people.
import os from "node:os";

/** Columns as wide as their widest cell; numbers to the right. */
function table(head, lines) {
  const widths = head.map((_, at) => Math.max(...[head, ...lines].map((cells) => cells[at].length)));
  const numeric = (at) => lines.every((cells) => /^[\d.,\s–—≥≤×KiB]*$/.test(cells[at]));
  const pad = (cell, at) => (numeric(at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at]));
  const text = (cells) => `  ${cells.map(pad).join("  ")}`.trimEnd();
  return [text(head), `  ${widths.map((width) => "─".repeat(width)).join("  ")}`, ...lines.map(text)].join("\n");
}

const rate = (number) => number.toLocaleString("en", { maximumFractionDigits: number < 100 ? 1 : 0 });
const milliseconds = (seconds) => (Number.isNaN(seconds) ? "" : (seconds * 1000).toPrecision(3));
const kib = (bytes) => `${(bytes / 1024).toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} KiB`;

function races(rows) {
  const lines = rows.map(({ name, rate: own, cpu, peer, ratio, spread, cpuRatio, aim }) => [
    name,
    rate(own),
    milliseconds(cpu),
    peer.name,
    rate(peer.rate),
    milliseconds(peer.cpu),
    ratio.toFixed(2),
    spread.map((number) => number.toFixed(2)).join("–"),
    Number.isNaN(cpuRatio) ? "" : cpuRatio.toFixed(2),
    aim === undefined ? "" : `≥ ${aim.toFixed(2)}`,
    aim === undefined ? "" : ratio >= aim ? "met" : "missed",
  ]);
  return table(["measured", "ops/s", "CPU ms", "peer", "ops/s", "CPU ms", "ratio", "rounds", "by CPU", "aim", ""], lines);
}

function weights(sizes) {
  const lines = sizes.map(({ name, raw, gzip, brotli, aim }) => [
    name,
    kib(raw),
    kib(gzip),
    kib(brotli),
    aim ? `≤ ${kib(aim.most)}` : "",
    aim ? ({ gzip, brotli }[aim.of] <= aim.most ? "met" : "missed") : "",
  ]);
  return table(["size", "raw", "gzip", "brotli", "aim (gzip)", ""], lines);
}

export function print(results, { seconds, rounds, bare }) {
  const rows = results.flatMap(({ rows = [] }) => rows);
  const sizes = results.flatMap(({ sizes = [] }) => sizes);
  const where = bare ? "workerd alone" : "miniflare, as `npm start` runs it (its own Worker stands before all alike)";
  const out = [];
  if (rows.length > 0) {
    out.push(
      `Release bundle and peers on ${where}; ${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, Node ${process.versions.node}.`,
      `${rounds} rounds of ${seconds} s, in turn; medians, and the ratio's median, least and most of all rounds.`,
      "CPU: what the runtime's process used for an answer, without waiting for the disk or for its turn.",
      "",
      races(rows),
      "",
      ...rows.filter(({ note }) => note).map(({ name, note }) => `  ${name}: ${note}`),
    );
  }
  if (sizes.length > 0) {
    out.push("", weights(sizes), "", ...sizes.filter(({ note }) => note).map(({ name, note }) => `  ${name}: ${note}`));
  }
  process.stdout.write(`\n${out.join("\n").replace(/^\n/, "")}\n`);
}
