/** Importing: whole, linked, refused, continued; every record once. */
import { readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import type { ErrorReport } from '../../core/errors.ts';
import type { ImportResult } from '../../protocol/import.ts';
import { cancelled, quietTask, type Task } from '../task.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { importCorpus, type ImportOptions } from './import-corpus.ts';

const line = (id: string, more: object = {}): string =>
  `${JSON.stringify({ id, title: `Fictitious device ${id}`, abstract: `Part of ${id}.`, ...more })}\n`;

const DEFAULTS = { format: 'jsonl', tables: [], existing: 'refuse', restart: false } as const;

const run = (
  folder: string,
  sources: readonly string[],
  changes: Partial<ImportOptions> = {},
  task: Task = quietTask,
): Promise<ImportResult> =>
  importCorpus(
    {
      ...DEFAULTS,
      sources: sources.map((source) => path.join(folder, source)),
      out: path.join(folder, 'out', 'corpus.jsonl'),
      ...changes,
    },
    task,
  );

type Record = { readonly id: string; readonly group?: string; readonly [field: string]: unknown };

const corpus = async (folder: string, name = 'corpus.jsonl'): Promise<readonly Record[]> =>
  (await readFile(path.join(folder, 'out', name), 'utf8'))
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Record);

const left = (folder: string): Promise<readonly string[]> => readdir(path.join(folder, 'out'));

/** Cancels at the n-th chance. */
function cancelAt(chance: number): Task {
  let at = 0;
  return {
    ...quietTask,
    checkpoint: () => (++at >= chance ? Promise.reject(cancelled()) : Promise.resolve()),
  };
}

/** Enough text that a run takes several turns. */
const many = (count: number, prefix = 'N'): string =>
  Array.from({ length: count }, (_, at) => {
    const claims = Array.from({ length: 20 }, (_claim, number) => `A part ${number} of the device ${at}.`);
    return line(`${prefix}${at}`, { claims, abstract: `Part ${at % 50} of a device. `.repeat(20) });
  }).join('');

