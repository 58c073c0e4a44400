/** What counts as a label's word, case by case, and properties of scanning. */
import { describe, expect, it } from 'vitest';
import { parseTaxonomy, type Label } from '../../corpus/taxonomy.ts';
import { Random } from '../../random.ts';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { fold } from '../../text/characters.ts';
import { TermMatcher } from './matcher.ts';
import { LiveScan } from './rescan.ts';

const matcher = (...labels: readonly (string | (Partial<Label> & { name: string }))[]): TermMatcher =>
  new TermMatcher({
    labels: labels.map((label, at) =>
      typeof label === 'string' ? { id: `L${at}`, name: label } : { id: `L${at}`, ...label },
    ),
  });

/** What was found, as it stands in the text. */
const found = (name: string | TermMatcher, text: string, language?: string): string[] =>
  (typeof name === 'string' ? matcher(name) : name)
    .scan(text, language === undefined ? {} : { language })
    .map(({ start, end }) => text.slice(start, end));

describe('a name in a text', () => {
  it.each([
    ['wheelchair', 'A WHEELCHAIR.', ['WHEELCHAIR']],
    ['Wheelchair', 'two wheelchairs', ['wheelchairs']],
    ['wheelchair', "the wheelchair's arm", ["wheelchair's"]],
    [
      'wheelchair',
      'a wheel-chair, a wheel chair, a wheel\nchair',
      ['wheel-chair', 'wheel chair', 'wheel\nchair'],
    ],
    ['wheel chair', 'a wheelchair and wheel-chairs', ['wheelchair', 'wheel-chairs']],
    [
      'wheel-chair',
      'a wheelchair; a wheel chair; wheel\u2010chair',
      ['wheelchair', 'wheel chair', 'wheel\u2010chair'],
    ],
    ['wheelchair', 'wheel\u00ADchair', ['wheel\u00ADchair']],
    ['wheelchair', 'whe\u200Bel\u200Dchair', ['whe\u200Bel\u200Dchair']],
    ['prosthesis', 'these prostheses', ['prostheses']],
    ['tooth', 'many teeth', ['teeth']],
    ['stop', 'stopping, stopped', ['stopping', 'stopped']],
    ['organ', 'organic organisation of organs', ['organs']],
    ['cane', 'a hurricane; sugar-cane; canes', ['cane', 'canes']],
    ['therapist', 'the rapist', []],
    ['x-ray', 'an xray, an X ray, X-rays', ['xray', 'X ray', 'X-rays']],
    ['prothèse', 'une prothese', ['prothese']],
    ['Naive', 'a nai\u0308ve man', ['nai\u0308ve']],
    ['Alzheimer\u2019s disease', "Alzheimer's disease", ["Alzheimer's disease"]],
    [
      'Surgical instruments, devices or methods',
      'a surgical instrument, device or method',
      ['surgical instrument, device or method'],
    ],
    ['wheel chair', 'a wheel, chair', []],
    ['wheel chair', 'a wheel\n\nchair', []],
    ['wheel chair', 'a wheel -- chair', []],
    ['C++', 'written in C++ or C', ['C++']],
    ['.NET', 'in .NET. Net is no .net', ['.NET', '.net']],
    ['a.b(c)*[d]$', 'x a.b(c)*[d]$ y', ['a.b(c)*[d]$']],
    ['(?:x)+', 'xxx (?:x)+', ['(?:x)+']],
    ['轮椅', '一种电动轮椅装置', ['轮椅']],
    ['車椅子', '電動車\n椅子', ['車\n椅子']],
    ['X線装置', 'このX線装置は', ['X線装置']],
    ['♿', 'a ♿ sign', ['♿']],
    ['👩‍🦽 chair', 'the 👩‍🦽 chair', ['👩‍🦽 chair']],
    ['ＷＨＥＥＬ', 'a wheel', ['wheel']],
    ['OR', 'the OR or an or', ['OR']],
    ['or', 'this or that', []],
    ['C', 'vitamin C; c', ['C']],
    ['AIDS', 'walking aids; AIDS', ['AIDS']],
    ['MRI', 'mri, MRIs', ['MRIs']],
    ['-', 'a - b', []],
  ])('%s in %j', (name, text, expected) => {
    expect(found(name, text)).toEqual(expected);
  });

  it.each([
    ['Rollstuhl', 'mehrere Rollstühle mit Rollstuhlantrieb', 'de', ['Rollstühle']],
    ['Vorrichtung', 'Vorrichtungen', 'de', ['Vorrichtungen']],
    ['wheelchair', 'ein Wheelchairs', 'de', ['Wheelchairs']],
    ['fauteuil roulant', "l'usage des fauteuils roulants", 'fr', ['fauteuils roulants']],
    [
      'appareil médical',
      "l'appareil médical, appareils médicaux",
      'fr',
      ['appareil médical', 'appareils médicaux'],
    ],
  ])('%s in %j (%s)', (name, text, language, expected) => {
    expect(found(name, text, language)).toEqual(expected);
  });

  it('knows aliases and keywords, and exempts what a label allows', () => {
    const terms = matcher({
      name: 'Mobility aid',
      aliases: ['walker'],
      keywords: ['wheel', 'aid'],
      allow: ['aid', 'steering wheel'],
    });
    expect(
      terms
        .scan('A walker, a steering wheel, a wheel: mobility aids, hearing aids.')
        .map(({ kind, term }) => [kind, term]),
    ).toEqual([
      ['alias', 'walker'],
      ['keyword', 'wheel'],
      ['name', 'Mobility aid'],
    ]);
  });

  it('takes the longest of nested names, and all that overlap or are equal', () => {
    const terms = matcher('wheel', 'wheel chair', 'chair lift', 'Wheels');
    const text = 'A wheel chair lift has wheels.';
    expect(terms.scan(text).map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
      [1, 'wheel chair'],
      [2, 'chair lift'],
      [0, 'wheels'],
      [3, 'wheels'],
    ]);
    expect(terms.scan(text, { labels: new Set([0]) }).map(({ start }) => start)).toEqual([2, 23]);
  });

  it('does not let a keyword hide a name', () => {
    const terms = matcher('wheel', { name: 'Something else', keywords: ['wheel chair'] });
    expect(terms.scan('the wheel chair').map(({ kind }) => kind)).toEqual(['keyword', 'name']);
  });

  it('says which terms are too weak', () => {
    const { notes } = matcher('or', 'x', 'X', '12', '...', 'OR', '椅', 'CT', 'walking aid');
    expect(notes.map(({ term, treatment }) => `${term} ${treatment}`)).toEqual([
      'or unchecked',
      'x unchecked',
      'X exact',
      '12 unchecked',
      '... unchecked',
      'OR exact',
      '椅 unchecked',
      'CT exact',
    ]);
    for (const { reason } of notes) expect(reason).toMatch(/^[A-Z].*\.$/);
  });
});

