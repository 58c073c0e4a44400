/**
 * Patents as PDF, read from their transcription: the text in reading order that the engine makes of the file. It is
 * plain text with marks where pages begin; the marks say what was left out, and are taken away without moving the rest.
 */
import type { ReadingGap } from '../model.ts';
import { beginsWithMark, marksOf } from '../pdf/marks.ts';
import type { DocumentText, PatentFormat } from '../reader.ts';
import { wholeTextSplitter } from '../whole-text-splitter.ts';
import { plainText } from './text.ts';

export const pdf: PatentFormat = {
  format: 'pdf',
  recognise(head, file) {
    if (head.startsWith('%PDF-')) return 0;
    // Better than any sign of plain text: a transcription is that, too.
    if (/\.pdf$/i.test(file)) return 0.95;
    // A PDF may have any name; but a text that is named so is one, wherever it was copied from.
    return beginsWithMark(head) ? 0.5 : 0;
  },
  splitter: wholeTextSplitter,
  reader(context) {
    const readPlain = plainText.reader(context);
    return (document) => {
      const { text, gaps } = withoutMarks(document);
      const reading = readPlain({ ...document, text });
      if (reading.kind !== 'patent') return reading;
      const { patent } = reading;
      return { kind: 'patent', patent: { ...patent, format: 'pdf', gaps: [...patent.gaps, ...gaps] } };
    };
  },
};

/** The text with blanks in place of the marks, so that every offset stays, and what the marks say. */
function withoutMarks({ text, start }: DocumentText): { text: string; gaps: readonly ReadingGap[] } {
  const pieces: string[] = [];
  const gaps: ReadingGap[] = [];
  let from = 0;
  for (const { start: markStart, end: markEnd, note } of marksOf(text)) {
    if (note !== undefined) {
      gaps.push({ message: note, span: { start: start.offset + markStart, end: start.offset + markEnd } });
    }
    // Inside a paragraph the line breaks around a mark go with it; between paragraphs there are more of them.
    const blankFrom = text[markStart - 1] === '\n' ? markStart - 1 : markStart;
    const blankTo = text[markEnd] === '\n' ? markEnd + 1 : markEnd;
    if (blankFrom > from) pieces.push(text.slice(from, blankFrom));
    pieces.push(' '.repeat(blankTo - Math.max(from, blankFrom)));
    from = blankTo;
  }
  pieces.push(text.slice(from));
  return { text: pieces.join(''), gaps };
}