describe('an import', () => {
  it('makes one corpus of files and folders', async () => {
    const folder = await temporaryFolder({
      'in/b.jsonl': line('B'),
      'in/a.jsonl': line('A'),
      'in/deep/c.csv': 'id,title,abstract\nC,Fictitious walker,A walker.\n',
      'text.txt': 'Fictitious chair\n\nAbstract\n\nA chair that climbs.\n',
    });
    const result = await run(folder, ['text.txt', 'in']);
    expect((await corpus(folder)).map(({ id }) => id)).toEqual([expect.any(String), 'A', 'B', 'C']);
    expect(result).toMatchObject({ records: 4, added: 4, failed: 0, files: 4, problemCount: 0, resumed: 0 });
    expect(await left(folder)).toEqual(['corpus.jsonl']);
  });

  it('is read again as the documents it was made of', async () => {
    const folder = await temporaryFolder({
      'a.jsonl': line('A', { claims: ['A chair.'], labels: ['x'], mine: { deep: [1] } }),
    });
    await run(folder, ['a.jsonl']);
    const [before] = readText(await readFile(path.join(folder, 'a.jsonl'), 'utf8'), 'a.jsonl');
    const [after] = readText(await readFile(path.join(folder, 'out/corpus.jsonl'), 'utf8'), 'a.jsonl');
    if (before?.kind !== 'patent' || after?.kind !== 'patent') throw new Error('expected patents');
    const texts = ({ patent }: typeof before): unknown => [
      patent.id,
      patent.title?.text,
      patent.abstract?.text,
      patent.claims.map(({ text }) => text),
      patent.record,
    ];
    expect(texts(after)).toEqual(texts(before));
  });

  it('states what could not be read, with its place, and takes the rest', async () => {
    const folder = await temporaryFolder({
      'a.jsonl': `${line('A')}{"id":"B","ti\n${line('C')}`,
      'none.bin': Buffer.from([0, 1, 2, 0, 0, 0]),
    });
    const told: ErrorReport[] = [];
    const result = await run(folder, ['a.jsonl', 'none.bin'], { onProblem: (problem) => told.push(problem) });
    expect(result).toMatchObject({ records: 2, failed: 2, problemCount: 2 });
    expect(told[0]).toMatchObject({ code: 'record-malformed', place: { line: 2 } });
    const file = result.problemsFile ?? '';
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(told);
    await run(folder, ['a.jsonl'], { existing: 'overwrite' });
    await writeFile(path.join(folder, 'a.jsonl'), line('A'));
    await run(folder, ['a.jsonl'], { existing: 'overwrite' });
    expect(await left(folder)).toEqual(['corpus.jsonl']);
  });

  it('leaves out a document whose id is taken, and says so', async () => {
    const folder = await temporaryFolder({
      'a.jsonl': line('A') + line('B') + line('A', { abstract: 'Else.' }),
    });
    const result = await run(folder, ['a.jsonl']);
    expect(result).toMatchObject({ records: 2, duplicateIds: 1, failed: 0, problemCount: 1 });
    expect(result.problems[0]).toMatchObject({ code: 'record-duplicate' });
    expect(result.problems[0]?.message).toContain('record 1 of');
  });

  it('gives records of one text or group a group, and no other', async () => {
    const folder = await temporaryFolder({
      'a.jsonl':
        line('A', { abstract: 'The same, here.' }) +
        line('B', { group: 'alone' }) +
        line('C', { abstract: 'the SAME here' }) +
        line('D', { abstract: 'Shared.', group: 'family 1' }) +
        line('E', { abstract: 'shared' }) +
        line('F'),
    });
    const result = await run(folder, ['a.jsonl']);
    expect((await corpus(folder)).map(({ group }) => group ?? null)).toEqual([
      'A',
      'alone',
      'A',
      'family 1',
      'family 1',
      null,
    ]);
    expect(result).toMatchObject({ groups: 2, grouped: 4, sameText: 2 });
  });

  it('writes a table with a column for everything', async () => {
    const folder = await temporaryFolder({
      'a.jsonl':
        line('A', { abstract: 'Same "text", here' }) +
        line('B', { abstract: 'same text here', mine: 'x\ny' }),
    });
    await run(folder, ['a.jsonl'], { format: 'csv', out: path.join(folder, 'out', 'corpus.csv') });
    const text = await readFile(path.join(folder, 'out', 'corpus.csv'), 'utf8');
    const read = readText(text, 'corpus.csv').flatMap((one) => (one.kind === 'patent' ? one.patent : []));
    expect(
      read.map(({ id, abstract, record }) => [id, abstract?.text, record?.group, record?.extra]),
    ).toEqual([
      ['A', 'Same "text", here', 'A', {}],
      ['B', 'same text here', 'A', { mine: 'x\ny' }],
    ]);
  });

  it('keeps records whole that hold line separators', async () => {
    const title = 'one\u2028two\u2029three';
    const folder = await temporaryFolder({
      'a.jsonl': line('A', { mine: title, abstract: 'x' }) + line('B', { abstract: 'X' }),
    });
    await run(folder, ['a.jsonl']);
    expect((await corpus(folder)).map(({ mine }) => mine)).toEqual([title, undefined]);
  });

  it('of nothing is refused', async () => {
    const folder = await temporaryFolder({ 'in/none.bin': 'x' });
    expect(await failureOf(run(folder, ['in']))).toMatchObject({ code: 'corpus-empty' });
    expect(await failureOf(run(folder, ['missing.xml']))).toMatchObject({ code: 'file-not-found' });
  });

  it('does not read what it writes', async () => {
    const folder = await temporaryFolder({ 'out/a.jsonl': line('A') });
    await run(folder, ['out']);
    await run(folder, ['out'], { existing: 'overwrite' });
    expect((await corpus(folder)).map(({ id }) => id)).toEqual(['A']);
  });
});

describe('a corpus that is there', () => {
  it('is not touched without being asked', async () => {
    const folder = await temporaryFolder({ 'a.jsonl': line('A'), 'out/corpus.jsonl': 'mine' });
    expect(await failureOf(run(folder, ['a.jsonl']))).toMatchObject({ code: 'usage' });
    expect(await readFile(path.join(folder, 'out/corpus.jsonl'), 'utf8')).toBe('mine');
  });

  it('keeps its records as they are when others are added', async () => {
    const own = `{"title":"Odd order", "id":"A"}\n{"title":"No id 1"}\n{"title":"No id 2"}\n`;
    const folder = await temporaryFolder({ 'b.jsonl': line('A') + line('B'), 'out/corpus.jsonl': own });
    const result = await run(folder, ['b.jsonl'], { existing: 'append' });
    const text = await readFile(path.join(folder, 'out/corpus.jsonl'), 'utf8');
    expect(text.startsWith(own)).toBe(true);
    expect(text.slice(own.length)).toContain('"B"');
    expect(result).toMatchObject({ records: 4, added: 1, duplicateIds: 1, files: 1 });
  });

  it('is linked with what is added', async () => {
    const folder = await temporaryFolder({
      'b.jsonl': line('B', { abstract: 'Same.' }),
      'out/corpus.jsonl': line('A', { abstract: 'same' }),
    });
    await run(folder, ['b.jsonl'], { existing: 'append' });
    expect((await corpus(folder)).map(({ group }) => group)).toEqual(['A', 'A']);
  });

  it('is not added to while a record in it is broken', async () => {
    const broken = `${line('A')}{"id":\n`;
    const folder = await temporaryFolder({ 'b.jsonl': line('B'), 'out/corpus.jsonl': broken });
    expect((await failureOf(run(folder, ['b.jsonl'], { existing: 'append' }))).message).toContain(
      'Nothing can be added',
    );
    expect(await readFile(path.join(folder, 'out/corpus.jsonl'), 'utf8')).toBe(broken);
  });
});

