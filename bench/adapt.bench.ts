/**
 * Whether adapting the encoder to unlabelled patents pays: all-MiniLM-L6-v2 in single precision on the titles and
 * abstracts of health64's train split, by guessing words and by telling which abstract belongs to a title; loss and right
 * guesses on held-out documents before and after, and what a head on the frozen encoder then makes of few labels, as
 * published and adapted, on the test split. OBJECTIVES, DOCUMENTS, SEEDS, EPOCHS, METHOD and LABELLED in the environment
 * ask for less. The encoder must have been fetched: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { USUAL_TEMPERATURE } from '../src/core/learning/adaptation/contrastive.ts';
import { USUAL_SHARE } from '../src/core/learning/adaptation/masks.ts';
import { USUAL_LORA, type Method } from '../src/core/learning/finetune/method.ts';
import { USUAL_TRAINING } from '../src/core/learning/finetune/training-options.ts';
import { Random } from '../src/core/random.ts';
import { stratifiedSubset } from '../src/core/study/regimes.ts';
import { adapt } from '../src/engine/adaptation/adapt.ts';
import type { AdaptationObjective } from '../src/engine/adaptation/request.ts';
import { EmbeddingCache } from '../src/engine/cache/embedding-cache.ts';
import { Embedder } from '../src/engine/encoder/embedder.ts';
import { Encoder } from '../src/engine/encoder/encoder.ts';
import { evaluateClassifier } from '../src/engine/evaluation/evaluate.ts';
import { quietTask } from '../src/engine/task.ts';
import { trainClassifier } from '../src/engine/training/train-classifier.ts';
import { realCorpus, type Corpus } from './lib/corpora.ts';
import { root } from './lib/places.ts';
import { mean, printMachine } from './lib/rounds.ts';

const FOLDER = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');
const RATES = { lora: 5e-4, full: 3e-5 } as const;
const OBJECTIVES: Readonly<Record<string, AdaptationObjective>> = {
  mlm: { kind: 'mlm', share: USUAL_SHARE, view: 'TA' },
  contrastive: { kind: 'contrastive', temperature: USUAL_TEMPERATURE, pairs: 'title-abstract' },
};

const given = (name: string, usual: string): string => process.env[name] ?? usual;
const SEEDS = given('SEEDS', '0,1,2,3,4').split(',').map(Number);
const LABELLED = Number(given('LABELLED', '165'));
const METHOD: Method = given('METHOD', 'lora') === 'full' ? { kind: 'full' } : USUAL_LORA;

printMachine();
const corpus = await realCorpus('health64');
if (!existsSync(FOLDER))
  console.log('  skipped: fetch the encoder first (node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32)');
else if (corpus) await measureAll(corpus);

async function measureAll(all: Corpus): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    await judge('as published', FOLDER, all, folder);
    for (const name of given('OBJECTIVES', 'mlm,contrastive').split(',')) {
      const objective = OBJECTIVES[name];
      if (objective) await measure(name, objective, all, folder);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  name: string,
  objective: AdaptationObjective,
  all: Corpus,
  folder: string,
): Promise<void> {
  const documents = all.train.slice(0, Number(given('DOCUMENTS', String(all.train.length))));
  const out = path.join(folder, name);
  const { encoder, trained } = await adapt(
    {
      documents,
      objective,
      method: METHOD,
      epochs: Number(given('EPOCHS', '3')),
      batch: objective.kind === 'contrastive' ? 16 : 8,
      rate: METHOD.kind === 'full' ? RATES.full : RATES.lora,
      training: USUAL_TRAINING,
      seed: 1,
      base: FOLDER,
      folder: out,
      restart: true,
    },
    quietTask,
  );
  const { train, heldOut } = encoder.documents;
  console.log(
    `  ${name}, ${METHOD.kind}: ${train} documents, ${heldOut} held out, ${trained.steps} steps in ${encoder.seconds.toFixed(0)} s`,
  );
  for (const { epoch, loss, heldOutLoss, heldOutAccuracy } of trained.history)
    console.log(
      `    epoch ${epoch}: loss ${loss?.toFixed(3) ?? '–'}, held out ${heldOutLoss.toFixed(3)}, right ${(100 * heldOutAccuracy).toFixed(1)} %${epoch === trained.bestEpoch ? ' (kept)' : ''}`,
    );
  await judge(name, out, all, folder);
}

/** A head on the frozen encoder, on few labelled documents. */
async function judge(name: string, encoderFolder: string, all: Corpus, folder: string): Promise<void> {
  const encoder = await Encoder.load(encoderFolder);
  const embedder = new Embedder(encoder, await EmbeddingCache.open(undefined, encoder.spec, console.warn));
  const scores: { readonly ap: number; readonly f1: number }[] = [];
  for (const seed of SEEDS) {
    const rows = stratifiedSubset(
      {
        rows: Int32Array.from(all.train, (_, row) => row),
        groups: all.train.map(({ group }) => group),
        labels: all.train.map(({ labels }) => labels),
      },
      LABELLED,
      new Random(seed),
    );
    const documents = all.train.filter((_, row) => rows.includes(row));
    const request = { taxonomy: all.taxonomy, documents, view: 'TA' as const, seed };
    const place = path.join(folder, `head-${name}`);
    const classifier = await trainClassifier({ ...request, folder: place, name }, embedder, quietTask);
    const options = { seed: 1, resamples: 100 };
    const { metrics } = await evaluateClassifier(classifier, all.test, embedder, quietTask, options);
    scores.push({ ap: metrics.microAveragePrecision.value, f1: metrics.microF1.value });
  }
  const shown = (pick: (one: (typeof scores)[number]) => number): string =>
    `${mean(scores.map(pick)).toFixed(3)} (${scores.map((one) => pick(one).toFixed(3)).join(', ')})`;
  console.log(
    `  head on ${LABELLED} labelled documents, encoder ${name}: micro-AP ${shown(({ ap }) => ap)}, micro-F1 ${shown(({ f1 }) => f1)}`,
  );
}
