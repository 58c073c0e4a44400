import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { PatentLabError } from '../../../core/errors.ts';
import type { Patent } from '../../../core/patent/model.ts';
import { marksOf } from '../../../core/patent/pdf/marks.ts';
import { readOne, untraceableWords } from '../../../core/patent/testing/reading.ts';
import { at, makePdf } from './testing/make-pdf.ts';
import { textOfSource, wordError, wordsOf } from './testing/reading-order.ts';
import type { PdfFile } from './transcribe.ts';
import { MOST_SECONDS, transcribePdf } from './transcribe.ts';

const TESTING = fileURLToPath(new URL('./testing/', import.meta.url));
const source = (stem: string): string => path.join(TESTING, 'sources', `${stem}.html`);
const printed = (stem: string): string => path.join(TESTING, `${stem}.pdf`);

async function transcribe(file: PdfFile, seconds = MOST_SECONDS): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of transcribePdf(file, undefined, seconds)) pieces.push(piece);
  return pieces.join('');
}

const made = (pages: readonly string[], more: Omit<Parameters<typeof makePdf>[0], 'pages'> = {}) => ({
  name: 'made.pdf',
  bytes: makePdf({ pages, ...more }),
});

async function failure(file: PdfFile, seconds = MOST_SECONDS): Promise<PatentLabError> {
  const error: unknown = await transcribe(file, seconds).catch((cause: unknown) => cause);
  if (error instanceof PatentLabError) return error;
  throw new Error(`expected an error, not ${String(error)}`, { cause: error });
}

/** The text of a transcription without its marks. */
function textOf(transcription: string): string {
  let text = '';
  let from = 0;
  for (const { start, end } of marksOf(transcription)) {
    text += transcription.slice(from, start);
    from = end;
  }
  return text + transcription.slice(from);
}

interface Printed {
  readonly stem: string;
  readonly id: string;
  readonly title: string;
  readonly claims: readonly (readonly number[])[];
}

/** What claims depend on, by hand. */
const PRINTED: readonly Printed[] = [
  {
    stem: 'US99000021B2',
    id: 'US99000021B2',
    title: 'POWERED WHEELCHAIR WITH MULTI-TERRAIN WHEELS AND CURB CLIMBING ASSEMBLY',
    claims: [[], [1], [2], [1, 2], [1, 2, 3], [5], [], [7], [1, 7], [], [10]],
  },
  {
    stem: 'US20990900021A1',
    id: 'US20990900021A1',
    title: 'HEARING AID THAT NAMES THE SPEAKER',
    claims: [[], [1], [1], [1, 2, 3], [4], [3], [], [2, 7]],
  },
  {
    stem: 'EP9900021B1',
    id: 'EP9900021B1',
    title: 'SEAT CUSHION FOR A WHEELCHAIR WITH PRESSURE RELIEF',
    claims: [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]],
  },
  {
    stem: 'WO2099000021A1',
    id: 'WO2099000021A1',
    title: 'WHITE CANE WITH TACTILE DISPLAY OF OBSTACLES AT HEAD HEIGHT',
    claims: [[], [1], [1, 2], [3], [1, 2, 3, 4], [1, 2, 3, 4, 5], [6]],
  },
  {
    stem: 'draft',
    id: 'draft',
    title: 'Stair-climbing attachment for shopping trolleys used as walking aids',
    claims: [[], [1], [2], [1, 2, 3], [1, 2, 3, 4]],
  },
];

