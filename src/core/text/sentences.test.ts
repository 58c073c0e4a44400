import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { sentences } from './sentences.ts';

const split = (text: string): string[] => sentences(text).map(({ start, end }) => text.slice(start, end));

/** A text and its sentences, divided by `|`. */
const CASES: readonly string[] = [
  'The chair moves.| The user rests.',
  'As shown in FIG. 1 the wheel turns.| It stops.',
  'See FIGS. 2 and 3.| The lever 12 is bent.',
  'It is bent (see FIG. 4).| The rest is straight.',
  'A drive, e.g. a motor, turns.| Others, i.e. Belts, do not.',
  'As taught in U.S. Pat. No. 5,057,728 the brake is known.',
  'See U.S. Pat. Nos. 6,063,923; 5,342,947 and U.S. patent application Ser. No. 08/977,217.| The brake differs.',
  'The length is 1.5 mm.| The width is 2.5 mm.',
  'The load is approx. 50 kg.| It is spread.',
  'Bearings by J. B. Smith are used.| They last.',
  'The method of D. E. Knuth et al.| This is known.',
  'Is it safe?| It is!| Indeed…| Yes.',
  'He said "Stop."| The cart stopped.',
  'A first lever 10.| A second lever 12 follows.',
  '1. Field of the Invention',
  'IV. Absorbent Articles',
  '2.3.1. Inclusion Criteria',
  'Wheels, tracks, etc.| The frame holds them.',
  'Made in the U.S.| The parts are sold.',
  'It was granted in the U.S. to the applicant.',
  'The vessel of No. 5 is filled.| No valve opens.',
  'Die Schraube nach Abb. 3 hält z. B. Holz.| Sie lockert sich nicht.',
  'Der Winkel beträgt ca. 30 Grad, d. h. Er ist spitz.',
  'Die Anlage gem. Fig. 2 läuft.| Der Motor steht.',
  'Le siège, p.ex. Un fauteuil, tourne.| Il s’arrête.',
  'line one\n|line two',
  'Proc. Natl. Acad. Sci. U.S.A. 93:3636.',
  'At 25° C. was added sodium.',
  'Heated to 90 °C.| The mixture boils.',
];

describe('sentences', () => {
  it.each(CASES)('%j', (marked) => {
    const expected = marked.split('|').map((part) => part.trim());
    expect(split(marked.replaceAll('|', ''))).toEqual(expected);
  });

  it('leaves a claim whole that can be read at once', () => {
    const claim = 'A chair comprising a seat; a back; and four legs.';
    expect(split(claim)).toEqual([claim]);
  });

  it('divides a long claim at its semicolons and keeps the joining word with the part before', () => {
    const part =
      'a wheel carried by the frame and driven by a motor that is governed by a controller of the usual kind';
    const claim = `A chair comprising: ${part}; ${part}; ${part}; and ${part}.`;
    expect(claim.length).toBeGreaterThan(400);
    expect(split(claim)).toEqual([`A chair comprising: ${part};`, `${part};`, `${part};`, `and ${part}.`]);
  });

  it('divides at line breaks, which are borders in cleaned text', () => {
    expect(split('A chair, comprising:\na seat; and\na back.')).toEqual([
      'A chair, comprising:',
      'a seat; and',
      'a back.',
    ]);
  });

  it('divides a part that is still too long at colons', () => {
    const long = 'word '.repeat(90).trim();
    expect(split(`A device comprising: ${long}.`)).toEqual(['A device comprising:', `${long}.`]);
  });

  it.each(['', '   ', '\n\n'])('finds nothing in %j', (text) => {
    expect(sentences(text)).toEqual([]);
  });

  it('covers everything but white space, in order and without overlap', () => {
    const text =
      CASES.map((marked) => marked.replaceAll('|', '')).join(' ') +
      ' tail without stop; ' +
      'x; '.repeat(300);
    let last = 0;
    let covered = '';
    for (const { start, end } of sentences(text)) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(last, start).trim()).toBe('');
      covered += text.slice(start, end);
      last = end;
    }
    expect(covered.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });

  it('stays quick on text without any end', () => {
    const text = 'a. '.repeat(50_000) + 'b'.repeat(100_000) + '; c'.repeat(50_000);
    expect(cpuMilliseconds(() => sentences(text))).toBeLessThan(2000);
  });
});
