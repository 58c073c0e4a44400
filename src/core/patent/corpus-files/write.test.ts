/** What is written reads back: as the same patent, as the same record, and as the same bytes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../random.ts';
import { readFolder, sharedData } from '../../testing/shared-data.ts';
import { readText } from '../formats.ts';
import type { CorpusFields, Patent } from '../model.ts';
import { failures, patents, untraceableWords } from '../testing/reading.ts';
import { CsvTable } from './write-csv.ts';
import { type CorpusRecord, patentToRecord, recordToJsonLine } from './write-jsonl.ts';

const WORDS = [
  ...[
    'cane',
    'lamp',
    'A',
    'wherein',
    'Gehstöcke',
    '手杖',
    '😀',
    'e\u0301',
    '"quoted"',
    "'",
    ';',
    '|',
    ',',
    '\\',
    '\t',
    '\n',
  ],
  ...[
    '\r\n',
    '\n\n',
    '[1]',
    '{"a":1}',
    '1.',
    '2.',
    '#',
    '\u0001',
    '\u001b',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '=1+1',
    '[]',
    'null',
  ],
  ...['of claim 1', 'US9900001B2', '(JSON)', '""', '-', 'n/a', '2018-05-15'],
];

class Maker {
  readonly #random: Random;
  constructor(seed: number) {
    this.#random = new Random(seed);
  }
  chance(of: number): boolean {
    return this.#random.integer(of) === 0;
  }
  pick<T>(from: readonly T[]): T {
    const found = from[this.#random.integer(from.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }
  text(most = 12): string {
    return Array.from({ length: 1 + this.#random.integer(most) }, () => this.pick(WORDS)).join(
      this.pick(['', ' ']),
    );
  }
  list<T>(make: () => T, most = 3): T[] {
    return Array.from({ length: this.#random.integer(most + 1) }, make);
  }
  maybe<T>(name: string, make: () => T): Record<string, T> {
    return this.chance(2) ? { [name]: make() } : {};
  }
  number(): Record<string, unknown> {
    return {
      id: `US${9900000 + this.#random.integer(99)}B2`,
      office: 'US',
      kind: 'B2',
      ...this.maybe('date', () => '2018-05-15'),
      ...this.maybe('application', () => true),
    };
  }
  value(depth = 2): unknown {
    if (depth > 0 && this.chance(3)) return this.list(() => this.value(depth - 1));
    if (depth > 0 && this.chance(3)) return { [this.text(2)]: this.value(depth - 1) };
    return this.pick([this.text(4), 7, -0.5, true, null, '', ' ']);
  }
  record(): Record<string, unknown> {
    const claims = this.list(() => this.text(), 4);
    return {
      id: this.pick([
        `US${9900000 + this.#random.integer(999)}B2`,
        this.text(2),
        `c-${this.#random.integer(9)}`,
      ]),
      title: `Cane ${this.text()}`,
      ...this.maybe('abstract', () => this.text(40)),
      ...this.maybe('claims', () =>
        claims.map((text, index) => ({ number: index + 1, text, dependsOn: index ? [index] : [] })),
      ),
      ...this.maybe('description', () =>
        this.list(() =>
          this.pick([this.text(), { text: this.text(), number: '0001' }, { text: 'F', heading: true }]),
        ),
      ),
      ...this.maybe('labels', () => this.list(() => `l${this.text(3)}`)),
      ...this.maybe('group', () => this.pick(['g1', this.text(2)])),
      ...this.maybe('split', () => 'train'),
      ...this.maybe('provenance', () => this.pick(['real', 'synthetic', { kind: 'synthetic', seed: 7 }])),
      ...this.maybe('office', () => 'EP'),
      ...this.maybe('kind', () => 'A1'),
      ...this.maybe('language', () => 'de'),
      ...this.maybe('classifications', () =>
        this.list(() =>
          this.pick([
            { scheme: 'IPC', code: 'A61G 5/04' },
            { scheme: 'CPC', code: 'A61H 3/06' },
            { scheme: 'USPC', code: '135/65' },
            { scheme: 'LOCARNO', code: '01-01' },
          ]),
        ),
      ),
      ...this.maybe('bibliography', () => ({
        ...this.maybe('publicationDate', () => this.pick(['2018-05-15', '2018-05', '2018'])),
        ...this.maybe('application', () => this.number()),
        ...this.maybe('priorities', () => this.list(() => this.number())),
        ...this.maybe('priorityDate', () => this.pick(['2018-05-15', '2017-01', '2016'])),
        ...this.maybe('related', () => this.list(() => ({ relation: 'division', document: this.number() }))),
        ...this.maybe('applicants', () =>
          this.list(() => ({ name: `n${this.text(2)}`.trim(), ...this.maybe('country', () => 'DE') })),
        ),
        ...this.maybe('inventors', () => this.list(() => ({ name: 'Jane Doe' }))),
        ...this.maybe('citations', () =>
          this.list(() =>
            this.pick([
              { kind: 'patent', document: this.number(), category: 'X' },
              { kind: 'patent', document: { id: 'US9900001B2', office: 'US', kind: 'B2' } },
              { kind: 'other', text: `c${this.text()}`.trim() },
            ]),
          ),
        ),
        ...this.maybe('family', () => ({
          ...this.maybe('id', () => 'docdb:1'),
          members: this.list(() => this.number()),
        })),
      })),
      ...this.maybe('translations', () =>
        this.list(
          () => ({
            language: 'fr',
            title: this.text(),
            claims: [
              { number: 1, text: this.text() },
              { number: 3, text: this.text(), dependsOn: [1] },
            ],
            description: [{ text: this.text(), number: '0001' }, this.text()],
          }),
          2,
        ),
      ),
      ...this.maybe('year', () => this.pick(['2018', 2018])),
      ...this.maybe('note', () => this.text()),
      ...this.maybe('category', () => this.text(2)),
      ...this.maybe('family', () => this.value()),
      ...this.maybe('Title', () => this.text(2)),
      ...this.maybe(this.text(2), () => this.value()),
      ...this.maybe('extra', () => this.value()),
    };
  }
}

/** Everything but where it stands and how it was read. */
function bare(patent: Patent): unknown {
  const { id, office, kind, language, classifications, bibliography, record } = patent;
  const translations = patent.translations.map((part) => ({ language: part.language, ...sectionsOf(part) }));
  const fields = { id, office, kind, language, classifications, bibliography, record };
  return { ...fields, ...sectionsOf(patent), translations };
}