describe('an interrupted import', () => {
  it('goes on to the same corpus wherever it was cancelled', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder({ 'a.jsonl': many(1500), 'b.jsonl': many(300, 'M') + line('N3') });
    await run(folder, ['a.jsonl', 'b.jsonl']);
    const whole = await readFile(path.join(folder, 'out/corpus.jsonl'));
    await rm(path.join(folder, 'out'), { recursive: true });
    let resumed = 0;
    for (let chance = 1; ; chance++) {
      const result = await run(folder, ['a.jsonl', 'b.jsonl'], {}, cancelAt(chance)).catch(
        (cause: unknown) => {
          expect(cause).toMatchObject({ code: 'cancelled' });
        },
      );
      if (!result) continue;
      resumed = result.resumed;
      expect(result).toMatchObject({ records: 1800, duplicateIds: 1, problemCount: 1 });
      expect(result.problems).toHaveLength(1);
      break;
    }
    expect(resumed).toBeGreaterThan(0);
    expect((await readFile(path.join(folder, 'out/corpus.jsonl'))).equals(whole)).toBe(true);
    expect(await left(folder)).toEqual(['corpus.jsonl', 'corpus.jsonl.problems.json']);
  });

  const interrupted = async (): Promise<string> => {
    const folder = await temporaryFolder({ 'a.jsonl': many(400) });
    await failureOf(run(folder, ['a.jsonl'], {}, cancelAt(1)));
    expect(await left(folder)).toContain('corpus.jsonl.partial.json');
    return folder;
  };

  it.each<[string, (folder: string) => Promise<Partial<ImportOptions>>, string]>([
    [
      'its input changed',
      async (folder) => (await writeFile(path.join(folder, 'a.jsonl'), many(401)), {}),
      'bytes now',
    ],
    [
      'its input was touched',
      async (folder) => (await utimes(path.join(folder, 'a.jsonl'), 1, 1), {}),
      'was changed since',
    ],
    [
      'the inputs are others',
      async (folder) => {
        await writeFile(path.join(folder, 'b.jsonl'), line('B'));
        return { sources: [path.join(folder, 'a.jsonl'), path.join(folder, 'b.jsonl')] };
      },
      'is a new input',
    ],
    [
      'the mapping is another',
      () => Promise.resolve({ tables: [{ header: ['x'], columns: { title: ['x'] } }] }),
      'the column mapping is another',
    ],
  ])('refuses to go on when %s, and starts anew when asked', async (_name, change, difference) => {
    const folder = await interrupted();
    const changes = await change(folder);
    const failure = await failureOf(run(folder, ['a.jsonl'], changes));
    expect(failure).toMatchObject({ code: 'usage' });
    expect(failure.message).toContain(difference);
    expect(failure.remedy).toContain('--restart');
    expect(await run(folder, ['a.jsonl'], { ...changes, restart: true })).toMatchObject({ resumed: 0 });
  });

  it.each([
    ['is damaged', (folder: string) => writeFile(path.join(folder, 'out/corpus.jsonl.partial.json'), '{')],
    [
      'speaks of more than there is',
      (folder: string) => truncate(path.join(folder, 'out/corpus.jsonl.partial'), 10),
    ],
  ])('refuses to go on when its journal %s', async (_name, damage) => {
    const folder = await interrupted();
    await damage(folder);
    expect(await failureOf(run(folder, ['a.jsonl']))).toMatchObject({ code: 'usage' });
    expect(await run(folder, ['a.jsonl'], { restart: true })).toMatchObject({ records: 400 });
  });

  it('is not joined by another one', async () => {
    const folder = await temporaryFolder({ 'a.jsonl': many(200) });
    const first = run(folder, ['a.jsonl']);
    expect(await failureOf(run(folder, ['a.jsonl']))).toMatchObject({ code: 'usage' });
    expect(await first).toMatchObject({ records: 200 });
  });

  it('into a folder that cannot be made says so', async () => {
    const folder = await temporaryFolder({ 'a.jsonl': line('A'), out: 'a file' });
    expect(await failureOf(run(folder, ['a.jsonl']))).toMatchObject({ code: 'write-failed' });
  });
});
