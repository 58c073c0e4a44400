/**
 * Reading bulk files: a weekly file of 7,000 US grants, plain and zipped, read into patents, against a plain streaming
 * pass of the same XML parser (saxes) over the same bytes that builds nothing. The pass is what any reader must at
 * least do; what reading costs beyond it is cutting documents, building trees, cleaning text and keeping maps to the
 * source. Each pass runs in a process of its own, so that its memory is its own; the two take turns, part by part.
 * Behind it, megabytes a second by format over the real samples.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { crc32, createDeflateRaw } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { globFiles, readFileDocuments } from '../src/engine/files/read-documents.ts';
import { sharedData } from './lib/places.ts';
import { printMachine, show, spread } from './lib/rounds.ts';

const DOCUMENTS = Number(process.env['PATENT_LAB_BENCH_DOCUMENTS'] ?? 7000);
/** Turns over a tenth of the file, before each is run once over the whole. */
const TURNS = 5;
const MEGABYTE = 1e6;

type Pass = 'ours' | 'saxes';

interface Measured {
  readonly seconds: number;
  readonly documents: number;
  /** Megabytes at their peak: resident set and JavaScript heap. */
  readonly rss: number;
  readonly heap: number;
}

const [, , pass, file] = process.argv;
if (pass !== undefined && file !== undefined) await measureHere(pass as Pass, file);
else await compare();

/** In the child: runs one pass and tells the parent. */
async function measureHere(which: Pass, of: string): Promise<void> {
  let heap = 0;
  const look = (): void => {
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 20);
  const started = performance.now();
  const documents = await (which === 'ours' ? readOurs : parseOnly)(of, look);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(timer);
  const rss = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
  process.send?.({ seconds, documents, rss, heap: heap / MEGABYTE } satisfies Measured);
}

async function readOurs(of: string, look: () => void, failures = false): Promise<number> {
  let documents = 0;
  for await (const outcome of readFileDocuments(of)) {
    if (outcome.kind === 'failure' && !failures) throw outcome.error;
    if (documents++ % 50 === 0) look();
  }
  return documents;
}

/** The documents stand one after another, so a parser ends and the next begins at each XML declaration. */
async function parseOnly(of: string, look: () => void): Promise<number> {
  const DECLARATION = '<?xml ';
  let parser = newParser();
  let documents = 0;
  let held = '';
  let chunks = 0;
  for await (const chunk of createReadStream(of, {
    encoding: 'utf8',
    highWaterMark: 1 << 18,
  }) as AsyncIterable<string>) {
    held += chunk;
    for (let at = held.indexOf(DECLARATION, 1); at !== -1; at = held.indexOf(DECLARATION, 1)) {
      parser.write(held.slice(0, at)).close();
      documents++;
      parser = newParser();
      held = held.slice(at);
    }
    // Kept back: a declaration that is still arriving, and the one at the start.
    const safe = held.length - DECLARATION.length;
    if (safe > DECLARATION.length) {
      parser.write(held.slice(0, safe));
      held = held.slice(safe);
      if (held.startsWith(DECLARATION)) held = ` ${held}`;
    }
    if (chunks++ % 20 === 0) look();
  }
  parser.write(held).close();
  return documents + 1;
}

function newParser(): SaxesParser {
  const parser = new SaxesParser();
  parser.on('opentag', () => undefined);
  parser.on('closetag', () => undefined);
  parser.on('text', () => undefined);
  parser.on('error', (error) => {
    throw error;
  });
  return parser;
}

async function measured(which: Pass, of: string): Promise<Measured> {
  const child = fork(fileURLToPath(import.meta.url), [which, of], { execArgv: [] });
  const [result] = (await once(child, 'message')) as [Measured];
  if (child.exitCode === null) await once(child, 'exit');
  return result;
}

async function compare(): Promise<void> {
  printMachine();
  const sample = sharedData('documents', 'uspto-bulk', 'ipg130416.small.xml');
  if (sample === undefined) return;
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    await compareIn(folder, sample);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  await byFormat();
}