const WORDS = [
  'wheel',
  'chair',
  'wheels',
  'chairs',
  'wheelchair',
  'lift',
  'of',
  'the',
  'cane',
  'aid',
  'aids',
  '轮',
  '椅',
  'Ａ',
  'é',
  '😀',
];
const GAPS = [' ', ' ', ' ', '-', '\n', '\n\n', ', ', '', '\u00AD', "'", '.'];

function randomText(random: Random, words: number): string {
  let text = '';
  for (let word = 0; word < words; word++) {
    text += (WORDS[random.integer(WORDS.length)] ?? '') + (GAPS[random.integer(GAPS.length)] ?? '');
  }
  return text;
}

describe('properties', () => {
  const terms = matcher(
    'wheel chair',
    'wheelchair',
    'wheel',
    'chair lift aid',
    '轮椅',
    { name: 'cane', allow: ['cane aid'] },
    'lift of the chair',
    '😀',
  );

  it('equals a slow reading of a few plain terms', () => {
    const plain = ['wheel', 'cane', 'chair lift aid', 'lift of the chair'];
    const some = matcher(...plain);
    const random = new Random(3);
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 30 }, () => WORDS[random.integer(11)] ?? '').join(' ');
      const spans = new Set<string>();
      for (const name of plain) {
        const words = name
          .split(' ')
          .map((word) => `${word}s?`)
          .join(' ');
        for (let from = 0; from < text.length; from++) {
          const match = new RegExp(`(?<![a-z])${words}(?![a-z])`, 'y');
          match.lastIndex = from;
          const length = match.exec(text)?.[0].length;
          if (length !== undefined) spans.add(`${from}-${from + length}`);
        }
      }
      const ranges = [...spans].map((span) => span.split('-').map(Number));
      const standing = ranges.filter(
        ([start = 0, end = 0]) =>
          !ranges.some(([a = 0, b = 0]) => a <= start && end <= b && b - a > end - start),
      );
      expect(
        some
          .scan(text)
          .map(({ start, end }) => `${start}-${end}`)
          .sort(),
      ).toEqual(standing.map((range) => range.join('-')).sort());
    }
  });

  it('after any edit equals a full scan', () => {
    const random = new Random(7);
    for (let round = 0; round < 150; round++) {
      let text = randomText(random, 120);
      let live = LiveScan.of(terms, text);
      for (let edit = 0; edit < 12; edit++) {
        const start = random.integer(text.length + 1);
        const removed = Math.min(random.integer(6), text.length - start);
        const insert =
          random.integer(3) === 0 ? '' : randomText(random, random.integer(4)).slice(random.integer(2));
        text = text.slice(0, start) + insert + text.slice(start + removed);
        live = live.rescan(text, { start, removed, inserted: insert.length });
        expect(live.matches()).toEqual(terms.scan(text));
      }
    }
  });

  it('does not depend on what was scanned before', () => {
    const random = new Random(11);
    const used = matcher('wheel chair', 'wheelchair');
    const many = Array.from({ length: 140_000 }, (_, at) => `w${at.toString(36)}`).join(' wheel-chair ');
    expect(used.scan(many).length).toBe(139_999 * 2);
    const text = randomText(random, 200);
    expect(used.scan(text)).toEqual(matcher('wheel chair', 'wheelchair').scan(text));
  });
});

