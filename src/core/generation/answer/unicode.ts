/** Characters of an answer: normalised, and free of what nobody sees. What carries a message of its own is rejected. */

/** Left by web text and tokenisers, without meaning: soft hyphens, byte order marks, single zero-width spaces. */
const HARMLESS = /[\u00AD\uFEFF\u200B\u2060]/gu;
/** Controls other than line breaks and tabs, replacement characters of broken decoding. */
const BROKEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u0080-\u009F\uFFFD]/gu;

export interface CleanedText {
  readonly text: string;
  /** Characters that were taken out. */
  readonly removed: number;
}

export function cleanCharacters(raw: string): CleanedText {
  let removed = 0;
  const take = (): string => {
    removed++;
    return '';
  };
  const text = raw
    .normalize('NFC')
    .replace(HARMLESS, take)
    .replace(BROKEN, take)
    .replace(/\u00A0/gu, ' ');
  return { text, removed };
}
