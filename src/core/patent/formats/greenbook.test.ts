import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { FileReading } from '../file-reading.ts';
import { readText, recogniseFormat } from '../formats.ts';
import type { Patent } from '../model.ts';
import { DEFAULT_LIMITS } from '../reader.ts';
import { checkDigit, patentNumber } from '../tagged/number.ts';
import { failures, patents, readError, readOne, untraceableWords } from '../testing/reading.ts';
import { greenbook } from './greenbook.ts';

/** Fictitious; the columns are those of the format. */
const PATENT = `PATN
WKU  0990000${checkDigit('09900001') ?? ''}
SRC  7
APN  9001231
APD  19910621
TTL  Cane with a .alpha.-lamp
ISD  19930105
NCL  3
EXP  Nobody; N. N.
INVT
NAM  Doe; Jane A.
STA  IL
INVT
NAM  Roe; Hans
CNT  DTX
ASSG
NAM  Nobody Kabushiki Kaisha
CNT  JPX
PRIR
CNT  JPX
APD  19900621
APN  2-150428
RLAP
COD  71
APN  800111
APD  19880105
PSC  03
RLAP
COD  74
APN  900302
PNO  5000111
CLAS
OCL  135 65
XCL  135 6607
EDF  5
ICL  A61H  306
FSC  135
FSS  65;66
UREF
PNO  4000001
ISD  19761200
NAM  Smith
OCL  135 65
FREF
PNO  1234567
ISD  19710800
CNT  UKX
OREF
PAL  Smith et al., "Canes", vol. 3,
      pp. 1-9.
ABST
PAL  A cane carries H.sub.2 O at 5.degree. C.
      and a bell.
PARN
PAR  This is a continuation of Ser. No. 06/800,111.
BSUM
PAC  BACKGROUND
PAR  [0042] Canes are &lt; 2 m; 10.sup.2 .times.3 .ltoreq.x.
ZZZ  something new
DETD
PAR  The compound
      ##STR1##
      has R.sub.1.sup..crclbar. groups. Version 2.0.1 and the end.foo. stay.
PA1  An .O slashed. part of 3 .ANG..
TBL  TABLE 1
     ______________________________
     No.    Length
     ______________________________
     1      90 cm
CLMS
STM  I claim:
NUM  1.
PAR  1. A cane comprising:
PA1  a lamp; and
PA2  a bell.
NUM  2.
PAR  2. The cane of claim 1, wherein
      the lamp is red.
NUM  3.
PAR  3. The cane of claim 1 or 2.
`.replace('WKU  0990000', 'WKU  09900001');

const DESIGN = `PATN
WKU  D02420017
SRC  D
APN  0123456
TTL  Cane
ISD  19970107
CLAS
ICL  D0303
DCLM
PAR  The ornamental design for a cane, as shown and described.
`;

const ids = (read: readonly Patent[]): string[] => read.map(({ id }) => id);

