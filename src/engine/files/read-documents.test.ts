/** Reading files and folders: any encoding stated, any failure named, the memory of one document. */
import { makeZip } from './testing/zip-writer.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { resumePoint } from '../../core/patent/formats.ts';
import { appendFile, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { expandPath, globFiles, readFileDocuments } from './read-documents.ts';
import { describeOutcome, messageOf, readAll, readBytes } from './testing/reading.ts';

const TEXT = 'Stair-climbing wheelchair — naïve ♿️\n\nAbstract\n\nA wheelchair with “legs” climbs stairs.\n';
const RECORD = { id: 'A1', title: 'Façade walker', abstract: 'A walker ♿.' };

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16, big end first', utf16be(`\ufeff${TEXT}`)],
  ])('%s reads the same, with places as an editor counts them', async (_name, bytes) => {
    const [outcome] = await readBytes('wheelchair.txt', bytes);
    if (outcome?.kind !== 'patent') throw new Error('expected a patent');
    const { title, abstract, source } = outcome.patent;
    expect(title?.text).toBe('Stair-climbing wheelchair — naïve ♿️');
    expect(abstract?.text).toBe('A wheelchair with “legs” climbs stairs.');
    expect(TEXT.slice(abstract?.span.start, abstract?.span.end)).toBe(abstract?.text);
    expect(source.span.end).toBeLessThanOrEqual(TEXT.length);
  });

  it('may cut a character at the border of two reads', async () => {
    const filler = `${JSON.stringify({ ...RECORD, id: 'filler', abstract: 'x'.repeat(262_144 - 70) })}\n`;
    const folder = await temporaryFolder();
    for (let shift = 0; shift < 6; shift++) {
      const content = filler.replace('xx', 'x'.repeat(2 + shift)) + '♿'.repeat(20);
      await writeFiles(folder, {
        'c.jsonl': `${content.slice(0, -20)}{"id":"B","title":"${'♿'.repeat(20)}"}\n`,
      });
      const outcomes = await readAll(path.join(folder, 'c.jsonl'));
      expect(outcomes.map(describeOutcome)).toEqual(['Façade walker', '♿'.repeat(20)]);
    }
  });

  /** `¤` stands where the invalid bytes are. */
  it.each([
    ['a byte that no text has', `${TEXT}Two ¤Three`, [0xff], 'line 6, column 5'],
    ['one letter in Latin-1', `na¤ve ${TEXT}`, [0xef], 'line 1, column 3'],
    ['a surrogate spelled in UTF-8', `♿¤${TEXT}`, [0xed, 0xa0, 0x80], 'line 1, column 2'],
    ['an overlong slash', `${TEXT}a¤`, [0xc0, 0xaf], 'line 6, column 2'],
    ['a character cut off at the end', `${TEXT}${'a\r\n'.repeat(9)}b¤`, [0xe2, 0x99], 'line 15, column 2'],
    ['one far behind', `${TEXT}${`${'x '.repeat(50)}\n`.repeat(6000)}ab¤c`, [0xfe], 'line 6006, column 3'],
  ])('%s is refused with its place', async (_name, text, invalid, place) => {
    const [before = '', after = ''] = text.split('¤');
    const bytes = Buffer.concat([Buffer.from(before), Buffer.from(invalid), Buffer.from(after)]);
    const outcomes = await readBytes('wheelchair.txt', bytes);
    expect(outcomes.map(describeOutcome)).toEqual(['encoding-invalid']);
    expect(outcomes).toMatchObject([{ error: { place: { offset: before.length } } }]);
    expect(messageOf(outcomes[0])).toContain(`wheelchair.txt, ${place}: `);
    expect(messageOf(outcomes[0])).toContain('UTF-8');
  });

  it.each([
    ['an odd byte at the end', [0x41], 'line 6, column 1'],
    ['half a surrogate pair', [0x00, 0xd8, 0x41, 0x00], 'line 6, column 1'],
  ])('UTF-16 with %s is refused with its place', async (_name, invalid, place) => {
    const bytes = Buffer.concat([Buffer.from(`\ufeff${TEXT}`, 'utf16le'), Buffer.from(invalid)]);
    const outcomes = await readBytes('wheelchair.txt', bytes);
    expect(outcomes.map(describeOutcome)).toEqual(['encoding-invalid']);
    expect(messageOf(outcomes[0])).toContain(`wheelchair.txt, ${place}: `);
    expect(messageOf(outcomes[0])).toContain('UTF-16LE');
  });

  it('cost only the document that is wrong', async () => {
    const line = (id: string): string => `${JSON.stringify({ ...RECORD, id })}\n`;
    const latin1 = Buffer.from(line('B').replaceAll('♿', ''), 'latin1');
    const outcomes = await readBytes(
      'corpus.jsonl',
      Buffer.concat([Buffer.from(line('A')), latin1, Buffer.from(line('C')), latin1, Buffer.from(line('D'))]),
    );
    expect(outcomes.map(describeOutcome)).toEqual([
      'Façade walker',
      'encoding-invalid',
      'Façade walker',
      'encoding-invalid',
      'Façade walker',
    ]);
    expect(outcomes[3]).toMatchObject({ index: 3, error: { place: { line: 4, column: 22 } } });
  });

  it('that are wrong in many places are refused in few', async () => {
    const outcomes = await readBytes(
      'wheelchair.txt',
      Buffer.concat([
        Buffer.from('♿'.repeat(9000)),
        ...Array.from({ length: 2000 }, () => Buffer.from([65, 0xff])),
      ]),
    );
    expect(outcomes.map(describeOutcome)).toEqual(['encoding-invalid']);
  });

  it('may hold replacement characters', async () => {
    const [outcome] = await readBytes(
      'corpus.jsonl',
      Buffer.from(JSON.stringify({ id: 'A', title: 'a\ufffdb' })),
    );
    expect(outcome && describeOutcome(outcome)).toBe('a\ufffdb');
  });

  it('lose one record at most when the file is cut at any byte', async () => {
    const lines = ['A', 'B'].map((id) => `${JSON.stringify({ ...RECORD, id })}\n`);
    const whole = Buffer.from(lines.join(''));
    const first = Buffer.byteLength(lines[0] ?? '');
    for (let length = first; length < whole.length; length++) {
      const [a, b, ...more] = await readBytes('corpus.jsonl', whole.subarray(0, length));
      expect(a?.kind).toBe('patent');
      expect(more).toEqual([]);
      if (length === first) expect(b).toBeUndefined();
      else if (length === whole.length - 1) expect(b?.kind).toBe('patent');
      else
        expect(b).toMatchObject({ kind: 'failure', error: { code: 'record-malformed', place: { line: 2 } } });
    }
  });
});

