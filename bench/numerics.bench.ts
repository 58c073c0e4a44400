/**
 * What int8 costs all-MiniLM-L6-v2 beside fp32, both on the CPU, on the test split of health64: cosine of the embeddings,
 * assignments that change, micro-F1 with the interval of the difference, documents a second measured in turns. The head is
 * trained on the train split, once on the embeddings of each precision.
 * The fp32 encoder must have been fetched: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddingCache } from '../src/engine/cache/embedding-cache.ts';
import type { StoredClassifier } from '../src/engine/classifier/store.ts';
import { Embedder } from '../src/engine/encoder/embedder.ts';
import { Encoder } from '../src/engine/encoder/encoder.ts';
import { openPair } from '../src/engine/numerics/candidates.ts';
import { realProviders } from '../src/engine/numerics/providers.ts';
import { runNumerics } from '../src/engine/numerics/run.ts';
import { quietTask } from '../src/engine/task.ts';
import { trainClassifier } from '../src/engine/training/train-classifier.ts';
import { realCorpus, type Corpus } from './lib/corpora.ts';
import { encoderFolder, keptFolder, root } from './lib/places.ts';
import { printMachine } from './lib/rounds.ts';

const FP32 = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');
/** Test documents at most, while developing. */
const LIMIT = process.env['LIMIT'];

printMachine();
const corpus = await realCorpus('health64');
if (!existsSync(FP32))
  console.log('  skipped: fetch the encoder first (node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32)');
else if (corpus) await measure(corpus);

async function measure(of: Corpus): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    for (const [precision, encoder] of [
      ['fp32', FP32],
      ['int8', encoderFolder],
    ] as const) {
      console.log(`\nhead trained on embeddings in ${precision}`);
      await compare(of, await trained(of, encoder, path.join(folder, precision)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function trained(
  { taxonomy, train, name }: Corpus,
  from: string,
  folder: string,
): Promise<StoredClassifier> {
  const encoder = await Encoder.load(from);
  const cache = await EmbeddingCache.open(keptFolder, encoder.spec, console.warn);
  // The corpus has no claims: title, abstract and claims are title and abstract.
  const request = { taxonomy, documents: train, view: 'TAC', seed: 1, folder, name } as const;
  const classifier = await trainClassifier(request, new Embedder(encoder, cache), quietTask);
  await encoder.release();
  return classifier;
}

async function compare({ taxonomy, test }: Corpus, classifier: StoredClassifier): Promise<void> {
  const requested = { kind: 'model', path: encoderFolder } as const;
  const own = { folder: FP32, load: () => Encoder.load(FP32) };
  const pair = await openPair({ requested, own, reference: FP32 }, realProviders);
  try {
    const labels = taxonomy.labels.map(({ id }) => id);
    const limit = LIMIT === undefined ? {} : { limit: Number(LIMIT) };
    const report = await runNumerics(
      { documents: test, labels, inputs: [] },
      classifier,
      pair,
      { requested, view: 'TAC', seed: 1, ...limit },
      quietTask,
    );
    const { cosine, flips, microF1 } = report.comparison;
    console.log(`  ${report.verdict}: ${report.conclusion}`);
    console.log(`  cosine      mean ${cosine.mean?.toFixed(4)}, worst ${cosine.worst?.toFixed(4)}`);
    if (flips) {
      console.log(
        `  flips       ${flips.flipped} of ${flips.assignments} assignments (${(100 * flips.share).toFixed(1)} %), largest change of a logit ${flips.maxLogit?.toFixed(2)}, mean ${flips.meanLogit?.toFixed(3)}`,
      );
    }
    if (microF1) {
      const { reference, candidate, difference } = microF1;
      console.log(
        `  micro-F1    fp32 ${reference.value.toFixed(3)}, int8 ${candidate.value.toFixed(3)}, difference ${difference.value.toFixed(4)} (${difference.low.toFixed(4)} to ${difference.high.toFixed(4)})`,
      );
    }
    const [fp32, int8] = [report.reference.documentsPerSecond, report.candidate.documentsPerSecond];
    console.log(
      `  documents/s fp32 ${fp32.toFixed(1)}, int8 ${int8.toFixed(1)}: ${(int8 / fp32).toFixed(2)} times`,
    );
  } finally {
    await pair.release();
  }
}
