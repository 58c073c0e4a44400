/**
 * Damaged files without end, by seed: reading must end with documents or named errors, whatever the bytes. Runs for
 * PATENT_LAB_FUZZ_SECONDS (60) from PATENT_LAB_FUZZ_SEED (the day) and says what it found, so that a finding can be
 * repeated. Unlike the other benchmarks this one can fail.
 */
import { copyFile, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../src/core/random.ts';
import {
  archivesOf,
  damaged,
  readingProblem,
  samplesBelow,
  spreadsheet,
  type FuzzSample,
} from '../src/engine/files/testing/fuzz.ts';
import { keptFolder, root, sharedData } from './lib/places.ts';
import { printMachine, spread } from './lib/rounds.ts';

const SECONDS = Number(process.env['PATENT_LAB_FUZZ_SECONDS'] ?? 60);
const SEED = Number(process.env['PATENT_LAB_FUZZ_SEED'] ?? Math.floor(Date.now() / 86_400_000));
/** Of every file as many bytes; now and then long documents matter. */
const LONGEST = 300_000;
/** Every so many files a PDF, which takes long; 1 for PDFs alone. */
const PDF_EVERY = Number(process.env['PATENT_LAB_FUZZ_PDF_EVERY'] ?? 50);
/** A file of this length that takes longer is a finding. */
const MOST_SECONDS = 10;

printMachine();
// PDFs are read by a thread of its own, which is looked for beside the program, and a benchmark runs as a bundle.
const thread = path.join(root, 'src', 'engine', 'files', 'pdf', 'pdf-thread.mjs');
await copyFile(thread, fileURLToPath(new URL('./pdf-thread.mjs', import.meta.url)));
const documents = sharedData('documents');
const made = path.join(root, 'src', 'engine', 'files', 'pdf', 'testing');
const folders = [path.join(root, 'samples'), made, ...(documents === undefined ? [] : [documents])];
const all = [
  ...samplesBelow(folders, LONGEST).filter(({ name }) => !/\.m?[jt]s$/.test(name)),
  ...Array<FuzzSample>(4).fill(spreadsheet()),
];
const pdfs = all.filter(({ name }) => name.endsWith('.pdf'));
const texts = all.filter(({ name }) => !name.endsWith('.pdf'));
const samples = [...texts, ...archivesOf(texts)];
const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-fuzz-'));
const findings = new Map<string, number>();
const times: number[] = [];
const end = performance.now() + SECONDS * 1000;
let count = 0;
try {
  for (; performance.now() < end; count++) {
    // A stream of its own for each file, so that one can be repeated alone.
    const random = new Random(SEED * 1_000_000 + count);
    const sample = damaged(pdfs.length > 0 && count % PDF_EVERY === 0 ? pdfs : samples, random);
    const started = performance.now();
    const problem = await readingProblem(folder, sample);
    const seconds = (performance.now() - started) / 1000;
    times.push(seconds);
    const found = problem ?? (seconds > MOST_SECONDS ? `took ${seconds.toFixed(1)} s` : undefined);
    if (found === undefined) continue;
    const kind = found.replace(/\S*patent-lab-fuzz\S*/g, '').slice(0, 300);
    const before = findings.get(kind) ?? 0;
    findings.set(kind, before + 1);
    if (before > 0) continue;
    await mkdir(keptFolder, { recursive: true });
    const kept = path.join(keptFolder, `fuzz-${SEED}-${count}-${sample.name}`);
    await writeFile(kept, sample.bytes);
    console.log(`file ${count} (kept as ${kept}): ${found}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const { median, max } = spread(times);
console.log(
  `${count} damaged files from ${all.length} samples in ${SECONDS} s, seed ${SEED}: ${findings.size} kinds of findings;` +
    ` a file took ${(median * 1000).toFixed(1)} ms, at most ${max.toFixed(2)} s`,
);
if (findings.size > 0) process.exitCode = 1;