describe('greenbook', () => {
  const patent = readOne(PATENT, 'x.dat');

  it('reads the texts, with codes as characters and pictures as gaps', () => {
    expect(patent).toMatchObject({
      id: 'US9900001A',
      office: 'US',
      kind: 'A',
      format: 'greenbook',
      language: 'en',
    });
    expect(patent.title?.text).toBe('Cane with a α-lamp');
    expect(patent.abstract?.text).toBe('A cane carries H2 O at 5° C. and a bell.');
    expect(patent.description.map(({ text, number, heading }) => [text, number, heading])).toEqual([
      ['This is a continuation of Ser. No. 06/800,111.', undefined, undefined],
      ['BACKGROUND', undefined, true],
      ['Canes are < 2 m; 102 ×3 ≤x.', '0042', undefined],
      ['The compound\nhas R1⊖ groups. Version 2.0.1 and the end.foo. stay.', undefined, undefined],
      ['An ø part of 3 Å.', undefined, undefined],
      ['TABLE 1\nNo. | Length\n1 | 90 cm', undefined, undefined],
    ]);
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane comprising:\na lamp; and\na bell.', []],
      [2, 'The cane of claim 1, wherein the lamp is red.', [1]],
      [3, 'The cane of claim 1 or 2.', [1, 2]],
    ]);
    expect(untraceableWords(patent, PATENT)).toEqual([]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'The tag ZZZ (once) is not known and was left out.',
      '1 chemical structure stands in the document only as an image and could not be read.',
    ]);
  });

  it('reads the bibliography', () => {
    expect(patent.classifications).toEqual([
      { scheme: 'USPC', code: '135/65' },
      { scheme: 'USPC', code: '135/66.07' },
      { scheme: 'IPC', code: 'A61H 3/06' },
    ]);
    expect(patent.bibliography).toMatchObject({
      publicationDate: '1993-01-05',
      filingDate: '1991-06-21',
      application: { id: 'US07900123', date: '1991-06-21' },
      priorities: [{ id: 'JP1990150428', office: 'JP', date: '1990-06-21' }],
      related: [
        { relation: 'continuation', document: { id: 'US06800111', date: '1988-01-05' } },
        { relation: 'division', document: { id: 'US5000111' } },
      ],
      applicants: [{ name: 'Nobody Kabushiki Kaisha', country: 'JP' }],
      inventors: [
        { name: 'Jane A. Doe', country: 'US' },
        { name: 'Hans Roe', country: 'DE' },
      ],
      citations: [
        { kind: 'patent', document: { id: 'US4000001', date: '1976-12' } },
        { kind: 'patent', document: { id: 'GB1234567', date: '1971-08' } },
        { kind: 'other', text: 'Smith et al., "Canes", vol. 3, pp. 1-9.' },
      ],
    });
  });

  it('reads a design, whose claim has no number', () => {
    const design = readOne(DESIGN, 'x');
    expect(design).toMatchObject({ id: 'USD242001S', kind: 'S' });
    expect(design.claims.map(({ text }) => text)).toEqual([
      'The ornamental design for a cane, as shown and described.',
    ]);
    expect(design.classifications).toEqual([{ scheme: 'LOCARNO', code: '03-03' }]);
    expect(untraceableWords(design, DESIGN)).toEqual([]);
  });

  it.each([
    ['039373754', '1976-02-10', 'US3937375A', true],
    ['057006474', '1997-12-23', 'US5700647A', true],
    ['039373764', '1976-02-10', 'US3937376A', false],
    ['PP0041234', undefined, 'USPP4123P', true],
    ['RE0286715', undefined, 'USRE28671E', true],
    ['T09460019', undefined, 'UST946001I4', true],
    ['H00000011', undefined, 'USH1H', true],
    ['062000015', '2001-03-13', 'US6200001', undefined],
  ])('reads the number %s', (wku, issued, id, checks) => {
    const read = patentNumber(wku, issued);
    expect(read?.number.id).toBe(id);
    if (checks !== undefined) expect(read?.checks).toBe(checks);
  });

  it.each(['', 'junk', 'X12', '12345678901'])('takes %j for no number', (wku) => {
    expect(patentNumber(wku, undefined)).toBeUndefined();
  });

  it.each(['a.txt', 'a.dat', 'a', 'a.md'])('is recognised by its content as %s', (name) => {
    for (const head of [PATENT, `HHHHHT APS1 ISSUE - 930105\n${PATENT}`, `\uFEFF${DESIGN}`]) {
      expect(recogniseFormat(head, name)).toBe(greenbook);
    }
    expect(recogniseFormat('A letter.\nPATN\nWKU  1\n', 'a')).toBeUndefined();
  });

  it('reads a weekly file, whatever chunks it comes in', () => {
    const text = `HHHHHT APS1\r\n${PATENT}${DESIGN}${PATENT.replaceAll('\n', '\r\n')}`;
    const whole = readText(text, 'week.txt');
    expect(ids(patents(whole))).toEqual(['US9900001A', 'USD242001S', 'US9900001A']);
    for (const patent of patents(whole)) {
      expect(text.slice(patent.source.span.start, patent.source.span.start + 4)).toBe('PATN');
    }
    for (const size of [1, 7, 1000]) {
      const reading = new FileReading([greenbook], () => greenbook, {
        file: 'week.txt',
        limits: DEFAULT_LIMITS,
      });
      const read = [];
      for (let at = 0; at < text.length; at += size) read.push(...reading.push(text.slice(at, at + size)));
      read.push(...reading.end());
      expect(read).toEqual(whole);
    }
  });

  it('refuses a document that is too long, and goes on', () => {
    const long = PATENT.replace('BSUM', `BSUM\nPAR  ${'x'.repeat(300_000)}`);
    const limits = { ...DEFAULT_LIMITS, documentLength: 100_000 };
    const outcomes = readText(`${DESIGN}${long}${DESIGN}`, 'a.txt', { limits });
    expect(outcomes.map((one) => (one.kind === 'patent' ? one.patent.id : one.error.code))).toEqual([
      'USD242001S',
      'file-too-large',
      'USD242001S',
    ]);
  });

  it('says where the file is cut off, wherever that is', () => {
    for (let cut = 0; cut <= PATENT.length; cut++) {
      const text = PATENT.slice(0, cut);
      for (const outcome of readText(text, 'cut.dat')) {
        if (outcome.kind === 'failure') expect(outcome.error.code).not.toBe('internal');
        else if (cut % 9 === 0) expect(untraceableWords(outcome.patent, text, 3)).toEqual([]);
      }
    }
    const half = readOne(PATENT.slice(0, PATENT.indexOf('NUM  2.')), 'half.dat');
    expect(half.gaps.map(({ message }) => message)).toContain(
      'The document announces 3 claims; 1 were found. It may be cut off.',
    );
  });

  it('states a number that does not check, and claims without their numbers', () => {
    const damaged = PATENT.replace(/WKU {2}\d{9}/, 'WKU  099000018').replace('NUM  2.', 'NUM  1.');
    const read = readOne(damaged, 'x.dat');
    expect(read.claims.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(read.gaps.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('check digit of 099000018'),
        expect.stringContaining('counted as claim 2'),
      ]),
    );
  });

  it('stays quick and in order with hostile files', { timeout: 20_000 }, () => {
    const hostile = [
      `PATN\nTTL  ${'.a'.repeat(500_000)}`,
      `PATN\n${'INVT\nNAM  A; B\n'.repeat(20_000)}TTL  x`,
      'PATN\n'.repeat(5_000),
      `PATN\nCLMS\n${'NUM\nPAR\n'.repeat(20_000)}`,
      `PATN\n${'Q00  x\n'.repeat(50_000)}`,
      `PATN\nBSUM\nPAR  ${'##STR1##'.repeat(100_000)}`,
      `PATN\nBSUM\nTBL  ${' '.repeat(1_000_000)}x`,
    ];
    for (const text of hostile) {
      expect(
        cpuMilliseconds(() => {
          for (const error of failures(readText(text, 'h.dat'))) expect(error.code).toBe('not-a-patent');
        }),
      ).toBeLessThan(3000);
    }
    expect(readError(`PATN\n${'\0\u0001'.repeat(100)}`, 'h.dat').code).toBe('unknown-format');
  });
});