describe('a file that cannot be read', () => {
  it('is a failure that names it: it is missing', async () => {
    const [outcome] = await readAll('/nowhere/wheelchair.xml');
    expect(outcome).toMatchObject({
      kind: 'failure',
      error: { code: 'file-not-found', place: { file: '/nowhere/wheelchair.xml' } },
    });
  });

  it('is a failure that names it: it is a folder', async () => {
    const folder = await temporaryFolder();
    const outcomes = await readAll(folder);
    expect(outcomes).toMatchObject([
      { kind: 'failure', error: { code: 'file-unreadable', place: { file: folder } } },
    ]);
  });

  it.each([
    ['nothing', '', 'file-empty'],
    ['blanks', ' \n\n', 'file-empty'],
    ['zero bytes', '\0'.repeat(1000), 'unknown-format'],
  ])('is a failure that names it: it holds %s', async (_name, content, code) => {
    const outcomes = await readBytes('wheelchair.txt', Buffer.from(content));
    expect(outcomes).toMatchObject([{ kind: 'failure', error: { code } }]);
  });
});

describe('a folder', () => {
  it('stands for its patent files, sorted, without what no analyst put there', async () => {
    const folder = await temporaryFolder({
      'b.txt': '',
      'a/z.XML': '',
      'a/b.jsonl': '',
      'B.Csv': '',
      'ä/ü.md': '',
      'a.pdf': '',
      'a.tif': '',
      'a/week.ZIP': '',
      readme: '',
      '.hidden/x.xml': '',
      'node_modules/package/readme.md': '',
      'a/node_modules/package/readme.md': '',
      '.patent-lab/classifiers/default/CARD.md': '',
      '.git/x.txt': '',
    });
    await mkdir(path.join(folder, 'folder.xml'));
    const files = await expandPath(folder);
    expect(files).toEqual(
      ['B.Csv', 'a.pdf', 'a/b.jsonl', 'a/week.ZIP', 'a/z.XML', 'b.txt', 'ä/ü.md'].map((name) =>
        path.join(folder, ...name.split('/')),
      ),
    );
  });

  it('is read even where its own place looks like one to pass over', async () => {
    const folder = await temporaryFolder({ 'node_modules/mine/a.xml': '', '.patent-lab/b.xml': '' });
    const inside = path.join(folder, 'node_modules', 'mine');
    expect(await expandPath(inside)).toEqual([path.join(inside, 'a.xml')]);
  });

  it('may have a name that looks like a pattern', async () => {
    const folder = await temporaryFolder({ '[a] {b,c} (d)!/x*.xml': '' });
    const inside = path.join(folder, '[a] {b,c} (d)!');
    expect(await expandPath(inside)).toEqual([path.join(inside, 'x*.xml')]);
  });

  it('that links to itself comes to an end', async () => {
    const folder = await temporaryFolder({ 'a/x.xml': '' });
    await symlink(folder, path.join(folder, 'a', 'again'));
    expect(await expandPath(folder)).toContain(path.join(folder, 'a', 'x.xml'));
  });

  it('that is missing is an error that names it', async () => {
    expect(await failureOf(expandPath('/nowhere'))).toMatchObject({
      code: 'file-not-found',
      place: { file: '/nowhere' },
    });
  });

  it('of a configuration is searched for exactly the patterns it states', async () => {
    const folder = await temporaryFolder({ 'corpus/a.jsonl': '', 'corpus/B.JSONL': '', 'other/c.jsonl': '' });
    expect(await globFiles(folder, ['corpus/**/*.jsonl'])).toEqual([path.join(folder, 'corpus', 'a.jsonl')]);
  });
});

