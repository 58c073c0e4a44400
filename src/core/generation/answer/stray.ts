/**
 * A paraphrase that is not about its seed. That is what an answer looks like that obeyed something in the seed instead
 * of writing it anew, and what a weak model writes when it loses the thread.
 */
import type { Rejection } from '../rejection.ts';
import { draftText, type Draft } from './draft.ts';

/**
 * Share of the seed's frequent content words that come back. Paraphrases keep most of the technical terms; documents on
 * other things share few. [ours]
 */
const LEAST_SHARED = 0.15;
/** So many of the seed's words are looked for. [ours] */
const LOOKED_FOR = 40;

export function strayProblem(draft: Draft, source: string): Rejection | undefined {
  const wanted = frequentStems(source);
  if (wanted.length < 5) return undefined;
  const present = new Set(stems(draftText(draft)));
  const shared = wanted.filter((stem) => present.has(stem)).length / wanted.length;
  if (shared >= LEAST_SHARED) return undefined;
  return {
    reason: 'off-topic',
    detail: `Of the ${wanted.length} most frequent words of its seed it has ${Math.round(100 * shared)} %.`,
  };
}

function frequentStems(text: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const stem of stems(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, LOOKED_FOR)
    .map(([stem]) => stem);
}

/** Words of every patent say nothing of what it is about. */
const EVERYWHERE = new Set(
  (
    'device method system apparatus claim claims invention wherein comprising comprises include includes including first ' +
    'second least plurality provided present having thereof therein said each other another more with from that this ' +
    'which when least being between into such also them they their where having said than then configured adapted used'
  ).split(' '),
);

/** The first six letters stand for a word's inflections; good enough to count what two texts share. */
const stems = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\p{L}{4,}|\p{Script=Han}{2}/gu) ?? [])
    .filter((word) => !EVERYWHERE.has(word))
    .map((word) => word.slice(0, 6));
