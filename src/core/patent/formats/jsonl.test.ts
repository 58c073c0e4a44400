import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { readText } from '../formats.ts';
import { failures, patents, readError, readOne, untraceableWords } from '../testing/reading.ts';

const read = (record: unknown) => readOne(`${JSON.stringify(record)}\n`, 'c.jsonl');
const errorOf = (line: string) => readError(line, 'c.jsonl');

describe('jsonl', { timeout: 30_000 }, () => {
  it('reads every field, and keeps those it does not know', () => {
    const patent = read({
      id: 'US9900001B2',
      title: 'Cane',
      abstract: 'A cane\nwith  a lamp.',
      claims: [
        '1. A cane.',
        { number: 2, text: 'The cane of claim 1.' },
        { text: 'A bed.', dependsOn: [2, 1, 7] },
      ],
      description: 'Canes are old.',
      labels: ['mobility', 'lamp'],
      group: 'g1',
      split: 'train',
      provenance: 'synthetic',
      year: 2020,
      nested: { a: [1] },
    });
    expect(patent).toMatchObject({ id: 'US9900001B2', office: 'US', kind: 'B2', format: 'jsonl', gaps: [] });
    expect(patent.abstract?.text).toBe('A cane\nwith a lamp.');
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane.', []],
      [2, 'The cane of claim 1.', [1]],
      [3, 'A bed.', [1, 2]],
    ]);
    expect(patent.record).toEqual({
      labels: ['mobility', 'lamp'],
      group: 'g1',
      split: 'train',
      provenance: 'synthetic',
      extra: { year: 2020, nested: { a: [1] } },
    });
  });

  it('takes null for absent, whole numbers for ids, and a text with all claims', () => {
    const patent = read({
      id: 42,
      title: 'Cane',
      abstract: null,
      labels: null,
      claims: '1. A cane. 2. The cane of claim 1.',
    });
    expect(patent).toMatchObject({ id: '42', office: 'XX', record: { provenance: 'real', extra: {} } });
    expect(patent.abstract).toBeUndefined();
    expect(patent.record?.labels).toBeUndefined();
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1]]);
  });

  it('keeps how a synthetic record came about', () => {
    const provenance = { kind: 'synthetic', model: 'm', seed: 7 };
    expect(read({ id: 'a', title: 'Cane', provenance }).record).toMatchObject({
      provenance: 'synthetic',
      extra: { provenance },
    });
  });

  it('reads records of other tools by the names that they commonly use, and says so', () => {
    const patent = read({
      publication_number: 'US-20990030001-A1',
      title_localized: [
        { text: 'Stock', language: 'de', truncated: false },
        { text: 'Cane', language: 'en', truncated: false },
      ],
      patent_abstract: 'A cane.',
      claims_localized: [{ text: '1. A cane. 2. The cane of claim 1.', language: 'en' }],
      full_description: 'Canes are old.',
      decision: 'PENDING',
    });
    expect(patent).toMatchObject({ id: 'US20990030001A1', office: 'US', kind: 'A1' });
    expect([patent.title?.text, patent.abstract?.text, patent.description[0]?.text]).toEqual([
      'Cane',
      'A cane.',
      'Canes are old.',
    ]);
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1]]);
    expect(patent.record?.extra).toEqual({ publication_number: 'US-20990030001-A1', decision: 'PENDING' });
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      'Fields were taken by their names: id from "publication_number", title from "title_localized", abstract from "patent_abstract", claims from "claims_localized", description from "full_description".',
    ]);
  });

  it('takes the number of an application from the date behind it', () => {
    expect(read({ publication_number: 'US20990030001A1-20990201', title: 'Cane' }).id).toBe(
      'US20990030001A1',
    );
  });

  it.each([
    // A person's own field may be called anything.
    [{ id: 'a', title: 'Cane', text: 'A note.', 'patent id': 'b' }, undefined],
    [{ id: 'a', title_localized: 'Cane', abstract_localized: { text: 'no list' } }, undefined],
  ])('leaves %j alone', (record, abstract) => {
    expect(read(record)).toMatchObject({ id: 'a', title: { text: 'Cane' } });
    expect(read(record).abstract?.text).toBe(abstract);
  });

  it('reads lists of records, and single ones written over several lines', () => {
    const records = [
      { id: 'a', title: 'Cane {1} "lamp" \\', nested: [{ b: [1] }] },
      { id: 'b', title: 'Bed' },
    ];
    const list = `\uFEFF${JSON.stringify(records, undefined, 2)}\n`;
    expect(patents(readText(list, 'x.json')).map(({ id, title }) => [id, title?.text])).toEqual([
      ['a', 'Cane {1} "lamp" \\'],
      ['b', 'Bed'],
    ]);
    for (const patent of patents(readText(list, 'x.json')))
      expect(untraceableWords(patent, list)).toEqual([]);
    expect(patents(readText(JSON.stringify(records[0], undefined, 2), 'x.json'))).toHaveLength(1);
    const torn = readText(list.slice(0, -12), 'x.json');
    expect(patents(torn).map(({ id }) => id)).toEqual(['a']);
    expect(failures(torn).map(({ code }) => code)).toEqual(['record-malformed']);
  });

  it('names a record without id after its place', () => {
    expect(read({ title: 'Cane' })).toMatchObject({
      id: 'c#1',
      gaps: [{ message: expect.stringContaining('no id') as string }],
    });
  });

  it('leads every word back to its line, past escapes', () => {
    const record = {
      id: 'a',
      title: 'A "quoted" µ\u2028title \\ back',
      abstract: 'tab\there 😀 “x”',
      claims: ['1. A é cane.'],
    };
    const plain = JSON.stringify(record);
    const escaped = plain.replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const source = `\uFEFF${plain}\r\n\n  ${escaped}`;
    const [first, second] = patents(readText(source, 'c.jsonl'));
    for (const patent of [first, second]) {
      expect(patent?.title?.text).toBe('A "quoted" µ\ntitle \\ back');
      expect(patent?.abstract?.text).toBe('tab here 😀 “x”');
      expect(patent && untraceableWords(patent, source)).toEqual([]);
    }
    expect(source.slice(second?.source.span.start, second?.source.span.end).trim()).toBe(escaped);
  });

  it('reads what a record states of its front page, in the spelling of the model', () => {
    const facts = {
      kind: 'B1',
      language: 'de',
      classifications: [{ scheme: 'IPC', code: 'A61H 3/06' }],
      bibliography: {
        publicationDate: '2018-05-15',
        priorities: [{ id: 'DE99000001', office: 'DE', date: '2017' }],
        citations: [{ kind: 'other', text: 'Doe 1999', category: 'X' }],
      },
      translations: [{ language: 'en', title: 'Cane', claims: ['A cane.', 'The cane of claim 1.'] }],
    };
    const source = JSON.stringify({ id: 'EP9900001B1', title: 'Stock', filingDate: null, ...facts });
    const patent = readOne(source, 'c.jsonl');
    expect(patent).toMatchObject({
      kind: 'B1',
      language: 'de',
      classifications: facts.classifications,
      bibliography: { ...facts.bibliography, applicants: [], family: { members: [] } },
      translations: [
        { language: 'en', title: { text: 'Cane' }, claims: [{ dependsOn: [] }, { dependsOn: [1] }] },
      ],
    });
    const span = patent.translations[0]?.claims[1]?.span;
    expect(source.slice(span?.start, span?.end)).toBe('The cane of claim 1.');
  });

  it('keeps a field called office that is none', () => {
    const patent = readOne('{"id":"a","title":"t","office":"the back one"}', 'c.jsonl');
    expect(patent).toMatchObject({ office: 'XX', record: { extra: { office: 'the back one' } } });
  });

  it('loses only the record with a zero byte', () => {
    const outcomes = readText('{"id":"a","title":"t\0"}\n{"id":"b","title":"t"}\n', 'c.jsonl');
    expect(outcomes.map(({ kind }) => kind)).toEqual(['failure', 'patent']);
  });

  /** A record that is refused, the column where, and why. */
  const WRONG: readonly (readonly [string, number, RegExp])[] = [
    ['{"id":"a","title":7}', 19, /"title" must be a string/],
    ['{"id":true,"title":"t"}', 7, /"id" must be a string or a whole number/],
    ['{"id":"a","title":"t","labels":"x"}', 32, /"labels" must be a list/],
    ['{"id":"a","title":"t","labels":["x",3]}', 37, /Every label must be a string/],
    ['{"id":"a","title":"t","claims":[7]}', 33, /Every claim must be a string, or an object/],
    ['{"id":"a","title":"t","claims":[{"text":7}]}', 41, /"text" of a claim must be a string/],
    ['{"id":"a","title":"t","claims":[{"text":"c","number":0}]}', 54, /"number" of a claim/],
    ['{"id":"a","title":"t","claims":[{"text":"c","dependsOn":"1"}]}', 57, /"dependsOn" of a claim/],
    [
      '{"id":"a","title":"t","provenance":"fake"}',
      36,
      /"provenance" must be one of real, synthetic, duplicate/,
    ],
    ['{"id":"a","title":"t","group":1}', 31, /"group" must be a string/],
    ['{"id":"a","title":"t","language":7}', 34, /"language" must be a string/],
    ['{"id":"a","title":"t","kind":{}}', 30, /"kind" must be a string/],
    [
      '{"id":"a","title":"t","classifications":[{"scheme":"ECLA","code":"x"}]}',
      52,
      /"classifications\[0\].scheme" is not as it must be/,
    ],
    [
      '{"id":"a","title":"t","bibliography":{"publicationDate":"15 May"}}',
      57,
      /"bibliography.publicationDate" is not as it must be: a date must be written/,
    ],
    ['{"id":"a","title":"t","bibliography":{"inventor":[]}}', 38, /Unrecognized key/],
    ['{"id":"a","title":"t","translations":[{"title":"x"}]}', 39, /must be an object with a "language"/],
    ['{"id":"a","title":"t","description":[{"text":"x","number":1}]}', 59, /"number" must be a string/],
    ['{"id":"a"}', 1, /no text: title, abstract, claims and description are all missing/],
    ['[1]', 1, /must be a JSON object/],
    ['{"id":"a" "title":"t"}', 11, /a comma is missing/],
    ['{"id":"a","title":"t}', 19, /no closing quote/],
    ['{"id":"a","title":"t"', 22, /closing } is missing/],
    ['{"id":"a","title":"t"} 2', 24, /more text follows/],
    ['{id:"a"}', 2, /not valid JSON/],
    [`{"a":${'['.repeat(100_000)}`, 1, /nested too deeply/],
  ];

  it.each(WRONG)('refuses %.60s', (line, column, message) => {
    const error = errorOf(`{"id":"ok","title":"t"}\n${line}\n{"id":"ok2","title":"t"}`);
    expect(error.code).toBe('record-malformed');
    expect(error.message).toMatch(message);
    expect(error.place).toMatchObject({ file: 'c.jsonl', line: 2, column });
  });

  it('costs only the record that is wrong', () => {
    const outcomes = readText('{"id":"a","title":"t"}\n{broken\n\n{"id":"b","title":"t"}\n', 'c.jsonl');
    expect(outcomes.map(({ kind }) => kind)).toEqual(['patent', 'failure', 'patent']);
    expect(patents(outcomes)[1]?.source.index).toBe(2);
  });

  it('reads a corpus that is cut at any byte up to the cut', () => {
    const lines = [
      { id: 'a', title: 'Cane "x" é', labels: ['l'] },
      {
        id: 'b',
        title: 'Bed',
        claims: ['A bed.', { number: 2, text: 'The bed of claim 1.' }],
        extra: { k: [1, 2] },
      },
    ].map((record) => JSON.stringify(record));
    const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
    const firstEnd = new TextEncoder().encode(lines[0]).length;
    for (let cut = 1; cut < bytes.length; cut++) {
      const text = new TextDecoder().decode(bytes.slice(0, cut));
      const outcomes = readText(text, 'c.jsonl');
      const codes = failures(outcomes).map(({ code }) => code);
      expect(codes.every((code) => code === 'record-malformed')).toBe(true);
      expect(patents(outcomes).length + codes.length).toBe(cut <= firstEnd + 1 ? 1 : 2);
      if (cut >= firstEnd) expect(patents(outcomes)[0]?.id).toBe('a');
    }
  });

  it('does not let a record change what objects are', () => {
    const patent = readOne('{"id":"a","title":"t","__proto__":{"x":1},"constructor":2}', 'c.jsonl');
    expect(Object.keys(patent.record?.extra ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('reads ten thousand records in about a second', () => {
    const line = JSON.stringify({
      id: 'US9900001B2',
      title: 'Cane',
      abstract: 'A cane with a "lamp". '.repeat(40),
      labels: ['a'],
    });
    const source = `${line}\n`.repeat(10_000);
    let read = 0;
    expect(cpuMilliseconds(() => (read = patents(readText(source, 'c.jsonl')).length))).toBeLessThan(3000);
    expect(read).toBe(10_000);
  });
});
