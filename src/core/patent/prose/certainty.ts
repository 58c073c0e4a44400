/**
 * How sure the reader of text without markup is of the sections it found, from what can be counted: how the section
 * was marked, how much of its text reads as words, and for claims whether their numbers follow each other. The numbers
 * are ours; they order documents from clean to unreadable and promise no probability.
 */
import type { SectionCertainty } from '../bibliography.ts';
import type { Section } from '../model.ts';
import { isCommonWord } from './common-words.ts';
import { isNearlyCapitals } from './headings.ts';

/** How a section was found. */
export type Marker = 'exact' | 'damaged' | 'placed' | 'assumed';

export interface SectionEvidence {
  readonly section: Section;
  readonly texts: readonly string[];
  readonly marker: Marker;
  /** Share of the lines of two columns that were divided by guessing, in [0, 1]. */
  readonly guessed: number;
  /** For claims: the numbers in order; empty where none are printed. */
  readonly numbers?: readonly number[];
}

/** What the marker alone is worth. [ours] */
const MARKERS: Readonly<Record<Marker, number>> = { exact: 1, damaged: 0.9, placed: 0.92, assumed: 0.7 };
/** Share of common words from which text counts as fully readable; clean patents have 0.35 to 0.5. [ours] */
const READABLE = 0.3;
/** Fewer words than this say nothing by their share of common ones. [ours] */
const FEWEST_WORDS = 40;
/** What a share of damaged words costs, times the share. [ours] */
const DAMAGE = 5;
/** What guessing all lines would cost. [ours] */
const GUESSED = 0.35;
/** Claims whose numbers jump, and claims without any. [ours] */
const JUMPING = 0.75;
const UNNUMBERED = 0.9;
/** A small letter or two alone in a title of capitals: a word that was not recognised. What each leaves. [ours] */
const STRAY = /(?<!\S)\p{Ll}{1,2}(?!\S)/gu;
const STRAY_LEFT = 0.7;
/** So much of a long text is counted. */
const SAMPLE = 200_000;

const TOKEN = /[^\s]+/g;
/** Most of any text: nothing in it to look at. */
const PLAIN_WORD = /^[a-z]+$/;
/** Marks and digits inside words, which only recognition puts there. */
const DAMAGED =
  /\p{L}[?!~»«_^*|{}<>\\\u2018]+\p{L}|\p{Ll}[.,:;'](?=\p{L}{2})(?!s\b|t\b)|^[?~»«_^*|\\]\p{L}|\p{Ll}\d\p{Ll}|\p{Ll}\p{Lu}{1,2}\p{Ll}/u;

export function certaintyOf(evidence: SectionEvidence): SectionCertainty {
  const { section, marker, guessed, numbers } = evidence;
  const { words, common, damaged } = countWords(evidence.texts);
  const reasons: string[] = [MARKED[marker]];
  let confidence = MARKERS[marker];
  if (words >= FEWEST_WORDS) {
    const share = common / words;
    confidence *= Math.min(1, share / READABLE);
    reasons.push(`${percent(share)} of ${words} words are common ones`);
  }
  if (words > 0) {
    confidence *= Math.max(0, 1 - DAMAGE * (damaged / words));
    reasons.push(damaged === 0 ? 'no word looks damaged' : `${damaged} of ${words} words look damaged`);
  }
  if (section === 'title' && evidence.texts.some(isNearlyCapitals)) {
    const stray = evidence.texts.join(' ').match(STRAY)?.length ?? 0;
    confidence *= STRAY_LEFT ** stray;
    if (stray > 0)
      reasons.push(`${stray} small ${stray === 1 ? 'word stands' : 'words stand'} among capitals`);
  }
  if (guessed > 0 && section !== 'title') {
    confidence *= 1 - GUESSED * guessed;
    reasons.push(`${percent(guessed)} of the lines of two columns were divided by guessing`);
  }
  if (numbers !== undefined) {
    if (numbers.length === 0) {
      confidence *= UNNUMBERED;
      reasons.push('the claims carry no numbers');
    } else if (numbers.some((number, index) => number !== index + 1)) {
      confidence *= JUMPING;
      reasons.push('the claim numbers do not run from 1 without a gap');
    } else {
      reasons.push(`the claim numbers run from 1 to ${numbers.length}`);
    }
  }
  return {
    section,
    confidence: Math.round(Math.min(1, Math.max(0, confidence)) * 100) / 100,
    reason: `${reasons.join('; ')}.`,
  };
}

const MARKED: Readonly<Record<Marker, string>> = {
  exact: 'A heading or a code names the section',
  damaged: 'A damaged heading names the section',
  placed: 'Its place and its look are those of the section',
  assumed: 'No heading names the section; its place was taken for it',
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function countWords(texts: readonly string[]): { words: number; common: number; damaged: number } {
  let words = 0;
  let common = 0;
  let damaged = 0;
  let length = 0;
  for (const text of texts) {
    if (length > SAMPLE) break;
    length += text.length;
    for (const [token] of text.slice(0, SAMPLE).matchAll(TOKEN)) {
      if (PLAIN_WORD.test(token)) {
        words++;
        if (isCommonWord(token)) common++;
        continue;
      }
      if (!/[\p{Script=Latin}?~]/u.test(token)) continue;
      words++;
      if (isCommonWord(token.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))) common++;
      if (DAMAGED.test(token.slice(0, 80))) damaged++;
    }
  }
  return { words, common, damaged };
}
