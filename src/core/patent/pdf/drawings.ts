/**
 * Reference signs of drawings: `10`, `14a`, `FIG. 2`. On a sheet of drawings, or below the text of a front page, they
 * are text to a PDF but nothing that can be read.
 */
import type { Fragment } from './fragments.ts';

const FIGURE = /^(?:FIG(?:S|URE)?\.?|ABB(?:ILDUNG)?\.?)\s*\d{1,3}\s*\p{L}?(?:[.,:;(].{0,20})?$/iu;
const SIGN = /^(?:\d{1,4}['′]*\p{L}?['′]*|\p{L}{1,2}\d{0,3}['′]*|[^\p{L}\p{N}]{1,3})$/u;
const SHEET = /^\d{1,3}\s?\/\s?\d{1,3}$/;
/** A fragment with as many words is text, and then the page is no mere drawing. [ours] */
const WORDS_OF_TEXT = 6;
/** Fewer signs at the end of a page may be something else. [ours] */
const FEWEST_SIGNS = 4;

const isSign = ({ text }: Fragment): boolean => SIGN.test(text) || FIGURE.test(text) || SHEET.test(text);

/** The fragments that belong to a drawing; all of them on a sheet of drawings. */
export function drawingSignsOf(fragments: readonly Fragment[]): ReadonlySet<Fragment> {
  const wordy = fragments.some(({ text }) => text.split(' ').length >= WORDS_OF_TEXT);
  if (!wordy && fragments.some(({ text }) => FIGURE.test(text))) return new Set(fragments);
  const lastText = Math.max(...fragments.filter((one) => !isSign(one)).map(({ y }) => y));
  const below = fragments.filter(({ y }) => y > lastText);
  return new Set(below.length >= FEWEST_SIGNS ? below : []);
}
