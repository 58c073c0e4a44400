/**
 * Encoders whose tokens are bytes, RoBERTa and ModernBERT, pooled over all tokens or by the first one: the whole way from
 * a folder through embeddings and fine-tuning to classification and exports.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { USUAL_LORA } from '../../core/learning/finetune/method.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { classifyPatent } from '../classification/classify.ts';
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { Engine } from '../engine.ts';
import { createSession, ort } from '../onnx/runtime.ts';
import { quietTask } from '../task.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { finetune } from './finetune.ts';
import type { FinetuneRequest } from './request.ts';
import { smallByteBase, smallDocuments, smallTaxonomy } from './testing/small-base.ts';

const TEXT = 'the lamp has a lens';
const DIMENSION = 16;

let root = '';
beforeAll(async () => {
  root = await temporaryFolder();
});

/** The embedding from the library's own tokens and the published model, pooled by hand. */
async function embeddingOf(folder: string, { spec }: Encoder): Promise<Float64Array> {
  const definition = JSON.parse(await readFile(path.join(folder, 'tokenizer.json'), 'utf8')) as object;
  const { ids } = new Tokenizer(definition, {}).encode(TEXT, { add_special_tokens: false });
  const all = BigInt64Array.from([spec.startToken, ...ids, spec.endToken], BigInt);
  const session = await createSession(await readFile(path.join(folder, spec.model)));
  const shape = [1, all.length];
  const feeds = Object.fromEntries(
    session.inputNames.map((name) => {
      const filled =
        name === 'input_ids' ? all : new BigInt64Array(all.length).fill(name === 'attention_mask' ? 1n : 0n);
      return [name, new ort.Tensor('int64', filled, shape)];
    }),
  );
  const hidden = (await session.run(feeds))[spec.output]?.data as Float32Array;
  await session.release();
  const rows = spec.pooling === 'cls' ? hidden.subarray(0, DIMENSION) : hidden;
  const total = new Float64Array(DIMENSION);
  rows.forEach((value, i) => (total[i % DIMENSION] = (total[i % DIMENSION] ?? 0) + value));
  const norm = Math.hypot(...total);
  return total.map((value) => value / norm);
}

describe.each([
  { architecture: 'roberta', pooling: 'cls' },
  { architecture: 'roberta', pooling: 'mean' },
  { architecture: 'modernbert', pooling: 'cls' },
  { architecture: 'modernbert', pooling: 'mean' },
] as const)('$architecture, pooled by $pooling', ({ architecture, pooling }) => {
  let base = '';
  let request: FinetuneRequest;
  let encoder: Encoder;

  beforeAll(async () => {
    base = await smallByteBase(root, architecture, pooling);
    encoder = await Encoder.load(base);
    request = {
      taxonomy: smallTaxonomy(),
      documents: await smallDocuments(root),
      view: 'TA',
      method: { ...USUAL_LORA, rank: 2 },
      epochs: 2,
      batch: 4,
      rate: 0.02,
      headRate: 0.02,
      seed: 3,
      base,
      folder: path.join(base, 'tuned'),
      restart: false,
    };
    const cache = await EmbeddingCache.open(undefined, encoder.spec, () => undefined);
    await finetune(request, new Embedder(encoder, cache), quietTask);
  }, 60_000);

  it("embeds as the library's tokens and the published model do", async () => {
    const { embedding } = await encoder.encode(TEXT);
    (await embeddingOf(base, encoder)).forEach((value, d) => expect(embedding[d]).toBeCloseTo(value, 5));
  });

  it('is fine-tuned, classifies, and classifies the same from its export', async () => {
    const exported = path.join(base, 'exported');
    const engine = new Engine({ warn: () => undefined });
    await engine.exportClassifier(request.folder, exported, { kind: 'plain' });
    const [own, plain] = await Promise.all(
      [request.folder, exported].map(async (folder) => {
        const classifier = await engine.classifier(folder);
        const embedder = await engine.embedderOf(classifier, undefined);
        const embedding = await embedder.embed(TEXT, quietTask);
        return classifierLogits(classifier.model, embedding, tfidfOfText(TEXT, classifier.vocabulary));
      }),
    );
    expect(own).toHaveLength(3);
    own?.forEach((logit, label) =>
      expect(Math.abs(logit - (plain?.[label] ?? Number.NaN))).toBeLessThan(1e-5),
    );
  });

  it('tells which passages carried a label; its export, which is plain files, tells the same', async () => {
    const exported = path.join(base, 'explained');
    const engine = new Engine({ warn: () => undefined });
    await engine.exportClassifier(request.folder, exported, { kind: 'plain' });
    const [document] = request.documents;
    if (!document) throw new Error('there are documents');
    const { patent } = document;
    const [own, plain] = await Promise.all(
      [request.folder, exported].map(async (folder) => {
        const classifier = await engine.classifier(folder);
        const embedder = await engine.embedderOf(classifier, undefined);
        const attribution = await engine.attributionOf(classifier);
        const options = { evidence: true, path: 'p.txt', attribution };
        return (await classifyPatent(patent, classifier, embedder, options)).prediction;
      }),
    );
    const { finetuned } = (await engine.classifier(request.folder)).description;
    const isGradient = pooling === 'cls' || (finetuned?.bestEpoch ?? 0) > 0;
    expect(own?.evidence?.basis).toBe(isGradient ? 'gradient' : 'shares');
    // The first token's vector has no shares; the mean over tokens has, once the trained weights are the encoder's own.
    expect(plain?.evidence?.basis).toBe(pooling === 'cls' ? 'gradient' : 'shares');
    const told = (prediction: typeof own): readonly number[] => prediction?.labels[0]?.contributions ?? [];
    expect(told(own).some((value) => Math.abs(value) > 1e-3)).toBe(true);
    if (pooling === 'mean') return;
    told(plain).forEach((value, passage) => expect(value).toBeCloseTo(told(own)[passage] ?? Number.NaN, 2));
  });

  it('is served in the form that its configuration states', async () => {
    const repository = path.join(base, 'repository');
    const layout = { kind: 'triton', name: 'parts' } as const;
    await new Engine({ warn: () => undefined }).exportClassifier(request.folder, repository, layout);
    const config = await readFile(path.join(repository, 'parts', 'config.pbtxt'), 'utf8');
    const session = await createSession(path.join(repository, 'parts', '1', 'model.onnx'));
    const named = (list: 'input' | 'output'): string[] =>
      [...(config.split(`${list} [`)[1]?.split('\n]')[0] ?? '').matchAll(/name: "([^"]+)"/g)].map(
        ([, name]) => name ?? '',
      );
    expect(named('input').sort()).toEqual([...session.inputNames].sort());
    expect(named('output').sort()).toEqual([...session.outputNames].sort());
    await session.release();
  });
});
