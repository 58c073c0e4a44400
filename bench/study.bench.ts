/**
 * The study on real patents: does it find what is known to help and to harm, does it show the illusion of volume and take
 * it apart, do its intervals hold what they promise, and how long does the default grid take? The fits to convergence run
 * in turns with scikit-learn's. Studies run on one thread, where the share of graphs can be told, and again on all. Nothing here passes or fails; the verdicts are printed to be read.
 * Some of it alone: `PATENT_LAB_BENCH_PARTS=coverage,nulls,language-model,grid,peer npm run bench -- study`.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '../src/core/random.ts';
import { NetworkFamily } from '../src/core/study/network-family.ts';
import { linearNetwork } from '../src/core/learning/training/network.ts';
import { estimate, minus } from '../src/core/study/statistics/estimates.ts';
import { assignmentFigures } from '../src/core/study/statistics/arm-figures.ts';
import { drawResampling } from '../src/core/study/statistics/resampling.ts';
import { ResampledSums } from '../src/core/study/statistics/sums.ts';
import { simulate, trueEffect } from '../src/core/study/testing/simulated.ts';
import { viewText } from '../src/core/patent/view.ts';
import { steadyCompute } from '../src/engine/onnx/compute.ts';
import { THREADS } from '../src/engine/onnx/runtime.ts';
import { runStudy } from '../src/engine/study/run-study.ts';
import { DEFAULT_PLAN, type StudySources } from '../src/engine/study/plan-file.ts';
import { quietTask } from '../src/engine/task.ts';
import type { StudyPlan } from '../src/core/study/plan.ts';
import type { StudyReport } from '../src/protocol/study.ts';
import { keptEmbedder, realCorpus, type Corpus } from './lib/corpora.ts';
import { csvRows } from './lib/csv-rows.ts';
import { LinePeer } from './lib/line-peer.ts';
import { root, sharedData } from './lib/places.ts';
import { profiled } from './lib/profile.ts';
import { printMachine, show, speedups, takeTurns } from './lib/rounds.ts';

const STUDIES = 200;
const SIMULATED_RESAMPLES = 1000;
const FIT_ROUNDS = 3;
const NULL_ARMS: StudyPlan['arms'] = ['real-only', 'step-matched', 'duplicate-to-match', 'augmented'];

interface Side {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly labels: readonly string[];
  readonly group: string;
}

const PARTS = (process.env['PATENT_LAB_BENCH_PARTS'] ?? 'coverage,nulls,language-model,grid,peer').split(',');

printMachine();
if (PARTS.includes('coverage')) await coverage();
const corpus = await realCorpus('health64');
if (corpus) {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    await nullsAndGrid(corpus, folder);
    if (PARTS.includes('language-model')) await languageModel(folder);
    if (PARTS.includes('peer')) await besideScikitLearn(corpus, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How often the interval holds the known effect, and how often it excludes 0 where there is none, by the number of seeds. */
async function coverage(): Promise<void> {
  const sums = new ResampledSums(steadyCompute);
  const rate = async (
    seeds: number,
    effect: number,
    counts: (low: number, high: number, known: number) => boolean,
  ): Promise<number> => {
    const simulation = { documents: 300, labels: 8, seeds, effect };
    const known = effect === 0 ? 0 : trueEffect(simulation, new Random(1));
    let counted = 0;
    for (let study = 0; study < STUDIES; study++) {
      const { truth, groups, copies, augmented } = simulate(simulation, new Random(1000 + study));
      const all = drawResampling(groups, SIMULATED_RESAMPLES, study);
      const few = { ...all, resamples: 1 };
      const figures = (arm: typeof copies) =>
        assignmentFigures(arm, 'fixed', truth, { all, few }, sums, () => Promise.resolve());
      const { low, high } = estimate(
        minus((await figures(augmented)).microF1, (await figures(copies)).microF1),
      );
      if (counts(low, high, known)) counted++;
    }
    return counted / STUDIES;
  };
  for (const seeds of [2, 5, 10]) {
    const held = await rate(seeds, 0.4, (low, high, known) => low <= known && known <= high);
    const falsely = await rate(seeds, 0, (low, high) => low > 0 || high < 0);
    console.log(
      `${STUDIES} simulated studies of ${seeds} seeds: the 95 % interval holds the known effect in ${(100 * held).toFixed(1)} %; without an effect it excludes 0 in ${(100 * falsely).toFixed(1)} %`,
    );
  }
  await sums.release();
}

