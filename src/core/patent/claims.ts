/** Turns the texts of claims into claims: numbers as printed, and what each depends on. */
import type { MappedText } from '../text/offset-map.ts';
import { claimReferences } from './claim-references.ts';
import type { GapCollector } from './gaps.ts';
import type { Claim, Passage } from './model.ts';
import { isCancelled, toPassage, withoutPrintedNumber } from './passages.ts';

/** A claim as a reader finds it. */
export interface ClaimText {
  readonly number: number;
  readonly text: MappedText;
  /** References the format marks itself; the words are read besides. */
  readonly references?: readonly number[];
}

/**
 * Far above any real set of claims; keeps a file of a million claims, or thousands that each refer to all before, from
 * taking the machine down. [ours]
 */
const MOST_CLAIMS = 20_000;
const MOST_REFERENCES = 1_000_000;

export function assembleClaims(texts: readonly ClaimText[], gaps: GapCollector): Claim[] {
  const claims: Claim[] = [];
  const earlier: number[] = [];
  let references = 0;
  let unread: number | undefined;
  for (const { number, text, references: marked = [] } of texts) {
    const passage = toPassage(withoutPrintedNumber(text, number));
    if (passage === undefined) continue;
    if (isCancelled(text.text)) {
      gaps.state(`Claim ${number} is marked as cancelled and was left out: "${text.text}"`, passage.span);
      continue;
    }
    if (claims.length >= MOST_CLAIMS || references >= MOST_REFERENCES) {
      unread ??= number;
      claims.push({ ...passage, number, dependsOn: [] });
      continue;
    }
    const last = earlier.at(-1);
    const before = last === undefined || last < number ? earlier : earlier.filter((other) => other < number);
    const dependsOn = dependencies(passage, marked, before);
    references += dependsOn.length;
    claims.push({ ...passage, number, dependsOn });
    insertAscending(earlier, number);
  }
  if (unread !== undefined) {
    gaps.state(`There are too many claims or references; from claim ${unread} on, references were not read.`);
  }
  return claims;
}

function dependencies(passage: Passage, marked: readonly number[], before: readonly number[]): number[] {
  const read = claimReferences(passage.text, before);
  if (marked.length === 0) return read;
  const all = new Set([...read, ...marked]);
  return before.filter((number) => all.has(number));
}

function insertAscending(numbers: number[], number: number): void {
  const last = numbers.at(-1);
  if (last === undefined || last < number) numbers.push(number);
  else if (!numbers.includes(number)) {
    numbers.push(number);
    numbers.sort((a, b) => a - b);
  }
}