describe('a huge file', () => {
  const MEGABYTE = 1024 * 1024;

  /** Begins with `head`, ends with `tail`, and is a hole between, which takes no room on the disk. */
  async function withHole(name: string, size: number, head: string, tail = ''): Promise<string> {
    const file = path.join(await temporaryFolder({ [name]: head }), name);
    await truncate(file, size * MEGABYTE);
    await appendFile(file, tail);
    return file;
  }

  it('that is one endless text is refused', async () => {
    const outcomes = await readAll(await withHole('endless.txt', 68, TEXT.repeat(1000)));
    expect(outcomes.map(describeOutcome)).toEqual(['file-too-large']);
  });

  it('of a hundred gigabytes that is no text is refused at its beginning', async () => {
    const outcomes = await readAll(await withHole('hole.xml', 100_000, ''));
    expect(outcomes.map(describeOutcome)).toEqual(['unknown-format']);
  });

  it('with a record that never ends loses this record alone', async () => {
    const record = `${JSON.stringify(RECORD)}\n`;
    const outcomes = await readAll(await withHole('corpus.jsonl', 68, record.repeat(2000), `\n${record}`));
    expect(outcomes).toHaveLength(2002);
    expect(outcomes.slice(-3).map(describeOutcome)).toEqual([
      'Façade walker',
      'file-too-large',
      'Façade walker',
    ]);
    expect(outcomes[2000]).toMatchObject({ error: { place: { line: 2001, column: 1 } } });
  });

  it('of records is read piece by piece, not before it is needed', async () => {
    const record = `${JSON.stringify({ ...RECORD, description: 'x'.repeat(60_000) })}\n`;
    const folder = await temporaryFolder({ 'corpus.jsonl': record.repeat(300) });
    const file = path.join(folder, 'corpus.jsonl');
    let count = 0;
    for await (const outcome of readFileDocuments(file)) {
      // What was not read when the first record came is gone.
      if (count++ === 0) await truncate(file, 0);
      expect(outcome.kind === 'patent' || count < 30).toBe(true);
    }
    expect(count).toBeLessThan(30);
  });
});

describe('reading on', () => {
  const record = (id: string): string => `${JSON.stringify({ id, title: `Fictitious ${id}` })}\n`;
  const all = async (file: string, options = {}): Promise<ReadOutcome[]> => {
    const found: ReadOutcome[] = [];
    for await (const outcome of readFileDocuments(file, file, options)) found.push(outcome);
    return found;
  };

  it('tells the same from any document on, without reading those before it', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'weekly.zip');
    const first = `{"broken\n${record('A')}{"again\n${record('B')}`;
    const members = [first, record('C') + record('D')];
    await writeFile(file, makeZip(members.map((content, at) => ({ name: `${at}.jsonl`, content }))));
    const whole = await all(file);
    expect(whole).toHaveLength(6);
    for (const [at, outcome] of whole.entries()) {
      const point = outcome.kind === 'patent' ? resumePoint(outcome.patent) : undefined;
      if (outcome.kind !== 'patent' || point === undefined) continue;
      const from = { ...point, file: outcome.patent.source.file };
      expect(await all(file, { from })).toEqual(whole.slice(at));
    }
    const gone = await all(file, { from: { offset: 0, index: 0, file: `${file}/gone.jsonl` } });
    expect(gone).toMatchObject([{ kind: 'failure', error: { code: 'file-unreadable' } }]);
  });

  it('tells how much of an archive is read by its packed bytes', async () => {
    const file = path.join(await temporaryFolder(), 'weekly.zip');
    const content = Array.from({ length: 5000 }, (_, at) => record(`N${at}`)).join('');
    const bytes = makeZip([
      { name: 'a.jsonl', content },
      { name: 'b.jsonl', content: content.replaceAll('N', 'M') },
    ]);
    await writeFile(file, bytes);
    const told: number[] = [];
    await all(file, { onRead: (read: number) => told.push(read) });
    expect(told.at(-1)).toBeGreaterThan(0.9 * bytes.length);
    expect(Math.max(...told)).toBeLessThanOrEqual(bytes.length);
  });
});
