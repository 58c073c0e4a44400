/**
 * Finds the claims in a text that holds all of them one after the other: "1. A device … 2. The device of claim 1 …".
 * Numbers count only in sequence, so that a list or a quantity inside a claim does not begin another.
 */
import type { MappedText } from '../text/offset-map.ts';
import { sliceMapped } from '../text/offset-map.ts';
import type { ClaimText } from './claims.ts';
import type { GapCollector } from './gaps.ts';

/** A number at the start of a line, or behind a sentence end and before a capital letter. */
const NUMBERED = /(?:^|\n)\s*(\d{1,4})\s*[.)](?=\s*[^\s\d])|(?<=[.;])\s+(\d{1,4})\s*\.\s+(?=\p{Lu})/gu;

/** Whether a line may begin a claim. */
export const CLAIM_LINE = /^\s*\d{1,4}\s*[.)]\s*[^\s\d]/;

export function numberedClaims(text: MappedText, gaps: GapCollector): ClaimText[] {
  const starts = claimStarts(text.text);
  const [first] = starts;
  if (first === undefined) return [{ number: 1, text }];
  const claims: ClaimText[] = [];
  const before = text.text.slice(0, first.at).trim();
  if (before !== '' && first.number === 2) {
    claims.push({ number: 1, text: trimmed(text, 0, first.at) });
  } else if (before !== '') {
    const span = text.map.toSource({ start: 0, end: first.at });
    gaps.state(`Text before claim ${first.number} belongs to no claim and was left out.`, span);
  }
  for (const [index, { at, number }] of starts.entries()) {
    const end = starts[index + 1]?.at ?? text.text.length;
    claims.push({ number, text: trimmed(text, at, end) });
  }
  return claims;
}

function claimStarts(text: string): { readonly at: number; readonly number: number }[] {
  const starts: { at: number; number: number }[] = [];
  for (const match of text.matchAll(NUMBERED)) {
    const number = Number(match[1] ?? match[2]);
    const expected = starts.at(-1)?.number;
    const begins = number === 1 || match.index === 0 || number === 2;
    if (expected === undefined ? begins : number === expected + 1) starts.push({ at: match.index, number });
  }
  return starts;
}

function trimmed(text: MappedText, start: number, end: number): MappedText {
  const part = text.text.slice(start, end);
  const leading = part.length - part.trimStart().length;
  return sliceMapped(text, start + leading, start + part.trimEnd().length);
}
