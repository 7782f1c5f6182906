// One line of the result.

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A contestant beside its peer: the medians of their rates, and of their ratio in each round (with the least and the
 * most), which a machine that is slow for a while leaves as it is.
 */
export function row(rates, name, peer, { aim, note } = {}) {
  const [own, others] = [rates.get(name), rates.get(peer)];
  const ratios = own.map((rate, round) => rate / others[round]);
  const spread = [Math.min(...ratios), Math.max(...ratios)];
  return { name, rate: median(own), peer, peerRate: median(others), ratio: median(ratios), spread, aim, note };
}
