/** Patents out of archives: as if the archive were a folder; what is hostile or broken costs its member. */
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ARCHIVE_LIMITS } from './archive/limits.ts';
import { expandPath, readFileDocuments, readWhole } from './read-documents.ts';
import { at, makePdf } from './pdf/testing/make-pdf.ts';
import { locate, openSource, sourceStamp } from './source.ts';
import { describeOutcome, messageOf, readAll, readBytes } from './testing/reading.ts';
import { makeZip, type ZipEntry } from './testing/zip-writer.ts';

const record = (title: string): string =>
  `${JSON.stringify({ id: title, title, abstract: 'A walker ♿.' })}\n`;
const A = { name: 'a.jsonl', content: record('A1') + record('A2') };
const B = { name: 'sub/b.jsonl', content: record('B1') };

const inSep = (name: string): string => name.split('/').join(path.sep);

async function archive(bytes: Uint8Array, name = 'weekly.zip'): Promise<string> {
  return path.join(await temporaryFolder({ [name]: bytes }), name);
}

const titles = async (file: string): Promise<readonly string[]> => (await readAll(file)).map(describeOutcome);

describe('an archive', () => {
  it('reads as its members in their order, each with a path of its own', async () => {
    const file = await archive(makeZip([B, A, { name: 'sub/' }]));
    const outcomes = await readAll(file);
    expect(outcomes.map(describeOutcome)).toEqual(['B1', 'A1', 'A2']);
    expect(outcomes.map((outcome) => outcome.kind === 'patent' && outcome.patent.source)).toMatchObject([
      { file: path.join(file, 'sub', 'b.jsonl'), index: 0 },
      { file: path.join(file, 'a.jsonl'), index: 0 },
      { file: path.join(file, 'a.jsonl'), index: 1 },
    ]);
  });

  it('is opened at a member, at a folder, and inside another archive', async () => {
    const inner = makeZip([B, A]);
    const file = await archive(makeZip([A, B, { name: 'x/inner.zip', content: inner, method: 0 }]));
    expect(await titles(path.join(file, 'a.jsonl'))).toEqual(['A1', 'A2']);
    expect(await titles(path.join(file, 'sub'))).toEqual(['B1']);
    expect(await titles(path.join(file, 'x', 'inner.zip', 'sub', 'b.jsonl'))).toEqual(['B1']);
    expect(await titles(file)).toEqual(['A1', 'A2', 'B1', 'B1', 'A1', 'A2']);
    expect(await readWhole(path.join(file, 'x', 'inner.zip', 'sub', 'b.jsonl'))).toBe(B.content);
    expect(await failureOf(readWhole(file))).toMatchObject({ code: 'file-unreadable' });
  });

  it('leaves no copy of its members behind, also where the reader stops early', async () => {
    const inner = makeZip([A, B]);
    const file = await archive(makeZip([{ name: 'inner.zip', content: inner }]));
    const copies = async (): Promise<readonly string[]> =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('patent-lab-member-'));
    const before = new Set(await copies());
    for await (const outcome of readFileDocuments(file)) {
      expect(describeOutcome(outcome)).toBe('A1');
      break;
    }
    await readAll(file);
    // Others may read archives at the same time; theirs hold other members.
    expect((await copies()).filter((name) => !before.has(name))).toEqual([]);
  });

  it('passes over what is no patent by its name, and drawings beside XML', async () => {
    const others = ['a.tif', 'x.dtd', 'README.md', '__MACOSX/a.jsonl', '.hidden.jsonl', 'labels.jsonl'];
    const xml = { name: 'doc/a.xml', content: '<p/>' };
    const outcomes = await readAll(
      await archive(
        makeZip([...others.map((name) => ({ name })), A, xml, { name: 'doc/a.pdf', content: '%PDF-1.4' }]),
      ),
    );
    expect(outcomes.map(describeOutcome)).toEqual(['A1', 'A2', 'not-a-patent']);
    const [none] = await readAll(await archive(makeZip(others.slice(0, 2).map((name) => ({ name })))));
    expect(messageOf(none)).toContain('holds no file that could be a patent (1 tif, 1 dtd)');
  });

  it('may hold what is no text, which reads as it does outside', async () => {
    const climbs = 'A fictitious wheelchair with legs that climbs stairs.';
    const bytes = makePdf({
      pages: [at(72, 700, 'Wheelchair') + at(72, 670, 'ABSTRACT') + at(72, 650, climbs)],
    });
    const pdf = await archive(bytes, 'a.pdf');
    const file = await archive(makeZip([{ name: 'x/a.pdf', content: bytes }]));
    const [outside, inside] = [await readAll(pdf), await readAll(file)];
    expect(inside.map(describeOutcome)).toEqual(outside.map(describeOutcome));
    expect(inside).toMatchObject([{ patent: { source: { file: path.join(file, 'x', 'a.pdf') } } }]);
    expect(await readWhole(path.join(file, 'x', 'a.pdf'))).toBe(await readWhole(pdf));
  });

  it('may be gzip, of a single member named without .gz', async () => {
    const file = await archive(gzipSync(A.content), 'corpus.jsonl.gz');
    const [first] = await readAll(file);
    expect(first).toMatchObject({ patent: { id: 'A1', source: { file: path.join(file, 'corpus.jsonl') } } });
    expect(await titles(path.join(file, 'corpus.jsonl'))).toEqual(['A1', 'A2']);
    expect(await titles(path.join(file, 'other.jsonl'))).toEqual(['file-not-found']);
    const joined = await archive(Buffer.concat([gzipSync(A.content), gzipSync(B.content)]), 'two.jsonl.gz');
    expect(await titles(joined)).toEqual(['A1', 'A2', 'B1']);
    const zipped = await archive(makeZip([{ name: 'c.jsonl.gz', content: gzipSync(A.content) }]));
    expect(await titles(zipped)).toEqual(['A1', 'A2']);
  });

  it.each([
    ['UTF-8', { name: 'ä/专利.jsonl' }, 'ä/专利.jsonl'],
    ['CP437', { name: Buffer.from([0x84, ...Buffer.from('.jsonl')]) }, 'ä.jsonl'],
    ['backslashes', { name: 'sub\\c.jsonl' }, 'sub/c.jsonl'],
    ['empty parts', { name: './sub//c.jsonl' }, 'sub/c.jsonl'],
  ])('may name members with %s', async (_what, entry, expected) => {
    const file = await archive(makeZip([{ ...entry, content: A.content }]));
    const [first] = await readAll(file);
    expect(first).toMatchObject({ patent: { source: { file: file + path.sep + inSep(expected) } } });
    expect(await titles(path.join(file, ...expected.split('/')))).toEqual(['A1', 'A2']);
  });

  it.each<[string, Partial<ZipEntry>]>([
    ['stored', { method: 0 }],
    ['with sizes behind the data', { descriptor: true }],
    ['with 64-bit sizes', { zip64: true }],
  ])('may hold members %s', async (_what, entry) => {
    expect(await titles(await archive(makeZip([{ ...A, ...entry }])))).toEqual(['A1', 'A2']);
  });

  it('is known by its content, not by its name', async () => {
    expect((await readBytes('a.xml', makeZip([A]))).map(describeOutcome)).toEqual(['A1', 'A2']);
    expect((await readBytes('a.zip', Buffer.from(A.content))).map(describeOutcome)).toEqual(['A1', 'A2']);
  });

  it.each(['a.pdf', 'a.xlsx', 'a.parquet'])('of XML is read although it is called %s', async (name) => {
    const xml = Buffer.from('\ufeff<?xml version="1.0"?><ep-patent-document><SDOBI>');
    expect(await readBytes(name, xml)).toMatchObject([{ error: { code: 'xml-truncated' } }]);
  });

  it.each(['a.pdf', 'a.xlsx', 'a.parquet'])('is not what %s claims to be', async (name) => {
    const [outcome] = await readBytes(name, Buffer.from(A.content));
    expect(outcome).toMatchObject({
      kind: 'failure',
      error: { place: { file: expect.stringContaining(name) } },
    });
  });

  it('is no office document', async () => {
    const word = makeZip([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }]);
    expect(messageOf((await readBytes('a.docx', word))[0])).toContain('office document');
  });
});

