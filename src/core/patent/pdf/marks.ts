/**
 * Lines of a transcription that are no text of the document: where a page begins, and what was left out of it. They
 * stand inside a paragraph that goes on over the page, so a reader takes them away before it looks at paragraphs.
 */

export interface Mark {
  /** What the line says about text that was left out; none for a mere beginning of a page. */
  readonly note?: string;
  /** Range of the line with the line breaks around it that it brought along. */
  readonly start: number;
  readonly end: number;
}

const MARK = /^— (?:Page \d+ of \d+(?:: (?<page>.+))?|Left out: (?<tally>.+)) —$/gm;

export function pageMark(page: number, pages: number, notes: readonly string[]): string {
  return `— Page ${page} of ${pages}${notes.length > 0 ? `: ${notes.join('; ')}` : ''} —`;
}

export const leftOutMark = (left: readonly string[]): string => `— Left out: ${left.join(', ')} —`;

/** A line of the document that looks like a mark is none: the dash in front of it becomes another one. */
export const withoutMark = (text: string): string =>
  /^— (?:Page|Left out)/.test(text) ? `–${text.slice(1)}` : text;

/** Whether a text begins as every transcription does. */
export const beginsWithMark = (text: string): boolean =>
  /^\s*— Page 1 of \d+(?:: .+)? —(?:\n|$)/.test(text.slice(0, 1000));

export function* marksOf(text: string): Generator<Mark> {
  for (const match of text.matchAll(MARK)) {
    const { page, tally } = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    const number = /^— (Page \d+)/.exec(match[0])?.[1];
    if (page !== undefined) yield { start, end, note: `${number ?? 'Page'}: ${page}.` };
    else if (tally !== undefined) yield { start, end, note: `Left out: ${tally}.` };
    else yield { start, end };
  }
}
