/**
 * What training the encoder is worth on real patents it has not seen: health64 with the frozen MiniLM and a head, with
 * LoRA and with all its weights trained, as the command line does it, on 165 documents (whole groups, five draws) and on
 * the full train split (five seeds), the same epochs for both. Means over the seeds with 95 % intervals of Student's t,
 * which hold the seeds' and draws' variation, not the test documents'; differences from the frozen head are paired. Each
 * training keeps its best epoch whatever; a second table tells what is usual, where one that is not certain enough to be
 * better on the held-out documents leaves the frozen head.
 *
 * Takes hours. With `PATENT_LAB_BENCH_FOLDER`, each finished training is kept there and a later call goes on; fewer
 * seeds, regimes or epochs: `PATENT_LAB_BENCH_SEEDS=0,1 PATENT_LAB_BENCH_REGIMES=165 PATENT_LAB_BENCH_EPOCHS=3`.
 * The encoder must have been fetched: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`.
 */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFinetune } from '../src/cli/arguments/finetune.ts';
import type { LabelledDocument } from '../src/core/corpus/labelled.ts';
import { USUAL_CERTAINTY } from '../src/core/learning/finetune/certainty.ts';
import { studentT } from '../src/core/metrics/student-t.ts';
import { Engine } from '../src/engine/engine.ts';
import { evaluateClassifier } from '../src/engine/evaluation/evaluate.ts';
import { finetune } from '../src/engine/finetune/finetune.ts';
import { quietTask } from '../src/engine/task.ts';
import { trainClassifier } from '../src/engine/training/train-classifier.ts';
import { drawGroups, realCorpus, type Corpus } from './lib/corpora.ts';
import { root, sharedData } from './lib/places.ts';
import { mean, printMachine } from './lib/rounds.ts';

const BASE = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');
const list = (name: string, usual: string): readonly string[] =>
  (process.env[`PATENT_LAB_BENCH_${name}`] ?? usual).split(',');
const SEEDS = list('SEEDS', '0,1,2,3,4').map(Number);
const REGIMES = list('REGIMES', '165,all');
const METHODS = list('METHODS', 'head,lora,full');
const EPOCHS = process.env['PATENT_LAB_BENCH_EPOCHS'] ?? '10';
const METRICS = ['microF1', 'macroF1', 'microAveragePrecision', 'macroAveragePrecision'] as const;
const NAMES = ['micro-F1', 'macro-F1', 'micro-AP', 'macro-AP'] as const;

interface Cell {
  readonly regime: string;
  readonly method: string;
  readonly seed: number;
  readonly epochs: string;
  readonly values: readonly number[];
  readonly seconds: number;
  /** Of the encoder's training: each epoch's micro-AP on the documents held out, and how certain the best one is. */
  readonly validation?: readonly number[];
  readonly certain?: number | undefined;
}