describe('a member that cannot be read costs only itself', () => {
  it.each<[string, ZipEntry, string]>([
    ['climbs out', { name: '../../a.jsonl' }, 'leads out of the archive'],
    ['climbs out with backslashes', { name: 'x\\..\\..\\a.jsonl' }, 'leads out of the archive'],
    ['is absolute', { name: '/etc/a.jsonl' }, 'absolute path'],
    ['is on a drive', { name: 'C:\\a.jsonl' }, 'absolute path'],
    ['has control characters', { name: 'a\u001b[2J.jsonl' }, 'control characters'],
    ['is a link', { name: 'l.jsonl', mode: 0o120777, content: '/etc/passwd' }, 'symbolic link'],
    ['is encrypted', { name: 'e.jsonl', flags: 1 }, 'encrypted'],
    ['has the name of another', { name: 'b.jsonl', content: A.content }, 'twice'],
    ['is Deflate64', { name: 'm.jsonl', method: 9 }, 'Deflate64'],
    ['is LZMA', { name: 'm.jsonl', method: 14 }, 'LZMA'],
    ['is compressed in an unknown way', { name: 'm.jsonl', method: 77 }, 'method 77'],
    ['has a wrong checksum', { name: 'c.jsonl', content: '{}', crc: 1 }, 'checksum is wrong'],
    [
      'is longer than stated',
      { name: 's.jsonl', content: '{}\n'.repeat(9), size: 9 },
      'longer than the 9 bytes',
    ],
    ['is shorter than stated', { name: 's.jsonl', content: '{}\n', size: 9 }, 'has 3 bytes'],
    ['is stored with two sizes', { name: 's.jsonl', method: 0, content: '{}', size: 9 }, 'contradict'],
    ['would be huge', { name: 'h.jsonl', zip64: true, size: 2 ** 50 }, 'would unpack to'],
    ['stands nowhere', { name: 'n.jsonl', content: '{}', offset: 3 }, 'place in the archive is damaged'],
    ['is no Deflate data', { name: 'd.jsonl', content: 'nonsense', method: 0 }, ''],
  ])('one that %s', async (_what, entry, reason) => {
    const before = { name: 'b.jsonl', content: record('B1') };
    const file = await archive(makeZip([before, entry, A]));
    const outcomes = await readAll(file);
    expect(outcomes[0]).toMatchObject({ patent: { id: 'B1' } });
    expect(outcomes.slice(-2).map(describeOutcome)).toEqual(['A1', 'A2']);
    const failures = outcomes.filter(({ kind }) => kind === 'failure');
    const said = messageOf(failures.at(-1));
    expect(said).toContain(reason);
    if (reason !== '') expect(said).toContain(`${file}, member `);
  });

  it('one whose data is damaged', async () => {
    const bytes = makeZip([{ ...A, content: record('A1').repeat(500) }, B]);
    bytes.fill(0xff, 60, 90);
    const file = await archive(bytes);
    const outcomes = await readAll(file);
    expect(outcomes.map(messageOf)).toContainEqual(
      `${file}, member a.jsonl: Its compressed data is damaged or ends too early.`,
    );
    expect(outcomes.at(-1)).toMatchObject({ patent: { id: 'B1' } });
  });

  it('one that is cut off inside a document loses that document', async () => {
    const xml = '<?xml version="1.0"?>\n<us-patent-grant><a>cut';
    const outcomes = await readAll(await archive(makeZip([{ name: 'a.xml', content: xml }, B])));
    expect(outcomes.map(describeOutcome)).toEqual(['xml-truncated', 'B1']);
  });
});

