/** How varied texts are by their words: distinct-n (Li et al. 2016) and self-BLEU (Zhu et al. 2018), METHODS 3. */
import { noPause, pacedBy, type Pause } from '../pace.ts';
import { Grams, type Words } from './vocabulary.ts';

const LONGEST = 4;
/** Words between two pauses. */
const PACE = 50_000;
/** In place of a count of 0, so that one order without a match does not make a score 0 (as Zhu et al. do). */
const ALMOST_NOTHING = 0.1;

/** Different runs of `n` words as a share of all; 0 where there is none. */
export async function distinct(
  documents: readonly Words[],
  n: number,
  vocabulary: number,
  pause: Pause = noPause,
): Promise<number> {
  const pace = pacedBy(pause, PACE);
  const grams = new Grams(vocabulary, n);
  const met = new Set<number>();
  let all = 0;
  for (const words of documents) {
    await pace(words.length);
    for (const gram of grams.of(words)[n - 1] ?? []) {
      met.add(gram);
      all++;
    }
  }
  return all === 0 ? 0 : met.size / all;
}

interface Most {
  most: number;
  owner: number;
  /** The most among the other documents. */
  next: number;
}

/** Mean BLEU-4 of each document against all others; documents without words are left out. At least two. */
export async function selfBleu4(
  all: readonly Words[],
  vocabulary: number,
  pause: Pause = noPause,
): Promise<number> {
  const pace = pacedBy(pause, PACE);
  const documents = all.filter((words) => words.length > 0);
  const lengths = documents.map((words) => words.length);
  const grams = new Grams(vocabulary, LONGEST);
  const counts: Map<number, number>[][] = [];
  for (const words of documents) {
    await pace(words.length);
    counts.push(grams.of(words).map(countsOf));
  }
  const most = Array.from({ length: LONGEST }, () => new Map<number, Most>());
  for (const [document, orders] of counts.entries()) {
    await pace(lengths[document] ?? 0);
    orders.forEach((order, n) => {
      for (const [gram, count] of order) note(most[n] ?? new Map<number, Most>(), gram, count, document);
    });
  }
  const sorted = [...lengths].sort((a, b) => a - b);
  const scores = counts.map((orders, document) => {
    const length = lengths[document] ?? 0;
    const logs = orders.map((order, n) => {
      let hits = 0;
      for (const [gram, count] of order) {
        const known = most[n]?.get(gram);
        hits += Math.min(count, known?.owner === document ? known.next : (known?.most ?? 0));
      }
      return Math.log((hits === 0 ? ALMOST_NOTHING : hits) / Math.max(1, length - n)) / LONGEST;
    });
    const closest = closestOther(sorted, length);
    const brevity = length > closest ? 1 : Math.exp(1 - closest / length);
    return brevity * Math.exp(logs.reduce((total, value) => total + value, 0));
  });
  return scores.reduce((total, score) => total + score, 0) / scores.length;
}

function countsOf(grams: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}

function note(most: Map<number, Most>, gram: number, count: number, owner: number): void {
  const known = most.get(gram);
  if (!known) most.set(gram, { most: count, owner, next: 0 });
  else if (count > known.most) [known.most, known.owner, known.next] = [count, owner, known.most];
  else known.next = Math.max(known.next, count);
}

/** The length nearest to a document's among the others, the shorter one where two are as near. */
function closestOther(sorted: readonly number[], length: number): number {
  const at = sorted.indexOf(length);
  const before = sorted[at - 1];
  const after = sorted[at + 1];
  if (before === undefined) return after ?? length;
  if (after === undefined) return before;
  return length - before <= after - length ? before : after;
}
