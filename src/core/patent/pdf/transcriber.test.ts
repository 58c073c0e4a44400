import { describe, expect, it } from 'vitest';
import { Random } from '../../random.ts';
import { Hyphens } from './hyphens.ts';
import { lineNumbersOf } from './line-numbers.ts';
import { leftOutMark, marksOf, pageMark, withoutMark } from './marks.ts';
import type { PageItems, TextItem } from './page.ts';
import { PdfTranscriber } from './transcriber.ts';

/** A piece of a font where each letter is half as wide as high. */
const piece = (x: number, y: number, text: string, size = 10): TextItem => ({
  text,
  x,
  y,
  width: (text.length * size) / 2,
  size,
  upright: true,
  rightToLeft: false,
});

const page = (...items: readonly TextItem[]): PageItems => ({ width: 612, height: 792, items });

/** Lines of a column from a place on, twelve points apart. */
const lines = (x: number, y: number, ...texts: readonly string[]): TextItem[] =>
  texts.map((text, index) => piece(x, y + 12 * index, text));

function transcribe(...pages: readonly PageItems[]): string {
  const transcriber = new PdfTranscriber(pages.length);
  return pages.map((one) => transcriber.push(one)).join('') + transcriber.end();
}

/** The paragraphs, without marks. */
function paragraphs(...pages: readonly PageItems[]): string[] {
  return transcribe(...pages)
    .replace(/^— .* —\n/gm, '')
    .split(/\n\n+/)
    .map((text) => text.trim().replace(/\s+/g, ' '))
    .filter((text) => text !== '');
}

const LONG = 'a line that reaches to the right edge of it';

describe('paragraphs', () => {
  it.each<[string, readonly TextItem[], readonly string[]]>([
    [
      'begin with an indent',
      [
        ...lines(72, 200, LONG, 'ends.'),
        piece(84, 224, 'Another ' + LONG.slice(9)),
        piece(72, 236, 'goes on.'),
      ],
      [`${LONG} ends.`, `Another ${LONG.slice(9)} goes on.`],
    ],
    [
      'begin behind a space',
      [...lines(72, 200, LONG, LONG), ...lines(72, 236, LONG, LONG)],
      [`${LONG} ${LONG}`, `${LONG} ${LONG}`],
    ],
    [
      'begin with another size',
      [piece(72, 200, 'Field', 14), ...lines(72, 214, LONG, LONG)],
      ['Field', `${LONG} ${LONG}`],
    ],
    [
      'begin with a paragraph number',
      lines(72, 200, `[0001] ${LONG}`, `[0002] ${LONG}`),
      [`[0001] ${LONG}`, `[0002] ${LONG}`],
    ],
    [
      'begin with the number of a claim',
      lines(72, 200, `1. A ${LONG}.`, `2. The ${LONG.slice(0, -2)}.`),
      [`1. A ${LONG}.`, `2. The ${LONG.slice(0, -2)}.`],
    ],
    [
      'go on below the text of a hanging number',
      [piece(72, 200, '(54)'), piece(104, 200, 'WHEELCHAIR WITH'), piece(104, 212, 'TWO WHEELS')],
      ['(54) WHEELCHAIR WITH TWO WHEELS'],
    ],
  ])('%s', (_, items, wanted) => {
    expect(paragraphs(page(...items))).toEqual(wanted);
  });

  it('go on over a column and a page, and keep a divided word whole', () => {
    const left = (y: number): TextItem[] =>
      lines(60, y, 'left column text of the first', 'side that fills its width all');
    const first = page(
      ...left(200),
      ...left(224),
      ...lines(
        320,
        200,
        'right column text of the same',
        'page that fills its width too',
        'and is longer by a line',
        'so that it ends with a wheel-',
      ),
    );
    const second = page(...lines(60, 200, 'chair with a seat.', 'More of it.', 'And more.'));
    const [text] = paragraphs(first, second);
    expect(text).toMatch(/^left column .* width all right column .* ends with a wheelchair with a seat\./);
    expect(transcribe(first, second)).toContain('a wheelchair\n— Page 2 of 2 —\nwith a seat.');
  });

  it('stand in rows where the columns are those of a table', () => {
    const rows = ['mass', 'width', 'range', 'speed'].flatMap((name, index) => [
      piece(72, 200 + 12 * index, name),
      piece(380, 200 + 12 * index, `${index} kg`),
    ]);
    expect(paragraphs(page(...rows)).join(' ')).toContain('mass 0 kg width 1 kg');
  });
});

