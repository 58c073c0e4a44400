/** Makes passages out of cleaned text, and takes the number that is printed before a claim off again. */
import type { MappedText } from '../text/offset-map.ts';
import { sliceMapped } from '../text/offset-map.ts';
import type { Passage } from './model.ts';

/** Undefined for a text without anything to read. */
export function toPassage({ text, map }: MappedText): Passage | undefined {
  if (text.trim() === '') return undefined;
  const span = map.toSource({ start: 0, end: text.length });
  return span === undefined ? undefined : { text, span, map };
}

/** The number before a claim as a part of a pattern, with one group; also as China and Japan print it: `1、`, `１．`. */
export const PRINTED_NUMBER = String.raw`([\d０-９]{1,5})\s*[.)、．]`;
const AT_START = new RegExp(String.raw`^${PRINTED_NUMBER}\s*(?=\S)`);

/** The value of the digits that {@link PRINTED_NUMBER} has found. */
export const printedValue = (digits: string): number => Number(digits.normalize('NFKC'));

/** `1. A device …` without the number, when it is the claim's own. */
export function withoutPrintedNumber(mapped: MappedText, number: number): MappedText {
  const printed = AT_START.exec(mapped.text);
  if (printed === null || printedValue(printed[1] ?? '') !== number) return mapped;
  return sliceMapped(mapped, printed[0].length);
}

const NOTHING_LEFT =
  /^[\d０-９\s.,()（[\-–—to、．]*(?:cancel+ed|withdrawn|deleted|gestrichen|supprimée?s?|annulée?s?|删除|刪除|取消|削除)[\s)\].）。]*$/iu;

/** Whether a claim only says that it is no longer there: `(canceled)`, `1.-20. (canceled)`. */
export const isCancelled = (text: string): boolean => text.length < 120 && NOTHING_LEFT.test(text);

/** A paragraph number that is printed in the text: `[0012]`. */
export const PARAGRAPH_NUMBER = /^\s*\[+\d{3,5}\]+\s*/;

/** Undefined where there is nothing but the number. */
export function withoutParagraphNumber(passage: Passage): Passage | undefined {
  const printed = PARAGRAPH_NUMBER.exec(passage.text)?.[0].length ?? 0;
  return printed === 0 ? passage : toPassage(sliceMapped(passage, printed));
}