async function compareIn(folder: string, sample: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = 1.5 * (DOCUMENTS / 25) * (await stat(sample)).size;
  if (bavail * bsize < needed) {
    console.log(`Skipped: ${folder} has no room for ${(needed / MEGABYTE).toFixed(0)} MB.`);
    return;
  }
  const [part, whole, zipped] = ['part.xml', 'weekly.xml', 'weekly.zip'].map((name) =>
    path.join(folder, name),
  );
  if (part === undefined || whole === undefined || zipped === undefined) return;
  await writeWeekly(sample, part, DOCUMENTS / 10);
  await writeWeekly(sample, whole, DOCUMENTS);
  await zipOne(whole, zipped);
  const megabytes = async (of: string): Promise<number> => (await stat(of)).size / MEGABYTE;
  const [size, partSize] = [await megabytes(whole), await megabytes(part)];
  console.log(
    `${DOCUMENTS} documents, ${size.toFixed(0)} MB, ${(await megabytes(zipped)).toFixed(0)} MB zipped; MB/s by bytes of XML`,
  );

  const turns: Record<Pass, number[]> = { ours: [], saxes: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    const order: readonly Pass[] = turn % 2 === 0 ? ['ours', 'saxes'] : ['saxes', 'ours'];
    for (const which of order) turns[which].push((await measured(which, part)).seconds);
  }
  const ratios = turns.ours.map((time, turn) => time / (turns.saxes[turn] ?? Number.NaN));
  console.log(`a tenth of it, ${TURNS} turns:`);
  console.log(
    `  ours   ${show(
      turns.ours.map((time) => partSize / time),
      1,
    )} MB/s`,
  );
  console.log(
    `  saxes  ${show(
      turns.saxes.map((time) => partSize / time),
      1,
    )} MB/s`,
  );
  console.log(`  ours takes ${show(ratios)} times as long as parsing alone`);

  console.log('the whole, once each:');
  const line = (name: string, result: Measured): void => {
    console.log(
      `  ${name.padEnd(12)} ${(size / result.seconds).toFixed(1)} MB/s, ${(result.documents / result.seconds).toFixed(0)} documents/s,` +
        ` ${result.seconds.toFixed(1)} s; peak ${result.rss.toFixed(0)} MB resident, ${result.heap.toFixed(0)} MB heap`,
    );
  };
  const ours = await measured('ours', whole);
  line('ours', ours);
  const peer = await measured('saxes', whole);
  line('saxes', peer);
  line('ours, zipped', await measured('ours', zipped));
  console.log(`  ours takes ${(ours.seconds / peer.seconds).toFixed(2)} times as long as parsing alone`);
}

/** Repeats the sample until a file has so many documents. */
async function writeWeekly(sample: string, to: string, documents: number): Promise<void> {
  const bytes = await readFile(sample);
  const text = bytes[bytes.length - 1] === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]);
  const count = bytes.toString('latin1').split('<?xml ').length - 1;
  const out = createWriteStream(to);
  for (let written = 0; written < documents; written += count) await write(out, text);
  out.end();
  await once(out, 'close');
}

async function write(out: WriteStream, bytes: Buffer): Promise<void> {
  if (!out.write(bytes)) await once(out, 'drain');
}

/** A zip archive of one file, its data streamed; the fields are those of the format's base version. */
async function zipOne(from: string, to: string): Promise<void> {
  const name = Buffer.from(path.basename(from));
  const data = `${to}.data`;
  let crc = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
  };
  await pipeline(Readable.from(counted()), createDeflateRaw({ level: 6 }), createWriteStream(data));
  const [{ size }, { size: packed }] = [await stat(from), await stat(data)];
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.alloc(2), name]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, Buffer.alloc(16), name]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + packed, 16);
  await writeFile(to, local);
  await pipeline(createReadStream(data), createWriteStream(to, { flags: 'a' }));
  await writeFile(to, Buffer.concat([central, end]), { flag: 'a' });
  await rm(data);
}

/** Megabytes a second by format, the real samples read again and again for half a second. */
async function byFormat(): Promise<void> {
  const documents = sharedData('documents');
  const corpora = [sharedData('health64', 'corpus.jsonl'), sharedData('llm-abstracts', 'llama2-a61b.csv')];
  if (documents === undefined) return;
  const files = [...(await globFiles(documents, ['**/*'])), ...corpora.flatMap((found) => found ?? [])];
  const byKind = new Map<string, { file: string; size: number }[]>();
  for (const sample of files) {
    for await (const outcome of readFileDocuments(sample)) {
      if (outcome.kind === 'patent') {
        const known = byKind.get(outcome.patent.format) ?? [];
        byKind.set(outcome.patent.format, [...known, { file: sample, size: (await stat(sample)).size }]);
      }
      break;
    }
  }
  console.log('by format, in this process:');
  for (const [format, samples] of [...byKind].sort(([a], [b]) => a.localeCompare(b))) {
    const rates: number[] = [];
    for (const began = performance.now(); performance.now() - began < 1500;) {
      const started = performance.now();
      let bytes = 0;
      for (const sample of samples) {
        await readOurs(sample.file, () => undefined, true);
        bytes += sample.size;
      }
      rates.push(bytes / MEGABYTE / ((performance.now() - started) / 1000));
    }
    const { median } = spread(rates);
    console.log(`  ${format.padEnd(10)} ${median.toFixed(1)} MB/s (${samples.length} files)`);
  }
}
