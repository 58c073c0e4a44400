/**
 * Documents inside a prompt. They are data from anywhere, so they stand between marker lines that the data cannot end:
 * the marker holds a number of the slot's own, and what looks like a marker or like a control token of a chat template
 * is broken up.
 */

/** Stands where a label's name was taken out. */
export const GAP = '[…]';

/** Begins every marker line. */
export const MARKER = '#####';

/** Control tokens that chat templates give a meaning; a blank behind the first character takes it away. */
const CONTROL =
  /<(?=\|)|\[(?=\/?INST\])|<(?=<\/?SYS>>)|<(?=\/?(?:start|end)_of_turn>)|<(?=\/?s>)|#(?=####)/giu;
/** Characters that no reader sees; data does not need them here. */
const UNSEEN = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E01EF}]/gu;

export const harmless = (text: string): string => text.replace(UNSEEN, '').replace(CONTROL, '$& ');

/** `key` is hard to guess for whoever wrote the text: the slot's seed. */
export function quoteData(name: string, key: number, text: string): string {
  const mark = `${MARKER} ${name} ${key.toString(36)}`;
  return `${mark} begins\n${harmless(text)}\n${mark} ends`;
}