describe.each(PRINTED)('$stem', ({ stem, id, title, claims }) => {
  let transcription = '';
  let patent: Patent;

  beforeAll(async () => {
    transcription = await transcribe(printed(stem));
    patent = readOne(transcription, printed(stem));
  });

  it('is transcribed in the order it is read in, with at most one word in a hundred wrong', () => {
    const wanted = wordsOf(textOfSource(source(stem)));
    expect(wanted.length).toBeGreaterThan(400);
    expect(wordError(wanted, wordsOf(textOf(transcription)))).toBeLessThanOrEqual(0.01);
  });

  it('is read as the patent it is', () => {
    expect(patent).toMatchObject({ id, format: 'pdf' });
    expect(patent.title?.text).toBe(title);
    expect(patent.claims.slice(0, claims.length).map(({ dependsOn }) => dependsOn)).toEqual(claims);
    expect(patent.abstract !== undefined || stem.startsWith('EP')).toBe(true);
    expect(patent.description.length).toBeGreaterThan(6);
  });

  it('leads from every word back to the transcription', () => {
    expect(untraceableWords(patent, transcription)).toEqual([]);
  });
});

describe('pages', () => {
  it('state what was left out of them', async () => {
    const patent = readOne(await transcribe(printed('US99000021B2')), 'a.pdf');
    const messages = patent.gaps.map(({ message }) => message).join('\n');
    expect(messages).toContain('Page 2: drawings, with 7 reference signs left out.');
    expect(messages).toMatch(
      /Left out: running heads \(3\) such as “US 99,000,021 B2”, .* line numbers \(22\)\./,
    );
  });

  it('name Chinese characters by fonts that are not in the file', async () => {
    const ucs2 = (text: string): string =>
      `<${[...text].map((one) => (one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')}>`;
    const song =
      '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font' +
      '/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>' +
      '/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]' +
      '/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>]>>';
    const cjk = { font: 'F2', size: 12 };
    const lines = ['一种轮椅，包括车架和两个驱动轮，其特征在', '于所述车架上设有传感器。'];
    const page = lines.map((line, index) => at(72, 700 - 18 * index, ucs2(line), cjk)).join('');
    expect(textOf(await transcribe(made([page], { fonts: { F2: song } }))).trim()).toBe(lines.join(''));
  });

  it.each([
    ['ligatures as letters', at(72, 700, 'The \xdete for \xdfowers'), 'The fite for flowers'],
    ['text drawn twice once', at(72, 700, 'bold text') + at(72.3, 700, 'bold text'), 'bold text'],
    ['a blank where a gap is', at(72, 700, 'one') + at(94, 700, 'two'), 'one two'],
    ['superscripts and subscripts', at(72, 700, 'm') + at(80.6, 704, '2', { size: 6 }), 'm²'],
    ['unknown scripts by a sign', at(72, 700, 'x') + at(77.2, 704, 'ab', { size: 6 }), 'x^ab'],
    ['ordinals plainly', at(72, 700, 'the 5') + at(94, 704, 'th', { size: 6 }), 'the 5th'],
    [
      'no turned text',
      at(72, 700, 'Upright text') + 'BT /F1 10 Tf 0 1 -1 0 300 300 Tm (Turned) Tj ET',
      'Upright text',
    ],
  ])('give %s', async (_, page, wanted) => {
    expect(textOf(await transcribe(made([page]))).trim()).toBe(wanted);
  });

  it('without text are named, and the others read', async () => {
    const text = await transcribe(
      made([at(72, 700, 'First page.'), '0 0 100 100 re f', at(72, 700, 'Third.')]),
    );
    expect(text).toContain('— Page 2 of 3: no text, only a picture or nothing —');
    expect(textOf(text).trim().split(/\n+/)).toEqual(['First page.', 'Third.']);
  });

  it('lose the codes of glyphs that draw nothing', async () => {
    const text = await transcribe(made([at(72, 700, 'A gray lamp.\u0003')]));
    expect(textOf(text).trim()).toBe('A gray lamp.');
  });

  it('cannot pass text off as a mark', async () => {
    const text = await transcribe(made([at(72, 700, '\xd1 Page 9 of 9: all is well \xd1')]));
    expect([...marksOf(text)]).toHaveLength(1);
  });
});

