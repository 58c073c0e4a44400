/**
 * Where in a text claims are referred to, so that an editor can show the claim behind "according to claim 1". The same
 * reading of the words as {@link claimReferences}, which only wants the numbers.
 */
import type { Span } from '../text/span.ts';
import { allBefore, CLAIM_WORD, isPlural, MOST_NUMBERS, readNumbers } from './claim-references.ts';

/** One number or range of a reference: the "4 to 6" of "claims 1, 2 or 4 to 6". */
export interface ReferencePart {
  readonly span: Span;
  /** Ascending; only claims that exist. */
  readonly numbers: readonly number[];
}

export interface ClaimReference {
  /** From the word "claim" to the last number. */
  readonly span: Span;
  /** Ascending and each once. */
  readonly numbers: readonly number[];
  /** Empty for a reference without numbers: "any preceding claim". */
  readonly parts: readonly ReferencePart[];
}

/**
 * References of `text` in the order they stand in. `known` are the numbers, ascending, that a reference can mean: for
 * a claim the claims before it, for any other text all claims. References to other claims are left out.
 */
export function claimReferenceSpans(text: string, known: readonly number[]): ClaimReference[] {
  if (known.length === 0) return [];
  const found: ClaimReference[] = [];
  for (const pattern of allBefore(text)) {
    for (const { index, 0: words } of text.matchAll(pattern)) {
      found.push({ span: { start: index, end: index + words.length }, numbers: known, parts: [] });
    }
  }
  let count = 0;
  for (const { index, 0: word } of text.matchAll(CLAIM_WORD)) {
    const parts = partsBehind(text, index + word.length, isPlural(word), known);
    const last = parts.at(-1);
    if (last === undefined) continue;
    const named = new Set(parts.flatMap(({ numbers }) => numbers));
    found.push({
      span: { start: index, end: last.span.end },
      numbers: known.filter((number) => named.has(number)),
      parts,
    });
    count += parts.length;
    if (count >= MOST_NUMBERS) break;
  }
  return withoutOverlaps(found.sort((a, b) => a.span.start - b.span.start));
}

function partsBehind(text: string, at: number, plural: boolean, known: readonly number[]): ReferencePart[] {
  let next = at;
  return readNumbers(text, at, plural).flatMap(({ from, to, end }): ReferencePart[] => {
    const between = text.slice(next, end);
    const lead = Math.max(0, between.search(/[\d０-９Il]/u));
    const span = { start: next + lead, end: end - trailing(between) };
    next = end;
    const numbers = known.filter((number) => from <= number && number <= to);
    return numbers.length === 0 ? [] : [{ span, numbers }];
  });
}

const trailing = (text: string): number => text.length - text.trimEnd().length;

/** "claim 1 or claim 2" is read from both its words; the first reference holds the second. */
function withoutOverlaps(sorted: readonly ClaimReference[]): ClaimReference[] {
  const kept: ClaimReference[] = [];
  for (const reference of sorted) {
    const last = kept.at(-1);
    if (last === undefined || last.span.end <= reference.span.start) kept.push(reference);
  }
  return kept;
}
