/** A fine-tuned classifier as a model of a Triton repository, read back with plain ONNX Runtime. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifierLogits } from '../../../core/learning/linear-classifier.ts';
import { USUAL_LORA } from '../../../core/learning/finetune/method.ts';
import { tfidfOfText } from '../../../core/learning/tfidf.ts';
import { EmbeddingCache } from '../../cache/embedding-cache.ts';
import { Embedder } from '../../encoder/embedder.ts';
import { Encoder } from '../../encoder/encoder.ts';
import { Engine } from '../../engine.ts';
import { createSession, ort } from '../../onnx/runtime.ts';
import { quietTask } from '../../task.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { finetune } from '../finetune.ts';
import { encoderFeeds } from '../texts.ts';
import { smallBase, smallDocuments, smallTaxonomy } from '../testing/small-base.ts';
import { tritonConfig } from './config.ts';
import { exportTriton } from './triton.ts';

const TEXTS = ['the lamp has a lens and a mirror', 'a pump'];

let root = '';
let model = '';
beforeAll(async () => {
  root = await temporaryFolder();
  const base = await smallBase(root);
  model = path.join(root, 'tuned');
  const encoder = await Encoder.load(base);
  await finetune(
    {
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
      folder: model,
      restart: false,
    },
    new Embedder(encoder, await EmbeddingCache.open(undefined, encoder.spec, () => undefined)),
    quietTask,
  );
}, 60_000);

describe('a served classifier', () => {
  it('gives the probabilities that the classifier gives, in a batch with padding', async () => {
    const repository = path.join(root, 'repository');
    await exportTriton(model, repository, 'parts');
    expect((await readdir(path.join(repository, 'parts'))).sort()).toEqual([
      '1',
      'CARD.md',
      'config.pbtxt',
      'labels.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    const engine = new Engine({ warn: () => undefined });
    const classifier = await engine.classifier(model);
    const { encoder } = await engine.embedderOf(classifier, undefined);
    const session = await createSession(await readFile(path.join(repository, 'parts', '1', 'model.onnx')));
    const windows = TEXTS.map((text) => Int32Array.of(2, ...encoder.tokenize(text).ids, 3));
    const length = Math.max(...windows.map((window) => window.length));
    const { labels, words } = classifier.model;
    const feeds: Record<string, ort.Tensor> = Object.fromEntries(
      Object.entries(encoderFeeds(windows, length)).map(([name, data]) => [
        name,
        new ort.Tensor('int64', data, [TEXTS.length, length]),
      ]),
    );
    const nothing = { indices: new Int32Array(), values: new Float32Array() };
    const wordLogits = TEXTS.flatMap((text) => {
      const found = tfidfOfText(text, classifier.vocabulary);
      const zero = new Float32Array(classifier.model.dimension);
      const [with_, without] = [found, nothing].map((one) => classifierLogits(classifier.model, zero, one));
      return Array.from(with_ ?? [], (value, label) => value - (without?.[label] ?? 0));
    });
    if (words > 0)
      feeds['word_logits'] = new ort.Tensor('float32', Float32Array.from(wordLogits), [TEXTS.length, labels]);
    const { probabilities } = await session.run(feeds);
    await session.release();
    expect(probabilities?.dims).toEqual([TEXTS.length, labels]);
    for (const [row, text] of TEXTS.entries()) {
      const { embedding } = await encoder.encode(text);
      const logits = classifierLogits(classifier.model, embedding, tfidfOfText(text, classifier.vocabulary));
      logits.forEach((logit, label) => {
        const found = Number(probabilities?.data[row * labels + label]);
        expect(Math.abs(found - 1 / (1 + Math.exp(-logit)))).toBeLessThan(1e-5);
      });
    }
  });

  it('has a name that a server takes', async () => {
    await expect(exportTriton(model, root, '../out')).rejects.toMatchObject({ code: 'usage' });
  });

  it('is described in the form that Triton reads', () => {
    const text = tritonConfig('parts', {
      inputs: [
        { name: 'input_ids', type: 'INT64', dims: [-1] },
        { name: 'word_logits', type: 'FP32', dims: [3] },
      ],
      outputs: [{ name: 'probabilities', type: 'FP32', dims: [3] }],
    });
    expect(text).toBe(`name: "parts"
backend: "onnxruntime"
max_batch_size: 32
input [
  {
    name: "input_ids"
    data_type: TYPE_INT64
    dims: [ -1 ]
  },
  {
    name: "word_logits"
    data_type: TYPE_FP32
    dims: [ 3 ]
  }
]
output [
  {
    name: "probabilities"
    data_type: TYPE_FP32
    dims: [ 3 ]
  }
]
`);
  });
});
