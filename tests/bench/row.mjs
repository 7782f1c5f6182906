// One line of the result.

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A contestant beside its peer: the medians of their rates, and of their ratio in each round (with the least and the
 * most), which a machine that is slow for a while leaves as it is; and the same of the processor time an answer takes,
 * which waiting for a disk or for a busy machine does not count in.
 */
export function row(runs, name, peer, { aim, note } = {}) {
  const [own, others] = [runs.get(name), runs.get(peer)];
  const of = (all, what) => median(all.map((run) => run[what]));
  const ratios = own.map(({ rate }, round) => rate / others[round].rate);
  return {
    name,
    rate: of(own, "rate"),
    cpu: of(own, "cpu"),
    peer: { name: peer, rate: of(others, "rate"), cpu: of(others, "cpu") },
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    cpuRatio: median(own.map(({ cpu }, round) => others[round].cpu / cpu)),
    aim,
    note,
  };
}
