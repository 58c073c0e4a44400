/**
 * Finds the claims in a text that holds all of them one after the other: "1. A device … 2. The device of claim 1 …".
 * Numbers count only in sequence, so that a list or a quantity inside a claim does not begin another.
 */
import type { MappedText } from '../text/offset-map.ts';
import { sliceMapped } from '../text/offset-map.ts';
import type { ClaimText } from './claims.ts';
import type { GapCollector } from './gaps.ts';
import { PRINTED_NUMBER, printedValue } from './passages.ts';

/**
 * A number at the start of a line, or behind a sentence end and before a capital letter. Recognised text may have a
 * comma for the full stop, a stray mark before the number, and a letter for the digit 1.
 */
const NUMBERED = new RegExp(
  [
    String.raw`(?:^|\n)\s*${PRINTED_NUMBER}(?=\s*[^\s\d])`,
    String.raw`(?<=[.;])\s+(\d{1,4})\s*\.\s+(?=\p{Lu})`,
    String.raw`(?:^|\n)[^\p{L}\p{N}\n([]{0,4}(\d{1,3}|[lI])\s?[.,]\s+(?=['‘]?\p{Lu})`,
  ].join('|'),
  'gu',
);
/** What {@link withoutPrintedNumber} does not know as a number. */
const DAMAGED =
  /^[^\p{L}\p{N}]{0,4}(?:[lI]\s?[.,]|\d{1,3}\s?,|(?<=[^\p{L}\p{N}])\d{1,3}\s?\.)\s+(?=['‘]?\p{Lu})/u;

/** Whether a line may begin a claim. */
export const CLAIM_LINE = new RegExp(
  [
    String.raw`^\s*${PRINTED_NUMBER}\s*[^\s\d]`,
    String.raw`^[^\p{L}\p{N}([]{0,6}(?:\d{1,3}|[lI])\s?[.,]\s+['‘]?\p{Lu}`,
  ].join('|'),
  'u',
);

/** The heading above them, where a database has made one line of both: `Claims 1. A device …`. */
const HEADING =
  /^\s*(?:what is claimed(?: is)?|(?:the )?claims|(?:patent)?ansprüche|revendications)\s*:?\s+(?=1\s?[.)]\s)/i;

export function numberedClaims(whole: MappedText, gaps: GapCollector): ClaimText[] {
  const heading = HEADING.exec(whole.text)?.[0].length ?? 0;
  const text = heading === 0 ? whole : sliceMapped(whole, heading);
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
    const claim = trimmed(text, at, end);
    const damaged = DAMAGED.exec(claim.text)?.[0].length ?? 0;
    claims.push({ number, text: damaged === 0 ? claim : sliceMapped(claim, damaged) });
  }
  return claims;
}

function claimStarts(text: string): { readonly at: number; readonly number: number }[] {
  const starts: { at: number; number: number }[] = [];
  for (const match of text.matchAll(NUMBERED)) {
    const written = match[1] ?? match[2] ?? match[3] ?? '';
    const letter = /^[lI]$/.test(written);
    const number = letter ? 1 : printedValue(written);
    if (letter && starts.length > 0) continue;
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