function sidesOf(documents: Corpus['train'], labels: readonly string[]): readonly Side[] {
  return documents.map(({ patent, labels: own, group }) => ({
    id: patent.id,
    title: patent.title?.text ?? '',
    abstract: patent.abstract?.text ?? '',
    labels: own.map((label) => labels[label] ?? ''),
    group,
  }));
}

async function nullsAndGrid(real: Corpus, folder: string): Promise<void> {
  const labels = real.taxonomy.labels.map(({ id }) => id);
  const sides = (documents: Corpus['train']): readonly Side[] => sidesOf(documents, labels);
  const write = (name: string, records: readonly Side[]): Promise<void> =>
    writeFile(path.join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const train = sides(real.train);
  const groups = new Random(0).shuffle([...new Set(train.map(({ group }) => group))]);
  const half = new Set(groups.slice(0, groups.length / 2));
  const [kept, others] = [
    train.filter(({ group }) => half.has(group)),
    train.filter(({ group }) => !half.has(group)),
  ];
  const shuffled = new Random(1).shuffle(others.map(({ labels: own }) => own));
  await write('half.jsonl', kept);
  await write('others.jsonl', others);
  await write(
    'shuffled.jsonl',
    others.map((record, at) => ({ ...record, labels: shuffled[at] ?? [] })),
  );
  await write('train.jsonl', train);
  await write('test.jsonl', sides(real.test));
  // As many documents again, with other ids: what the grid of a real study would train on.
  await write(
    'again.jsonl',
    train.map((record) => ({ ...record, id: `again-${record.id}`, abstract: `${record.abstract} Again.` })),
  );

  const study = (title: string, [kind, made]: readonly [string, string], plan: Partial<StudyPlan>) =>
    runAndPrint(folder, title, plan, {
      taxonomy: path.join(sharedData('health64') ?? '', 'taxonomy.json'),
      real: [path.join(folder, kind)],
      synthetic: [path.join(folder, made)],
      test: [path.join(folder, 'test.jsonl')],
    });
  const nulls: Partial<StudyPlan> = {
    arms: NULL_ARMS,
    retrieval: 'none',
  };
  if (PARTS.includes('nulls')) {
    await study('Other real documents as synthetic ones (must help)', ['half.jsonl', 'others.jsonl'], nulls);
    await study('The same with shuffled labels (must not help)', ['half.jsonl', 'shuffled.jsonl'], nulls);
  }
  if (PARTS.includes('grid'))
    await study(
      'The default grid, 1,501 real and as many more documents',
      ['train.jsonl', 'again.jsonl'],
      {},
    );
}

async function runAndPrint(
  folder: string,
  title: string,
  plan: Partial<StudyPlan>,
  sources: StudySources,
): Promise<void> {
  const embedder = await keptEmbedder();
  const request = {
    root: folder,
    study: { name: title, sources, plan: { ...DEFAULT_PLAN, view: 'TA' as const, ...plan } },
    embedder,
  };
  // Encoding is no part of it: the first, tiny run fills the cache.
  await runStudy(
    {
      ...request,
      study: {
        ...request.study,
        plan: {
          ...request.study.plan,
          arms: ['real-only'],
          seeds: 1,
          schedules: ['convergence'],
          resamples: 100,
        },
      },
    },
    'never',
    quietTask,
    () => undefined,
  );
  let report: StudyReport | undefined;
  const { seconds, inRuns, runs } = await profiled(async (task) => {
    ({ report } = await runStudy({ ...request, threads: 1 }, 'never', task, () => undefined));
  });
  if (!report) return;
  console.log(
    `\n${title}: ${seconds.toFixed(1)} s on one thread (estimated ${report.estimate.seconds.toFixed(0)}), ${((100 * inRuns) / seconds).toFixed(0)} % of it in ${runs} graph runs`,
  );
  const shared = await runStudy(request, 'never', quietTask, () => undefined);
  const same = timeless(shared.report) === timeless(report) ? 'the same digits' : 'OTHER DIGITS';
  console.log(
    `  ${shared.report.seconds.toFixed(1)} s on ${THREADS} threads (estimated ${shared.report.estimate.seconds.toFixed(0)}), ${same}`,
  );
  for (const { regime, schedule, thresholds, verdict, sentence } of report.verdicts) {
    console.log(`  ${regime} ${schedule} ${thresholds}: ${verdict ?? '–'}. ${sentence}`);
  }
  for (const { regime, schedule, start, end, steps } of report.decompositions) {
    const told = steps.map(({ step, change }) => `${step} ${change.mean.toFixed(3)}`).join(', ');
    console.log(`  ${regime} ${schedule}: ${start.mean.toFixed(3)} → ${told} → ${end.mean.toFixed(3)}`);
  }
}

/**
 * Text of a real language model (Llama 2) for one label of patents64: abstracts that it wrote from the claims of patents
 * of A61B that are not in the corpus.
 */
async function languageModel(folder: string): Promise<void> {
  const corpus = await realCorpus('patents64');
  const file = sharedData('llm-abstracts', 'llama2-a61b.csv');
  if (!corpus || file === undefined) return;
  const labels = corpus.taxonomy.labels.map(({ id }) => id);
  const write = (name: string, records: readonly object[]): Promise<void> =>
    writeFile(path.join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  await write('real.jsonl', sidesOf(corpus.train, labels));
  await write('test.jsonl', sidesOf(corpus.test, labels));
  const made = csvRows(readFileSync(file, 'utf8')).map((row) => ({
    id: `llama2-${row['patent_id']}`,
    title: row['patent_title'],
    abstract: row['generated_abstract']?.trim(),
    labels: ['A61B'],
    provenance: { kind: 'synthetic', parents: [`US${row['patent_id']}`], model: 'Llama 2' },
  }));
  await write('llama2.jsonl', new Random(0).shuffle(made).slice(0, 330));
  const plan: Partial<StudyPlan> = { arms: NULL_ARMS, regimes: [165, 1000], retrieval: 'none' };
  await runAndPrint(folder, '330 abstracts of A61B by Llama 2, patents64', plan, {
    taxonomy: path.join(sharedData('patents64') ?? '', 'taxonomy.json'),
    real: [path.join(folder, 'real.jsonl')],
    synthetic: [path.join(folder, 'llama2.jsonl')],
    test: [path.join(folder, 'test.jsonl')],
  });
}

/** A report without when it was made and how long that took. */
function timeless(report: StudyReport): string {
  return JSON.stringify({ ...report, createdAt: '', seconds: 0, estimate: {} });
}

/** The fits to convergence of *real-only* and *augmented*, in turns. */
async function besideScikitLearn(real: Corpus, folder: string): Promise<void> {
  const embedder = await keptEmbedder();
  const texts = real.train.map(({ patent }) => viewText(patent, 'TA').text);
  const x = await embedder.embedAll(texts, quietTask, 'Encoding');
  const width = x.length / texts.length;
  const labels = real.taxonomy.labels.length;
  const targets = new Float32Array(texts.length * labels);
  real.train.forEach((document, row) => {
    for (const label of document.labels) targets[row * labels + label] = 1;
  });
  const order = new Random(0).shuffle(Int32Array.from(texts.keys()));
  const fits = [order.slice(0, 165), order.slice(0, 750), order];
  await writeFile(path.join(folder, 'x.f32'), new Uint8Array(x.buffer));
  await writeFile(path.join(folder, 'y.f32'), new Uint8Array(targets.buffer));
  await writeFile(
    path.join(folder, 'fits.json'),
    JSON.stringify({ width, labels, fits: fits.map((rows) => [...rows]) }),
  );
  const peer = await LinePeer.start('/usr/bin/python3', [
    path.join(root, 'bench', 'reference', 'study_sklearn.py'),
    folder,
  ]);
  if (!peer) {
    console.log('\npython3 with scikit-learn is not here, so nothing stands beside the fits.');
    return;
  }
  const features = new Float32Array(texts.length * (width + 1));
  texts.forEach((_, row) => {
    features.set(x.subarray(row * width, (row + 1) * width), row * (width + 1));
    features[row * (width + 1) + width] = 1;
  });
  const family = new NetworkFamily('encoder-linear', steadyCompute, linearNetwork(width + 1, labels), {
    features,
    targets,
  });
  const timings = await takeTurns(
    [
      {
        name: 'ours',
        run: async () => {
          for (const rows of fits) {
            const training = { phases: [rows], weights: new Map<number, number>() };
            const request = {
              training,
              loss: 'binary-cross-entropy',
              duration: { kind: 'convergence' },
              seed: 0,
            } as const;
            await family.fit({ ...request, score: rows }, () => Promise.resolve());
          }
        },
      },
      { name: 'scikit-learn', run: async () => void (await peer.ask()) },
    ],
    FIT_ROUNDS,
  );
  peer.end();
  await family.release();
  for (const [name, times] of timings)
    console.log(
      `${name}: ${show(times, 0)} ms for fits of 165, 750 and ${texts.length} documents, 64 labels, one thread`,
    );
  console.log(`ours is ${show(speedups(timings, 'ours', 'scikit-learn'), 1)} times as fast`);
}
