/** Jensen–Shannon divergence of word frequencies (METHODS 3), in bits: 0 for the same, 1 for no word in common. */
import type { Words } from './vocabulary.ts';

export function jensenShannon(a: readonly Words[], b: readonly Words[], vocabulary: number): number {
  const [p, q] = [frequencies(a, vocabulary), frequencies(b, vocabulary)];
  let divergence = 0;
  for (let word = 0; word < vocabulary; word++) {
    const [x, y] = [p[word] ?? 0, q[word] ?? 0];
    const middle = (x + y) / 2;
    if (x > 0) divergence += (x / 2) * Math.log2(x / middle);
    if (y > 0) divergence += (y / 2) * Math.log2(y / middle);
  }
  return divergence;
}

function frequencies(documents: readonly Words[], vocabulary: number): Float64Array {
  const counts = new Float64Array(vocabulary);
  let all = 0;
  for (const words of documents) {
    for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
    all += words.length;
  }
  return all === 0 ? counts : counts.map((count) => count / all);
}
