/**
 * Whether training the encoder pays on real patents it has not seen: health64, the frozen encoder with its head, LoRA and
 * full fine-tuning of all-MiniLM-L6-v2 in single precision, on 165 documents and on the full train split, the same
 * documents and epochs for all, each seed with its own draw. Takes hours on a CPU; DOCUMENTS, METHODS, SEEDS, EPOCHS,
 * RATE and HEAD_RATE in the environment ask for less.
 * The encoder must have been fetched: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LabelledDocument } from '../src/core/corpus/labelled.ts';
import { USUAL_LORA, type Method } from '../src/core/learning/finetune/method.ts';
import { RECIPES } from '../src/core/learning/finetune/recipe.ts';
import { Random } from '../src/core/random.ts';
import { stratifiedSubset } from '../src/core/study/regimes.ts';
import { EmbeddingCache } from '../src/engine/cache/embedding-cache.ts';
import type { StoredClassifier } from '../src/engine/classifier/store.ts';
import { Embedder } from '../src/engine/encoder/embedder.ts';
import { Encoder } from '../src/engine/encoder/encoder.ts';
import { evaluateClassifier } from '../src/engine/evaluation/evaluate.ts';
import { finetune } from '../src/engine/finetune/finetune.ts';
import { loadTunedEncoder } from '../src/engine/finetune/tuned.ts';
import { quietTask } from '../src/engine/task.ts';
import { trainClassifier } from '../src/engine/training/train-classifier.ts';
import { realCorpus, type Corpus } from './lib/corpora.ts';
import { keptFolder, root } from './lib/places.ts';
import { mean, printMachine, spread } from './lib/rounds.ts';

const METRICS = ['microAveragePrecision', 'macroAveragePrecision', 'microF1', 'macroF1'] as const;
const FOLDER = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');

const given = (name: string): string | undefined => process.env[name];
const list = (name: string, usual: string): readonly string[] => (given(name) ?? usual).split(',');
const SEEDS = list('SEEDS', '0,1,2,3,4').map(Number);
const METHODS = list('METHODS', 'frozen,lora,full');
const DOCUMENTS = list('DOCUMENTS', '165,all');

printMachine();
const corpus = await realCorpus('health64');
if (!existsSync(FOLDER))
  console.log('  skipped: fetch the encoder first (node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32)');
else if (corpus) await measureAll(corpus);

type Scores = Readonly<Record<(typeof METRICS)[number], number>>;

async function measureAll(all: Corpus): Promise<void> {
  const encoder = await Encoder.load(FOLDER);
  const embedder = new Embedder(encoder, await EmbeddingCache.open(keptFolder, encoder.spec, console.warn));
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    for (const size of DOCUMENTS) {
      for (const name of METHODS) {
        const scores: Scores[] = [];
        for (const seed of SEEDS) {
          const documents = size === 'all' ? all.train : drawn(all.train, Number(size), seed);
          scores.push(await measured(name, { ...all, train: documents }, seed, folder, embedder));
        }
        for (const metric of METRICS) {
          const values = scores.map((one) => one[metric]);
          const { min, max } = spread(values);
          console.log(
            `  ${size} documents, ${name}: ${metric} ${mean(values).toFixed(3)}  range ${min.toFixed(3)} – ${max.toFixed(3)}`,
          );
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** By whole groups and with the labels' shares kept, as a study draws its regimes. */
function drawn(
  documents: readonly LabelledDocument[],
  size: number,
  seed: number,
): readonly LabelledDocument[] {
  const rows = stratifiedSubset(
    {
      rows: Int32Array.from(documents, (_, row) => row),
      groups: documents.map(({ group }) => group),
      labels: documents.map(({ labels }) => labels),
    },
    size,
    new Random(seed),
  );
  return documents.filter((_, row) => rows.includes(row));
}

async function measured(
  name: string,
  { taxonomy, train: documents, test }: Corpus,
  seed: number,
  folder: string,
  embedder: Embedder,
): Promise<Scores> {
  const started = performance.now();
  const request = { taxonomy, documents, view: 'TA' as const, seed, folder };
  const told: string[] = [];
  let classifier: StoredClassifier;
  let by = embedder;
  if (name === 'frozen') {
    classifier = await trainClassifier({ ...request, name }, embedder, quietTask);
  } else {
    const method: Method = name === 'lora' ? USUAL_LORA : { kind: 'full' };
    const usual = RECIPES[method.kind];
    const result = await finetune(
      {
        ...request,
        method,
        epochs: Number(given('EPOCHS') ?? usual.epochs),
        batch: usual.batch,
        rate: Number(given('RATE') ?? usual.rate),
        headRate: Number(given('HEAD_RATE') ?? usual.headRate),
        base: FOLDER,
        restart: true,
      },
      embedder,
      quietTask,
    );
    ({ classifier } = result);
    told.push(
      `kept epoch ${result.bestEpoch} of validation AP ${result.history.map((one) => one.averagePrecision.toFixed(3)).join(' ')}, loss ${result.history.map((one) => one.loss?.toFixed(4) ?? '–').join(' ')}`,
    );
    const { finetuned } = classifier.description;
    if (finetuned && result.bestEpoch > 0) {
      const encoder = await loadTunedEncoder(folder, finetuned);
      by = new Embedder(encoder, await EmbeddingCache.open(undefined, encoder.spec, console.warn));
    }
  }
  const seconds = (performance.now() - started) / 1000;
  const { metrics } = await evaluateClassifier(classifier, test, by, quietTask, { seed: 1, resamples: 100 });
  const scores = Object.fromEntries(METRICS.map((metric) => [metric, metrics[metric].value])) as Scores;
  console.log(
    `    ${name}, ${documents.length} documents, seed ${seed}: ${METRICS.map((metric) => `${metric} ${scores[metric].toFixed(3)}`).join(', ')}; ${seconds.toFixed(0)} s${told.map((line) => `; ${line}`).join('')}`,
  );
  return scores;
}