describe('what is around the text', () => {
  it('goes out where it repeats or counts', () => {
    const pages = [1, 2, 3].map((number) =>
      page(
        piece(250, 40, `Docket 7, part ${number}`),
        ...lines(72, 200, `Text of page ${'abc'.charAt(number)} stands here.`, LONG),
        piece(300, 760, String(number)),
      ),
    );
    const text = transcribe(...pages);
    expect(text.match(/Docket 7/g)).toHaveLength(1);
    expect(text).toContain(
      '— Left out: running heads (3) such as “Docket 7, part 1”, page or column numbers (3) —',
    );
  });

  it('stays where all of a page repeats', () => {
    const one = page(piece(72, 50, 'Form without content'));
    expect(transcribe(one, one).match(/Form without content/g)).toHaveLength(2);
  });

  it.each<[string, readonly TextItem[], readonly number[], number]>([
    ['numbers every five lines', [5, 10, 15, 20].map((n) => piece(40, 100 + 12 * n, String(n))), [], 4],
    ['a table of tens', [5, 10, 15, 20].map((n) => piece(40, 100 + 2.4 * n, String(n))), [], 0],
    ['two numbers by themselves', [5, 10].map((n) => piece(40, 100 + 12 * n, String(n))), [], 0],
    ['two where the page before has them', [5, 10].map((n) => piece(40, 100 + 12 * n, String(n))), [45], 2],
    [
      'numbers beside a reference sign',
      [piece(42, 130, '60'), ...[5, 10, 15].map((n) => piece(40, 100 + 12 * n, String(n)))],
      [],
      3,
    ],
  ])('line numbers: %s', (_, numbers, known, count) => {
    const text = lines(72, 100, ...Array.from({ length: 24 }, () => LONG));
    expect(lineNumbersOf([...text, ...numbers], known).found.size).toBe(count);
  });
});

describe('divided words', () => {
  it.each([
    ['the wheel-', 'chair', [], 'the wheelchair'],
    ['a self-', 'locking drive', [], 'a self-locking drive'],
    ['multi-', 'terrain', ['a multi-terrain wheel'], 'multi-terrain'],
    ['multi-', 'terrain', [], 'multiterrain'],
    ['the X-', 'Ray tube', [], 'the X-Ray tube'],
    ['a 24-', 'inch wheel', [], 'a 24-inch wheel'],
    ['well\u00ad', 'known', [], 'wellknown'],
  ])('%s %s', (before, after, known, wanted) => {
    const hyphens = new Hyphens();
    for (const line of known) hyphens.learn(line);
    expect(hyphens.divides(before, after)).toBe(true);
    expect(hyphens.join(before, after)).toBe(wanted);
  });
});

describe('marks', () => {
  it('are found where they stand, with what they say', () => {
    const marks = [pageMark(1, 2, []), pageMark(2, 2, ['no text']), leftOutMark(['line numbers (3)'])];
    const text = `${marks.join('\nText.\n')}\n`;
    const found = [...marksOf(text)];
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(marks);
    expect(found.map(({ note }) => note)).toEqual([
      undefined,
      'Page 2: no text.',
      'Left out: line numbers (3).',
    ]);
    expect([...marksOf(withoutMark(pageMark(1, 2, [])))]).toEqual([]);
  });
});

describe('any page', () => {
  it('loses no word and gains none', () => {
    const random = new Random(11);
    for (let round = 0; round < 60; round++) {
      const items = Array.from({ length: 120 }, (_, index) =>
        piece(
          20 + random.uniform() * 500,
          120 + random.uniform() * 560,
          `w${index}x`,
          6 + random.uniform() * 8,
        ),
      );
      const text = transcribe(page(...items)).replace(/^— .* —$/gm, '');
      const found = text.match(/w\d+x/g) ?? [];
      expect(new Set(found).size).toBe(120);
      expect(found).toHaveLength(120);
    }
  });
});

describe('text far outside the page', () => {
  it.each([1e9, 1e17, 1e308, Infinity])('at %d does not keep the page', (far) => {
    const text = transcribe(page(...lines(72, 200, LONG, LONG), ...lines(far, 200, LONG, LONG)));
    expect(text).toContain(LONG);
  });
});
