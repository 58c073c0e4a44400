/**
 * Encoding real patents of mixed length: our encoder against the feature-extraction pipeline of transformers.js, with
 * the same weights (all-MiniLM-L6-v2 int8), the same number of threads and the same tokens: (a) the pipeline called
 * with one text at a time, (b) with 32 texts at a time in the order given, which is its usual use.
 *
 * Threads wait for each other by spinning in (a) and (b), ONNX Runtime's default; ours spin shortly and sleep, which is
 * no faster on a quiet machine and much faster on a busy one. (a′) is (a) with our way of waiting.
 *
 * The pipeline cannot read more than its model takes, so the windows of long texts are given to it as texts of their
 * own; ours gets the whole text and finds the windows itself.
 */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { env, pipeline } from '@huggingface/transformers';
import { viewText } from '../src/core/patent/view.ts';
import { Encoder } from '../src/engine/encoder/encoder.ts';
import { globFiles, readFileDocuments } from '../src/engine/files/read-documents.ts';
import { THREADS, WAITING } from '../src/engine/onnx/runtime.ts';
import { realCorpus } from './lib/corpora.ts';
import { encoderFolder, sharedData } from './lib/places.ts';
import { mean, printMachine, show, spread, speedups, takeTurns, type Contender } from './lib/rounds.ts';

const ABSTRACTS = 400;
const LONG = 40;
/** Texts a call in (b), and documents a round for all. */
const BATCH = 32;
/** How often the whole set is gone through. */
const PASSES = 3;

interface Work {
  readonly text: string;
  /** The same text in pieces that the pipeline can read. */
  readonly pieces: readonly string[];
}

printMachine();
const encoder = await Encoder.load(encoderFolder);
const works = await realTexts();
if (works) await compare(works);

async function compare(all: readonly Work[]): Promise<void> {
  const models = await pipelineFolder();
  try {
    const extract = await loadPipeline(models);
    const patient = await loadPipeline(models, { extra: WAITING });
    const rounds = Array.from({ length: Math.floor(all.length / BATCH) }, (_, i) =>
      all.slice(i * BATCH, (i + 1) * BATCH),
    );
    const used = rounds.flat();
    const lengths = used.map(({ text }) => encoder.tokenize(text).ids.length + 2);
    const within = spread(lengths.filter((length) => length <= encoder.spec.maxTokens));
    console.log(
      `${used.length} documents, ${used.reduce((sum, { pieces }) => sum + pieces.length, 0)} windows of at most ${encoder.spec.maxTokens} tokens;` +
        ` ${lengths.filter((length) => length > encoder.spec.maxTokens).length} documents are longer;` +
        ` the others have ${within.min} to ${within.max} tokens, median ${within.median}; ${THREADS} threads`,
    );
    const batched = async (texts: readonly string[]): Promise<Float32Array[]> => {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += BATCH) {
        vectors.push(...(await extract(texts.slice(at, at + BATCH))));
      }
      return vectors;
    };
    const contenders: readonly Contender[] = [
      {
        name: 'ours',
        run: async (round) => {
          for (const { text } of rounds[round % rounds.length] ?? []) await encoder.encode(text);
        },
      },
      {
        name: 'one',
        run: async (round) => {
          for (const { pieces } of rounds[round % rounds.length] ?? []) {
            for (const piece of pieces) await extract([piece]);
          }
        },
      },
      {
        name: 'patient',
        run: async (round) => {
          for (const { pieces } of rounds[round % rounds.length] ?? []) {
            for (const piece of pieces) await patient([piece]);
          }
        },
      },
      {
        name: 'batch',
        run: async (round) => {
          await batched((rounds[round % rounds.length] ?? []).flatMap(({ pieces }) => pieces));
        },
      },
    ];
    await takeTurns(contenders, 1);
    const timings = await takeTurns(contenders, rounds.length * PASSES);
    const perSecond = (name: string): number[] => (timings.get(name) ?? []).map((ms) => (1000 * BATCH) / ms);
    const overall = (name: string): string => ((1000 * BATCH) / mean(timings.get(name) ?? [])).toFixed(1);
    console.log(
      `documents a second, median of ${rounds.length * PASSES} rounds of ${BATCH} in turns (and over all):`,
    );
    const names = {
      ours: 'ours',
      one: '(a) pipeline, one text a call',
      patient: '(a′) the same, waiting as ours does',
      batch: `(b) pipeline, ${BATCH} texts a call`,
    };
    for (const [name, words] of Object.entries(names)) {
      console.log(`  ${words.padEnd(36)} ${show(perSecond(name), 1)}, over all ${overall(name)}`);
    }
    console.log('times faster, round by round:');
    for (const [name, words] of Object.entries(names).slice(1)) {
      console.log(`  than ${words.padEnd(36)} ${show(speedups(timings, 'ours', name))}`);
    }
    await differences(used, extract, batched);
  } finally {
    await rm(models, { recursive: true, force: true });
  }
}

