/** Claims of an answer: divided, freed of their numbers, and judged as claims. */
import { claimReferences } from '../../patent/claim-references.ts';
import { GapCollector } from '../../patent/gaps.ts';
import { numberedClaims } from '../../patent/numbered-claims.ts';
import { OffsetMap } from '../../text/offset-map.ts';
import type { Rejection } from '../rejection.ts';

/** `1.`, `Claim 1:`, `(1)`, a bullet. */
const NUMBER = /^\s*(?:[-*•]\s+)?(?:(?:claim\s+)?\(?(\d{1,3})\s*[.):：]\s*|claim\s+(\d{1,3})\s+(?=[A-Z]))?/iu;

export interface ListedClaims {
  readonly claims: readonly string[];
  /** Printed numbers that are not 1, 2, 3 …, in words. */
  readonly misnumbered?: string;
}

/** Takes off the numbers that stand before the claims of a list. */
export function listedClaims(list: readonly string[]): ListedClaims {
  let misnumbered: string | undefined;
  const claims = list
    .map((claim) => claim.replace(/\s+/gu, ' ').trim())
    .filter((claim) => claim !== '')
    .map((claim, at) => {
      const match = NUMBER.exec(claim);
      const printed = match?.[1] ?? match?.[2];
      if (printed !== undefined && Number(printed) !== at + 1)
        misnumbered ??= `claim ${at + 1} is printed as ${printed}`;
      return claim.slice(match?.[0].length ?? 0).trim();
    });
  return misnumbered === undefined ? { claims } : { claims, misnumbered };
}

/** Divides a text that holds all claims, by the numbers in their order. */
export function dividedClaims(text: string): ListedClaims {
  const plain = text.replace(/^\s*(?:[-*•]\s+)?claim\s+(\d{1,3})\s*[.):：]/gimu, '$1.');
  if (plain.trim() === '') return { claims: [] };
  const found = numberedClaims({ text: plain, map: OffsetMap.identity(plain.length) }, new GapCollector());
  return listedClaims(found.map(({ number, text: claim }) => `${number}. ${bare(claim.text)}`));
}

const bare = (text: string): string => text.replace(NUMBER, '');

/** Fewer words are no claim. [ours] */
const FEWEST_WORDS = 5;

/** What is wrong with claims as claims; undefined where nothing is. */
export function claimsProblem(claims: readonly string[]): Rejection | undefined {
  const malformed = (at: number, what: string): Rejection => ({
    reason: 'claims-malformed',
    detail: `Claim ${at + 1} ${what}.`,
  });
  for (const [at, claim] of claims.entries()) {
    if (claim.split(/\s+/u).length < FEWEST_WORDS && !UNSPACED.test(claim))
      return malformed(at, 'has hardly any words');
    const sentences = sentenceCount(claim);
    if (sentences > 1) return malformed(at, `has ${sentences} sentences`);
    if (at === 0 && refersToAll(claim)) return malformed(at, 'refers to claims before it');
    const later = refersToAll(claim) ? undefined : laterReference(claim, at + 1);
    if (later === at + 1) return malformed(at, 'refers to itself');
    if (later !== undefined && later <= claims.length)
      return malformed(at, `refers to claim ${later}, which comes later`);
    if (later !== undefined) return malformed(at, `refers to claim ${later}, which does not exist`);
  }
  return undefined;
}

/** Chinese and Japanese, which put no blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}]{8,}/u;
/** No set of claims is longer; a larger number is no reference. [ours] */
const MOST_NUMBER = 300;

/** The first claim from this number on that is referred to. */
const laterReference = (claim: string, from: number): number | undefined =>
  claimReferences(
    claim,
    Array.from({ length: MOST_NUMBER }, (_, at) => from + at),
  )[0];

/** "any preceding claim": it names whatever number there is. */
const refersToAll = (claim: string): boolean => claimReferences(claim, [10 * MOST_NUMBER]).length > 0;

/** What looks like the end of a sentence and is none. */
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|etc|fig|figs|no|nos|vol|approx|resp|vs|cf|ca|al|max|min|dr|mr|ms|st)|\b\p{Lu})\.$/iu;

/** Full stops before a capital letter that are no abbreviations, and the last one. */
function sentenceCount(claim: string): number {
  let count = 1;
  for (const match of claim.matchAll(/[.!?]["”)]?\s+(?=["“(]?\p{Lu})/gu)) {
    if (!ABBREVIATION.test(claim.slice(0, match.index + 1))) count++;
  }
  return count;
}

/** A full stop where there is none: models leave it out in lists. */
export const ended = (claim: string): string => {
  const text = claim.replace(/[\s;,:]+(?:and|or)?\s*$/iu, '');
  return /[.!?。．]["”)]?$/u.test(text) ? text : `${text}.`;
};