describe('files that cannot be read', () => {
  const page = at(72, 700, 'A wheelchair with a frame and two wheels.');
  const whole = makePdf({ pages: [page, page] });
  const bytes = (change: (text: string) => string): PdfFile => ({
    name: 'a.pdf',
    bytes: Buffer.from(change(Buffer.from(whole).toString('latin1')), 'latin1'),
  });

  it.each([
    ['no PDF', bytes(() => '<html>not found</html>'), 'unknown-format', 'the content is none'],
    ['an empty file', bytes(() => ''), 'unknown-format', 'the content is none'],
    ['a file cut off', bytes((text) => text.slice(0, -200)), 'file-unreadable', 'cut off'],
    ['a head without body', bytes(() => '%PDF-1.7\n%%EOF'), 'file-unreadable', 'damaged'],
    [
      'a password',
      made([page], {
        objects: [`<</Filter/Standard/V 1/R 2/P -4/O(${'o'.repeat(32)})/U(${'u'.repeat(32)})>>`],
        trailer: '/Encrypt 10000 0 R/ID[<00><00>]',
      }),
      'file-unreadable',
      'password',
    ],
    ['pictures only', made(['0 0 100 100 re f', '']), 'file-empty', '2 pages are pictures'],
    ['no pages', made([]), 'file-', 'PDF'],
  ])('say so: %s', async (_, file, code, detail) => {
    const error = await failure(file);
    expect(error.code).toContain(code);
    expect(error.message).toContain(detail);
    expect(error.remedy).not.toBe('');
    expect(error.place?.file).toMatch(/\.pdf$/);
  });

  it('are read all the same when only their index is damaged', async () => {
    const text = await transcribe(bytes((all) => all.replace(/startxref\n\d+/, 'startxref\n7')));
    expect(textOf(text).match(/A wheelchair/g)).toHaveLength(2);
  });

  it('are read up to a page whose entry in the list of pages is damaged, and say so', async () => {
    const three = makePdf({ pages: ['One.', 'Two.', 'Three.'].map((text) => at(72, 700, text)) });
    const text = Buffer.from(three)
      .toString('latin1')
      .replace('12 0 obj\n<</Type/Page/', '12 0 obj\n(/Type/Page/');
    const transcription = await transcribe({ name: 'a.pdf', bytes: Buffer.from(text, 'latin1') });
    expect(transcription).toMatch(
      /^— Page 2 of 2: could not be read, and pages behind it may be missing \(.+\) —$/m,
    );
    expect(textOf(transcription).trim()).toBe('One.');
  });

  it('never cause a defect, whatever bytes are changed', async () => {
    let state = 7;
    const random = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    for (let round = 0; round < 12; round++) {
      const changed = Uint8Array.from(whole);
      for (let times = 0; times < 40; times++) changed[10 + random(changed.length - 20)] = random(256);
      const result: unknown = await transcribe({ name: 'a.pdf', bytes: changed }).catch(
        (cause: unknown) => cause,
      );
      if (result instanceof PatentLabError) expect(result.code).not.toBe('internal');
      else expect(typeof result).toBe('string');
    }
  });

  it('end in the middle of a page that takes too long', async () => {
    const endless = 'BT /F1 10 Tf 72 700 Td ' + '(a) Tj 9 0 Td '.repeat(600_000) + ' ET';
    const error = await failure(made([endless]), 0.6);
    expect(error.message).toMatch(/takes longer than 0.6 s/);
  });

  it('do not exist, and can be given up', async () => {
    expect((await failure('/nowhere/a.pdf')).code).toBe('file-not-found');
    const folder = await mkdtemp(path.join(tmpdir(), 'pdf-'));
    try {
      const file = path.join(folder, 'many.pdf');
      await writeFile(file, makePdf({ pages: Array.from({ length: 50 }, () => page) }));
      const pieces: string[] = [];
      for await (const piece of transcribePdf(file)) {
        if (pieces.push(piece) === 3) break;
      }
      expect(pieces.join('')).toContain('A wheelchair');
      // The thread is free for the next file, and the file is closed.
      expect(await transcribe(file)).toContain('— Page 50 of 50 —');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