/** How far the embeddings of texts within one window are apart. */
async function differences(
  used: readonly Work[],
  extract: Extract,
  batched: (texts: readonly string[]) => Promise<Float32Array[]>,
): Promise<void> {
  const texts = used.flatMap(({ text, pieces }) => (pieces.length === 1 ? [text] : []));
  const inBatches = await batched(texts);
  let [one, batch, cosine] = [0, 0, 1];
  for (const [i, text] of texts.entries()) {
    const { embedding } = await encoder.encode(text);
    const [alone] = await extract([text]);
    one = Math.max(one, farthest(embedding, alone));
    batch = Math.max(batch, farthest(embedding, inBatches[i]));
    cosine = Math.min(
      cosine,
      embedding.reduce((sum, value, d) => sum + value * (inBatches[i]?.[d] ?? 0), 0),
    );
  }
  console.log(`largest difference of any component over ${texts.length} texts within one window:`);
  console.log(`  to (a) ${one.toExponential(1)}`);
  console.log(
    `  to (b) ${batch.toExponential(1)}, lowest cosine ${cosine.toFixed(4)}: int8 models take the scale of their activations from` +
      ' everything in a call, so in (b) an embedding depends on the other texts; in ours and in (a) it does not',
  );
}

function farthest(a: Float32Array, b: Float32Array | undefined): number {
  return a.reduce((most, value, d) => Math.max(most, Math.abs(value - (b?.[d] ?? Number.NaN))), 0);
}

type Extract = (texts: readonly string[]) => Promise<Float32Array[]>;

async function loadPipeline(folder: string, options: object = {}): Promise<Extract> {
  env.allowRemoteModels = false;
  env.localModelPath = folder;
  const extractor = await pipeline('feature-extraction', 'encoder', {
    dtype: 'q8',
    session_options: { intraOpNumThreads: THREADS, interOpNumThreads: 1, logSeverityLevel: 3, ...options },
  });
  return async (texts) => {
    const output = await extractor([...texts], { pooling: 'mean', normalize: true });
    const values = output.data as Float32Array;
    const width = values.length / texts.length;
    return texts.map((_, i) => values.subarray(i * width, (i + 1) * width));
  };
}

/** Our encoder's files under the names that the pipeline looks for. */
async function pipelineFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  await mkdir(path.join(folder, 'encoder', 'onnx'), { recursive: true });
  const link = (name: string, as: string): Promise<void> =>
    symlink(path.join(encoderFolder, name), path.join(folder, 'encoder', as));
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) await link(name, name);
  await link(encoder.spec.model, path.join('onnx', 'model_quantized.onnx'));
  return folder;
}

/** Titles and abstracts as they come, and every now and then a whole patent. */
async function realTexts(): Promise<readonly Work[] | undefined> {
  const corpus = await realCorpus('patents64');
  const folder = sharedData('documents');
  if (!corpus || folder === undefined) return undefined;
  const step = Math.floor(corpus.documents.length / ABSTRACTS);
  const abstracts = Array.from({ length: ABSTRACTS }, (_, i) => corpus.documents[i * step]).flatMap(
    (document) => (document ? [viewText(document.patent, 'TA').text] : []),
  );
  const long: string[] = [];
  for (const file of await globFiles(folder, ['**/*.xml'])) {
    for await (const outcome of readFileDocuments(file)) {
      if (outcome.kind !== 'patent') continue;
      const { text } = viewText(outcome.patent, 'TAC');
      if (encoder.tokenize(text).ids.length > encoder.spec.maxTokens) long.push(text);
    }
  }
  const every = Math.floor(ABSTRACTS / LONG);
  const mixed = abstracts.flatMap((text, i) => {
    const extra = i % every === every - 1 ? long[Math.floor(i / every)] : undefined;
    return extra === undefined ? [text] : [text, extra];
  });
  return Promise.all(mixed.map(async (text) => ({ text, pieces: await piecesOf(text) })));
}

async function piecesOf(text: string): Promise<readonly string[]> {
  const { tokens, windows } = await encoder.encode(text);
  if (windows.length === 1) return [text];
  return windows.map(({ start, end }) => text.slice(tokens.spans[2 * start], tokens.spans[2 * end - 1]));
}