describe('hostile input', () => {
  it('reads a line of 10 MB, with thousands of aliases, in time that grows with the text alone', () => {
    const aliases = Array.from({ length: 5000 }, (_, at) => `device type ${at.toString(36)}q special`);
    const terms = matcher({ name: 'wheelchair', aliases });
    const line = 'device type 7q special wheel chair of the device '.repeat(210_000);
    let count = 0;
    expect(cpuMilliseconds(() => (count = terms.scan(line).length))).toBeLessThan(8000);
    expect(count).toBe(420_000);
  });

  it('stays linear when a term repeats one word', () => {
    const terms = matcher('a1 '.repeat(60).trim());
    expect(cpuMilliseconds(() => terms.scan('a1 '.repeat(100_000)))).toBeLessThan(4000);
  });

  it('survives endless words, lone surrogates and piles of marks', () => {
    const terms = matcher('wheelchair');
    for (const text of [
      'a'.repeat(2_000_000),
      '\ud800'.repeat(1000),
      'e' + '\u0301'.repeat(100_000),
      '\u200b'.repeat(100_000),
    ]) {
      expect(terms.scan(text)).toEqual([]);
    }
  });

  it('folds to something that folds to itself', () => {
    for (const word of ['İSTANBUL', 'Straße', 'Œuvre', 'ﬁne', 'Ａ', 'ガ', 'か\u3099', '한국', 'ΣΊΣΥΦΟΣ']) {
      expect(fold(fold(word))).toBe(fold(word));
    }
  });

  it('takes a taxonomy file as it is', () => {
    const taxonomy = parseTaxonomy(
      '{"labels":[{"id":"a","name":" Wheel   chair ","aliases":[""],"allow":[""]}]}',
      'taxonomy.json',
    );
    const terms = new TermMatcher(taxonomy);
    expect(terms.scan('wheelchair')).toHaveLength(1);
    expect(terms.notes).toHaveLength(1);
  });
});