printMachine();
const corpus = await realCorpus('health64');
const kept = process.env['PATENT_LAB_BENCH_FOLDER'];
const work = kept ?? (await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-')));
try {
  if (!existsSync(BASE)) console.log('Skipped: node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32');
  else if (corpus) await measure(corpus);
} finally {
  if (kept === undefined) await rm(work, { recursive: true, force: true });
}

async function measure(from: Corpus): Promise<void> {
  await mkdir(work, { recursive: true });
  const file = path.join(work, 'cells.jsonl');
  const known = (await readFile(file, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Cell);
  const cells: Cell[] = [];
  for (const regime of REGIMES) {
    for (const seed of SEEDS) {
      for (const method of METHODS) {
        const isIt = (cell: Cell): boolean =>
          cell.regime === regime && cell.seed === seed && cell.method === method && cell.epochs === EPOCHS;
        const cell = known.find(isIt) ?? (await trained(from, regime, method, seed));
        if (!known.includes(cell)) await appendFile(file, `${JSON.stringify(cell)}\n`);
        cells.push(cell);
        const told = cell.values.map((value, at) => `${NAMES[at]} ${value.toFixed(3)}`).join(', ');
        console.log(
          `  ${regime} ${method} seed ${seed}: ${told}; ${cell.seconds.toFixed(0)} s${trainedWords(cell)}`,
        );
      }
    }
    const trainings = cells.filter((cell) => cell.regime === regime);
    table(`${regime} documents, the best epoch kept whatever`, trainings);
    if (METHODS.includes('head'))
      table(
        `${regime} documents, as usual`,
        trainings.map((cell) => asUsual(cell, trainings)),
      );
  }
}

async function trained(from: Corpus, regime: string, method: string, seed: number): Promise<Cell> {
  const engine = new Engine({ warn: console.log });
  const documents: readonly LabelledDocument[] =
    regime === 'all' ? from.train : drawGroups(from.train, Number(regime), seed);
  const folder = path.join(work, `${regime}-${method}-${seed}`);
  const shared = sharedData('health64') ?? '';
  const command = parseFinetune([
    ...[
      '--base',
      BASE,
      '--method',
      method,
      '--epochs',
      EPOCHS,
      '--certainty',
      '0',
      '--seed',
      String(seed),
      '--out',
      folder,
    ],
    ...['--taxonomy', path.join(shared, 'taxonomy.json'), '--corpus', path.join(shared, 'corpus.jsonl')],
  ]);
  const request = { ...command, taxonomy: from.taxonomy, documents, folder, name: method };
  const embedder = await engine.baseEmbedder(BASE, work);
  const started = performance.now();
  const tuned =
    command.method.kind === 'head'
      ? undefined
      : await finetune({ ...request, method: command.method }, embedder, quietTask);
  const classifier = tuned?.classifier ?? (await trainClassifier(request, embedder, quietTask));
  const seconds = (performance.now() - started) / 1000;
  const own = !tuned ? embedder : await engine.embedderOf(classifier, work);
  const { metrics } = await evaluateClassifier(classifier, from.test, own, quietTask, {
    seed: 1,
    resamples: 100,
  });
  await rm(folder, { recursive: true, force: true });
  return {
    regime,
    method,
    seed,
    epochs: EPOCHS,
    values: METRICS.map((metric) => metrics[metric].value),
    seconds,
    ...(tuned
      ? { validation: tuned.history.map((epoch) => epoch.averagePrecision), certain: tuned.certainty }
      : {}),
  };
}

function trainedWords({ validation, certain }: Cell): string {
  if (!validation) return '';
  const held = validation.map((value) => value.toFixed(3)).join(' ');
  return `; held out ${held}${certain === undefined ? '' : `, better in ${(100 * certain).toFixed(0)} %`}`;
}

/** With the usual certainty asked for, a training leaves what the frozen head is where it has less. */
function asUsual(cell: Cell, cells: readonly Cell[]): Cell {
  if (cell.certain === undefined || cell.certain >= USUAL_CERTAINTY) return cell;
  const head = cells.find(({ method, seed }) => method === 'head' && seed === cell.seed);
  return { ...cell, values: head?.values ?? [] };
}

function table(title: string, cells: readonly Cell[]): void {
  console.log(`\nhealth64, ${title}; ${SEEDS.length} seeds, ${EPOCHS} epochs at most`);
  const of = (method: string, at: number): readonly number[] =>
    cells.filter((cell) => cell.method === method).map(({ values }) => values[at] ?? Number.NaN);
  for (const method of METHODS) {
    const told = NAMES.map((name, at) => `${name} ${interval(of(method, at))}`).join('  ');
    console.log(`  ${method.padEnd(6)} ${told}`);
  }
  for (const method of METHODS.filter((one) => one !== 'head' && METHODS.includes('head'))) {
    const told = NAMES.map((name, at) => {
      const head = of('head', at);
      return `${name} ${interval(of(method, at).map((value, seed) => value - (head[seed] ?? Number.NaN)))}`;
    });
    console.log(`  ${method} − head  ${told.join('  ')}`);
  }
}

function interval(values: readonly number[]): string {
  const middle = mean(values);
  if (values.length < 2) return middle.toFixed(3);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  const half = studentT(0.95, values.length - 1) * Math.sqrt(variance / values.length);
  return `${middle.toFixed(3)} (${(middle - half).toFixed(3)} to ${(middle + half).toFixed(3)})`;
}