const sectionsOf = (part: Pick<Patent, 'title' | 'abstract' | 'claims' | 'description'>): object => ({
  title: part.title?.text,
  abstract: part.abstract?.text,
  claims: part.claims.map(({ number, text, dependsOn }) => ({ number, text, dependsOn })),
  description: part.description.map(({ number, text, heading }) => ({ number, text, heading })),
});

const jsonLines = (records: readonly CorpusRecord[]): string => records.map(recordToJsonLine).join('');

function table(records: readonly CorpusRecord[]): string {
  const corpus = new CsvTable();
  for (const record of records) corpus.see(record);
  return corpus.header() + records.map((record) => corpus.row(record)).join('');
}

function readAll(text: string, file: string): Patent[] {
  const outcomes = readText(text, file);
  expect(failures(outcomes).map(({ message }) => message)).toEqual([]);
  return patents(outcomes);
}

describe('a table', () => {
  it('has plain cells where they read back, and JSON where they do not', () => {
    const records = [
      { id: 'a', title: 'Cane', labels: ['x', 'y'], note: ' as it is; "so" ', year: 2018 },
      { id: 'b', title: 'Bed', description: ['One.', 'Two.'], labels: ['x;y'], note: '' },
    ];
    expect(table(records)).toBe(
      'id,title,labels,provenance,description (JSON),labels (JSON),note,year (JSON)\n' +
        'a,Cane,x; y,real,,," as it is; ""so"" ",2018\n'.replace('x; y', '"x; y"') +
        'b,Bed,,real,"[""One."",""Two.""]","[""x;y""]",,\n',
    );
  });

  it('keeps the other columns of an export through JSONL and back', () => {
    const source = 'Code,Title,Score,Note\nx,Cane,007," a\r\n; b"\ny,Bed,,"""c"""\n';
    const once = table(readAll(source, 'e.csv').map(patentToRecord));
    const lines = jsonLines(readAll(once, 'c.csv').map(patentToRecord));
    expect(table(readAll(lines, 'c.jsonl').map(patentToRecord))).toBe(once);
    expect(readAll(once, 'c.csv').map(({ record }) => record?.extra)).toEqual([
      { Code: 'x', Score: '007', Note: ' a\r\n; b' },
      { Code: 'y', Score: '', Note: '"c"' },
    ]);
  });
});

describe('a corpus', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('is written and read without loss (%i)', (seed) => {
    const maker = new Maker(seed);
    const source = jsonLines(Array.from({ length: 8 }, () => maker.record()));
    const first = readAll(source, 'c.jsonl');
    const records = first.map(patentToRecord);
    const again = readAll(jsonLines(records), 'c.jsonl');
    expect(again.map(bare)).toEqual(first.map(bare));
    const csv = table(records);
    const fromTable = readAll(csv, 'c.csv');
    expect(fromTable.map(bare)).toEqual(first.map(bare));
    const back = fromTable.map(patentToRecord);
    expect(new Set(jsonLines(back).split('\n').map(sorted))).toEqual(
      new Set(jsonLines(records).split('\n').map(sorted)),
    );
    expect(
      fromTable.flatMap((patent) => untraceableWords(patent, csv).filter((word) => !word.includes('\\'))),
    ).toEqual([]);
  });
});

const documents = sharedData('documents');

describe.skipIf(documents === undefined)('every real document', () => {
  const folders = documents === undefined ? [] : readdirSync(documents);
  it.each(folders)('of %s is written and read without loss', (folder) => {
    const files = readFolder(join(documents ?? '', folder));
    const read = files.flatMap(({ name, text }) => patents(readText(text, name)));
    expect(read.length).toBeGreaterThan(0);
    const records = read.map(patentToRecord);
    const again = readAll(jsonLines(records), 'c.jsonl');
    // A corpus takes what it did not write for real.
    const record: CorpusFields = { provenance: 'real', extra: {} };
    const wanted = read.map((patent) => bare({ record, ...patent }));
    expect(again.map(bare)).toEqual(wanted);
    expect(readAll(table(records), 'c.csv').map(bare)).toEqual(wanted);
  });
});

/** The person's own fields may change their places. */
const sorted = (line: string): string =>
  line === ''
    ? ''
    : JSON.stringify(Object.entries(JSON.parse(line) as object).sort(([a], [b]) => (a < b ? -1 : 1)));