describe('an archive that is hostile or broken is refused by name', () => {
  const zeros = Buffer.alloc(32 * 1024 * 1024);
  const small = { ...ARCHIVE_LIMITS, members: 3, depth: 1, copyBytes: 100, memberBytes: 1000 };

  async function messages(file: string, limits = ARCHIVE_LIMITS): Promise<string[]> {
    const said: string[] = [];
    for await (const part of openSource(file, file, { limits })) {
      try {
        if (part.kind === 'failure') throw part.error;
        for await (const chunk of part.text.chunks()) expect(chunk.length).toBeGreaterThanOrEqual(0);
        if (part.text.brokenBy() !== undefined) throw part.text.brokenBy();
        said.push('read');
      } catch (cause) {
        said.push(cause instanceof Error ? cause.message : String(cause));
      }
    }
    return said;
  }

  it('a bomb of one member, zipped or gzipped', async () => {
    const zip = await archive(makeZip([{ name: 'a.jsonl', content: zeros }]));
    expect(await messages(zip)).toEqual([
      expect.stringContaining(`${zip}, member a.jsonl: It unpacks to more than 250 times its size`),
    ]);
    const gzip = await archive(gzipSync(zeros), 'a.jsonl.gz');
    expect(await messages(gzip)).toEqual([expect.stringContaining('member a.jsonl: It unpacks to more')]);
  });

  it('a bomb whose members share their data', async () => {
    const entries = Array.from({ length: 50 }, (_, i) => ({
      name: `${i}.jsonl`,
      content: A.content,
      offset: 0,
    }));
    const bytes = makeZip(
      entries.map((entry, i) => (i === 0 ? entry : { ...entry, content: '', packedSize: 1000 })),
    );
    expect(await messages(await archive(bytes))).toEqual([expect.stringContaining('overlap')]);
  });

  it('archives in archives in archives', async () => {
    let bytes = makeZip([A]);
    for (let level = 0; level < 4; level++) bytes = makeZip([{ name: `${level}.zip`, content: bytes }]);
    expect(await messages(await archive(bytes))).toEqual([expect.stringContaining('3 deep')]);
    const quine = gzipSync(gzipSync(gzipSync(gzipSync('x'))));
    expect(await messages(await archive(quine, 'x.gz'))).toEqual([expect.stringContaining('3 deep')]);
  });

  it('more members, longer ones, larger copies than allowed', async () => {
    const many = Array.from({ length: 4 }, (_, i) => ({ name: `${i}.jsonl`, content: 'x' }));
    expect(await messages(await archive(makeZip(many)), small)).toEqual([
      expect.stringContaining('4 members'),
    ]);
    const long = makeZip([{ name: 'a.jsonl', content: 'x'.repeat(2000) }]);
    expect(await messages(await archive(long), small)).toEqual([
      expect.stringContaining('would unpack to 2000'),
    ]);
    expect(await messages(await archive(gzipSync('x'.repeat(2000)), 'a.gz'), small)).toEqual([
      expect.stringContaining('longer than 1000'),
    ]);
    const inner = makeZip([{ name: 'i.zip', content: makeZip([A]), method: 0 }]);
    expect(await messages(await archive(inner), { ...small, depth: 3 })).toEqual([
      expect.stringContaining('the most that is copied out'),
    ]);
  });

  it('one that is cut off at any byte, or ends with something else', async () => {
    const whole = makeZip([A, B]);
    const file = await archive(whole);
    for (let length = 4; length < whole.length; length += 7) {
      await writeFile(file, whole.subarray(0, length));
      expect((await messages(file)).join()).toContain(`${file}: The archive is damaged or incomplete`);
    }
  });

  it('a gzip file that is cut off keeps what came before', async () => {
    const bytes = gzipSync(Array.from({ length: 5000 }, (_, i) => record(`R${i}`)).join(''));
    const outcomes = await readAll(await archive(bytes.subarray(0, bytes.length - 9), 'a.jsonl.gz'));
    expect(outcomes.length).toBeGreaterThan(1000);
    expect(messageOf(outcomes.at(-1))).toContain(
      'a.jsonl.gz, member a.jsonl: Its compressed data is damaged',
    );
  });
});

describe('a path into an archive', () => {
  it('is found where the archive is a file', async () => {
    const file = await archive(makeZip([A, B]));
    const member = path.join(file, 'sub', 'b.jsonl');
    expect(await locate(member)).toEqual({ file, inside: ['sub', 'b.jsonl'] });
    expect(await expandPath(member)).toEqual([member]);
    expect(await sourceStamp(member)).toBe(await sourceStamp(file));
    const stamp = await sourceStamp(file);
    await writeFile(file, makeZip([A]));
    expect(await sourceStamp(member)).not.toBe(stamp);
    expect(await sourceStamp(path.join(path.dirname(file), 'nothing'))).toBe('');
  });

  it('that leads nowhere names archive and member', async () => {
    const file = await archive(makeZip([A]));
    const [outcome] = await readAll(path.join(file, 'sub', 'x.xml'));
    expect(messageOf(outcome)).toBe(`${file} has no member sub/x.xml.`);
    expect(await titles(path.join(file, 'a.jsonl', 'x'))).toEqual(['file-unreadable']);
    expect(await failureOf(locate(path.join(path.dirname(file), 'x.zip', 'y')))).toMatchObject({
      code: 'file-not-found',
    });
  });
});
