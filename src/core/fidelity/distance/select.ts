/** The middle of many numbers without sorting them (Hoare 1961). */

/** Moves the number of this rank (0 is the least) to its place, smaller ones before it. Changes `values`. */
export function selectRank(values: Float64Array, rank: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = middleOfThree(values, low, high);
    let [i, j] = [low, high];
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while ((values[j] ?? 0) > pivot) j--;
      if (i > j) break;
      const kept = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = kept;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank] ?? Number.NaN;
}

function middleOfThree(values: Float64Array, low: number, high: number): number {
  const [a, b, c] = [values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0];
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The two middle numbers, the same twice where their count is odd. Changes `values`. */
export function middlePair(values: Float64Array): readonly [number, number] {
  const upper = values.length >> 1;
  const high = selectRank(values, upper);
  if (values.length % 2 === 1) return [high, high];
  let low = -Infinity;
  for (let at = 0; at < upper; at++) low = Math.max(low, values[at] ?? 0);
  return [low, high];
}
