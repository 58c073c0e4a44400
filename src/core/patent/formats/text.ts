/**
 * Patents as plain text: what is copied from an office page, dumped from a PDF or typed by hand. Sections are found by
 * the headings patents have; a text without any is still read, and the gaps say what it was taken for.
 */
import type { DocumentText, PatentFormat } from '../reader.ts';
import type { ProseStyle } from '../prose/document.ts';
import { readProse } from '../prose/document.ts';
import { sectionOfHeading } from '../prose/headings.ts';
import { lineRanges } from '../prose/lines.ts';
import type { Pages } from '../prose/pages.ts';
import { readPages } from '../prose/pages.ts';
import { isWrapped, plainLines } from '../prose/plain-lines.ts';
import { wholeTextSplitter } from '../whole-text-splitter.ts';

export const plainText: PatentFormat = {
  format: 'text',
  recognise(head, file) {
    const named = /\.(?:txt|text)$/i.test(file);
    if (named) return 0.6;
    const sections = new Set<string>();
    for (const { start, end } of lineRanges(head.slice(0, 64 * 1024))) {
      const section = sectionOfHeading(head.slice(start, end));
      if (section) sections.add(section);
    }
    return sections.size >= 2 ? 0.4 : 0;
  },
  splitter: wholeTextSplitter,
  reader: (context) => (document) => {
    const pages = readPages(document.text);
    const wrapped = pages.dumped || isWrapped(document.text);
    const style: ProseStyle = {
      format: 'text',
      wrapped,
      needsSections: false,
      recognised: pages.dumped,
      guessed: pages.guessed,
      gaps: leftOut(pages),
      append,
    };
    const lines = plainLines(document.text, wrapped, pages);
    return { kind: 'patent', patent: readProse(lines, style, document, context) };
  },
};

const append: ProseStyle['append'] = ({ text, start }: DocumentText, from, to, out) =>
  out.verbatim(text.slice(from, to), start.offset + from);

/** What belongs to the pages and not to the text, in words. */
function leftOut({ columns, drawingSheets, runningHeads, marginNumbers }: Pages): string[] {
  const counted = (count: number, one: string, many: string): string =>
    count === 1 ? one : `${count} ${many}`;
  return [
    ...(columns === 0 ? [] : [`${counted(columns, '1 page was', 'pages were')} read column by column.`]),
    ...(drawingSheets === 0
      ? []
      : [
          `${counted(drawingSheets, '1 drawing sheet was', 'drawing sheets were')} left out but for number and date.`,
        ]),
    ...(runningHeads === 0
      ? []
      : [`${counted(runningHeads, '1 running head was', 'running heads were')} left out.`]),
    ...(marginNumbers === 0
      ? []
      : [`${counted(marginNumbers, '1 line number was', 'line numbers were')} taken out of the margins.`]),
  ];
}
