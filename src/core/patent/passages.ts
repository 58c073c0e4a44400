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

const PRINTED_NUMBER = /^(\d{1,5})\s*[.)]\s*(?=\S)/;

/** `1. A device …` without the number, when it is the claim's own. */
export function withoutPrintedNumber(mapped: MappedText, number: number): MappedText {
  const printed = PRINTED_NUMBER.exec(mapped.text);
  if (printed === null || Number(printed[1]) !== number) return mapped;
  return sliceMapped(mapped, printed[0].length);
}

const NOTHING_LEFT =
  /^[\s([]*(?:\d+[\s.,)\-–—to]*)*[\s([]*(?:cancel+ed|withdrawn|deleted|gestrichen|supprimée?s?|annulée?s?)[\s)\].]*$/iu;

/** Whether a claim only says that it is no longer there: `(canceled)`, `1.-20. (canceled)`. */
export const isCancelled = (text: string): boolean => text.length < 120 && NOTHING_LEFT.test(text);
