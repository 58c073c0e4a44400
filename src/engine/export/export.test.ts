/**
 * Exported classifiers, asked as a stranger asks them: with ONNX Runtime, the tokenizer's library, and the files of the
 * export alone.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { USUAL_LORA } from '../../core/learning/finetune/method.ts';
import { viewText } from '../../core/patent/view.ts';
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import { classifyPatent } from '../classification/classify.ts';
import { readDescription, saveClassifier } from '../classifier/store.ts';
import { copyEncoder } from '../encoder/copy.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { readEncoderSpec } from '../encoder/spec.ts';
import { Engine } from '../engine.ts';
import { openBase } from '../finetune/base.ts';
import { finetune } from '../finetune/finetune.ts';
import { writeMergedEncoder } from '../finetune/merged.ts';
import { smallBase, smallDocuments, smallTaxonomy, withDataBeside } from '../finetune/testing/small-base.ts';
import type { ExportLayout } from '../../protocol/classifier-export.ts';
import { quietTask } from '../task.ts';
import { madeUpClassifier } from '../testing/classifier.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER, TRAINABLE_ENCODERS } from '../testing/repository.ts';
import { trainClassifier } from '../training/train-classifier.ts';
import { exportClassifier } from './export.ts';
import { tritonConfig } from './triton-config.ts';

const VIEW = 'TA';
const TOLERANCE = 1e-5;
const PLAIN: ExportLayout = { kind: 'plain' };
const TRITON: ExportLayout = { kind: 'triton', name: 'parts' };

let root = '';
let base = '';
let documents: readonly LabelledDocument[] = [];
/** A fine-tuned classifier, and one with the same base frozen beside its head. */
let tuned = '';
let frozen = '';
const engine = new Engine({ warn: () => undefined });

beforeAll(async () => {
  root = await temporaryFolder();
  base = await withDataBeside(await smallBase(root));
  documents = await smallDocuments(root);
  [tuned, frozen] = [path.join(root, 'tuned'), path.join(root, 'frozen')];
  const encoder = await Encoder.load(base);
  const embedder = new Embedder(encoder, await EmbeddingCache.open(undefined, encoder.spec, () => undefined));
  const request = { taxonomy: smallTaxonomy(), documents, view: VIEW, seed: 5 } as const;
  await finetune(
    {
      ...request,
      method: { ...USUAL_LORA, rank: 2 },
      epochs: 3,
      batch: 4,
      rate: 0.03,
      headRate: 0.03,
      certainty: 0,
      base,
      folder: tuned,
      restart: false,
    },
    embedder,
    quietTask,
  );
  await copyEncoder(base, frozen);
  await trainClassifier({ ...request, folder: frozen, name: 'frozen' }, embedder, quietTask);
}, 120_000);

/** What the classifier says, label by label in its order. */
async function said(folder: string, { patent }: LabelledDocument): Promise<readonly number[]> {
  const classifier = await engine.classifier(folder);
  const embedder = await engine.embedderOf(classifier, undefined);
  const options = { evidence: false, path: 'p.txt' };
  const { labels } = (await classifyPatent(patent, classifier, embedder, options)).prediction;
  return classifier.description.labels.map(
    ({ id }) => labels.find((label) => label.id === id)?.probability ?? -1,
  );
}

const json = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

interface Client {
  readonly labels: readonly string[];
  readonly dimension: number;
  readonly session: ort.InferenceSession;
  readonly ids: (text: string) => readonly number[];
  readonly vector: (text: string) => Float32Array;
}

/** @param folder with the tokenizer and what else was exported @param model its file in there */
async function openClient(folder: string, model: string): Promise<Client> {
  const tokenizer = new Tokenizer((await json(path.join(folder, 'tokenizer.json'))) as object, {});
  const labels = (await json(path.join(folder, 'labels.json'))) as { id: string; threshold: number }[];
  const { words, idf, pattern } = (await json(path.join(folder, 'vocabulary.json'))) as {
    words: string[];
    idf: number[];
    pattern: string;
  };
  const session = await ort.InferenceSession.create(path.join(folder, model));
  const sums = session.outputMetadata.find(({ name }) => name === 'sums');
  return {
    labels: labels.map(({ id }) => id),
    dimension: Number(sums?.isTensor ? sums.shape[1] : 0),
    session,
    ids: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
    vector: (text) => {
      const found = Array.from(text.matchAll(new RegExp(pattern, 'gu')), ([word]) => word.toLowerCase());
      const weights = words.map((word, at) => {
        const count = found.filter((one) => one === word).length;
        return count === 0 ? 0 : (1 + Math.log(count)) * (idf[at] ?? 0);
      });
      const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
      return Float32Array.from(weights, (weight) => weight / length);
    },
  };
}

/** One window of each text as a batch with padding. */
async function run(
  { session, dimension }: Client,
  windows: readonly (readonly number[])[],
  words: readonly Float32Array[],
  previous: readonly Float32Array[] = [],
): Promise<{ readonly probabilities: readonly number[][]; readonly sums: readonly Float32Array[] }> {
  const length = Math.max(...windows.map((window) => window.length));
  const tokens = (value: (window: readonly number[], at: number) => number): ort.Tensor =>
    new ort.Tensor(
      'int64',
      BigInt64Array.from(
        windows.flatMap((window) => Array.from({ length }, (_, at) => BigInt(value(window, at)))),
      ),
      [windows.length, length],
    );
  const rows = (of: (row: number) => Float32Array): ort.Tensor => {
    const all = windows.flatMap((_, row) => [...of(row)]);
    return new ort.Tensor('float32', Float32Array.from(all), [windows.length, all.length / windows.length]);
  };
  const feeds: Record<string, ort.Tensor> = {
    input_ids: tokens((window, at) => window[at] ?? 0),
    attention_mask: tokens((window, at) => (at < window.length ? 1 : 0)),
    token_type_ids: tokens(() => 0),
    words: rows((row) => words[row] ?? new Float32Array()),
    previous_sums: rows((row) => previous[row] ?? new Float32Array(dimension)),
  };
  const asked = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => session.inputNames.includes(name)),
  );
  const results = await session.run(asked);
  const told = (name: string): readonly Float32Array[] => {
    const { data, dims } = results[name] as ort.Tensor;
    const width = dims[1] ?? 0;
    return windows.map((_, row) => (data as Float32Array).slice(row * width, (row + 1) * width));
  };
  return { probabilities: told('probabilities').map((row) => [...row]), sums: told('sums') };
}

function expectSame(found: readonly number[] | undefined, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, label) =>
    expect(Math.abs((found?.[label] ?? Number.NaN) - value)).toBeLessThanOrEqual(TOLERANCE),
  );
}

const textOf = ({ patent }: LabelledDocument): string => viewText(patent, VIEW).text;

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();

describe.each([
  { of: 'a fine-tuned classifier', folder: () => tuned },
  { of: 'a head on a frozen encoder', folder: () => frozen },
])('$of', ({ folder }) => {
  describe.each([
    { name: 'plain', layout: PLAIN, inside: '', model: 'model.onnx' },
    { name: 'triton', layout: TRITON, inside: 'parts', model: '1/model.onnx' },
  ])('exported $name', ({ name, layout, inside, model }) => {
    let out = '';
    let told: readonly string[] = [];
    let client: Client;

    beforeAll(async () => {
      out = `${folder()}-${name}`;
      told = (await engine.exportClassifier(folder(), out, layout)).files;
      client = await openClient(path.join(out, inside), model);
    });

    it('tells every file that it wrote', async () => {
      expect([...told].sort()).toEqual(await filesIn(out));
      for (const one of ['tokenizer.json', 'labels.json', 'vocabulary.json', 'CARD.md'])
        expect(told).toContain(path.posix.join(inside, one));
    });

    it('gives the probabilities of the classifier for real documents, in a batch with padding', async () => {
      const short = documents.filter((document) => client.ids(textOf(document)).length <= 14).slice(0, 6);
      expect(short).toHaveLength(6);
      const texts = short.map(textOf);
      const vectors = texts.map(client.vector);
      const { probabilities } = await run(
        client,
        texts.map((text) => [2, ...client.ids(text), 3]),
        vectors,
      );
      for (const [row, document] of short.entries())
        expectSame(probabilities[row], await said(folder(), document));
      // Words do weigh: without them the answers would be others.
      const without = await run(
        client,
        texts.map((text) => [2, ...client.ids(text), 3]),
        vectors.map((vector) => new Float32Array(vector.length)),
      );
      expect(Math.abs((without.probabilities[0]?.[0] ?? 0) - (probabilities[0]?.[0] ?? 0))).toBeGreaterThan(
        1e-3,
      );
    });

    it('gives them for a document of several windows, one after the other', async () => {
      const long = documents.find((document) => client.ids(textOf(document)).length > 14);
      if (!long) throw new Error('there are long documents');
      const text = textOf(long);
      const ids = client.ids(text);
      // No sentence ends in these texts, so that every window is as long as can be.
      const windows = Array.from({ length: Math.ceil(ids.length / 14) }, (_, i) => [
        2,
        ...ids.slice(14 * i, 14 * (i + 1)),
        3,
      ]);
      let previous: readonly Float32Array[] = [];
      let last: readonly number[] | undefined;
      for (const window of windows) {
        const { probabilities, sums } = await run(client, [window], [client.vector(text)], previous);
        [previous, last] = [sums, probabilities[0]];
      }
      expect(windows.length).toBeGreaterThan(1);
      expectSame(last, await said(folder(), long));
    });

    it('has a card whose example comes out as it says', async () => {
      const card = await readFile(path.join(out, inside, 'CARD.md'), 'utf8');
      const [, text = '', ids = ''] = /The text `(.+)` has the token ids ([\d ]+)\./.exec(card) ?? [];
      expect([2, ...client.ids(text), 3].join(' ')).toBe(ids);
      const table = (title: string): readonly (readonly [number, number])[] =>
        [
          ...(card.split(`position in \`${title}\``)[1]?.split('\n\n')[0] ?? '').matchAll(
            /^\| (\d+) \|.*\| ([\d.]+) \|$/gm,
          ),
        ].map(([, at, value]) => [Number(at), Number(value)] as const);
      const vector = client.vector(text);
      expect(table('words').length).toBeGreaterThan(3);
      for (const [at, value] of table('words')) expect(vector[at]).toBeCloseTo(value, 5);
      const { probabilities } = await run(client, [ids.split(' ').map(Number)], [vector]);
      expect(table('probabilities')).toHaveLength(client.labels.length);
      for (const [at, value] of table('probabilities')) expect(probabilities[0]?.[at]).toBeCloseTo(value, 5);
    });
  });

  it('classifies from its plain export as before, which is an encoder to train on, too', async () => {
    const out = `${folder()}-again`;
    await engine.exportClassifier(folder(), out, PLAIN);
    for (const document of documents.slice(0, 4))
      expectSame(await said(out, document), await said(folder(), document));
    const opened = await openBase(out);
    const encoder = path.join(out, 'merged');
    await writeMergedEncoder(opened, new Map(), encoder, { id: 'test/merged' });
    const session = await ort.InferenceSession.create(path.join(encoder, 'model.onnx'));
    expect(session.inputNames).not.toContain('words');
    expect(session.outputNames).toEqual(['last_hidden_state']);
    // Exported once more, over itself, there is one head and no file of the one before.
    await engine.exportClassifier(out, `${out}-more`, PLAIN);
    const files = await filesIn(`${out}-more`);
    await engine.exportClassifier(folder(), `${out}-more`, PLAIN);
    expect(await filesIn(`${out}-more`)).toHaveLength(files.length);
  });
});

it('the fine-tuned one has an encoder of its own', async () => {
  expect((await readDescription(tuned)).finetuned?.bestEpoch).toBeGreaterThan(0);
});

describe('a model too large for one file', () => {
  it('keeps its weights beside it, and is the same', async () => {
    const out = path.join(root, 'large');
    const { files } = await exportClassifier({
      model: frozen,
      encoder: frozen,
      folder: out,
      layout: PLAIN,
      mostInside: 0,
    });
    expect(files).toContain('model.onnx.data');
    expect([...files].sort()).toEqual(await filesIn(out));
    const [document] = documents;
    if (document) expectSame(await said(out, document), await said(frozen, document));
  });
});

describe('encoders as published', () => {
  it.each([
    { name: 'all-MiniLM-L6-v2-int8', folder: ENCODER, batch: 1 },
    {
      name: 'all-MiniLM-L6-v2-fp32',
      folder: path.join(TRAINABLE_ENCODERS, 'all-MiniLM-L6-v2-fp32'),
      batch: 32,
    },
  ])(
    '$name with a head is exported and read back',
    async ({ name, folder, batch }) => {
      if (!existsSync(folder)) return;
      const spec = await readEncoderSpec(folder);
      const model = path.join(root, `head-${name}`);
      const { description, model: head, vocabulary } = madeUpClassifier(spec);
      await saveClassifier(model, description, head, vocabulary);
      const out = path.join(root, `exported-${name}`);
      await exportClassifier({ model, encoder: folder, folder: out, layout: TRITON });
      const config = await readFile(path.join(out, 'parts', 'config.pbtxt'), 'utf8');
      expect(config).toContain(`max_batch_size: ${batch}\n`);
      const client = await openClient(path.join(out, 'parts'), '1/model.onnx');
      const text = 'A wheelchair with a folding walker and two brakes.';
      const { probabilities } = await run(client, [[101, ...client.ids(text), 102]], [client.vector(text)]);
      const encoder = await Encoder.load(folder);
      const { embedding } = await encoder.encode(text);
      const words = client.vector(text);
      const expected = Array.from({ length: head.labels }, (_, label) => {
        const share = (row: Float32Array, by: Float32Array): number =>
          by.reduce((sum, value, at) => sum + value * (row[label * by.length + at] ?? 0), 0);
        const logit =
          (head.intercepts[label] ?? 0) + share(head.dense, embedding) + share(head.lexical, words);
        return 1 / (1 + Math.exp(-logit));
      });
      expectSame(probabilities[0], expected);
    },
    120_000,
  );
});

describe('what is refused', () => {
  const contents = async (folder: string): Promise<readonly (readonly [string, Buffer])[]> =>
    Promise.all(
      (await filesIn(folder)).map(async (name) => [name, await readFile(path.join(folder, name))] as const),
    );

  it.each([
    { to: 'the base encoder', out: () => base, layout: PLAIN, model: () => tuned },
    { to: 'the folder of its model', out: () => path.join(base, 'onnx'), layout: PLAIN, model: () => tuned },
    { to: 'the classifier', out: () => tuned, layout: PLAIN, model: () => tuned },
    { to: 'a link to it', out: () => path.join(root, 'link'), layout: PLAIN, model: () => tuned },
    {
      to: 'a repository in which its name is its folder',
      out: () => root,
      layout: { kind: 'triton', name: 'tuned' } as const,
      model: () => tuned,
    },
    { to: 'a classifier with its encoder', out: () => frozen, layout: PLAIN, model: () => frozen },
    { to: 'another encoder', out: () => path.join(root, 'base'), layout: PLAIN, model: () => tuned },
    {
      to: 'a name that leads elsewhere',
      out: () => root,
      layout: { kind: 'triton', name: '../out' } as const,
      model: () => tuned,
    },
  ])('an export over $to, which stays as it was', async ({ out, layout, model }) => {
    if (!existsSync(path.join(root, 'link'))) await symlink(tuned, path.join(root, 'link'));
    const kept = [base, tuned, frozen];
    const before = await Promise.all(kept.map(contents));
    await expect(engine.exportClassifier(model(), out(), layout)).rejects.toMatchObject({ code: 'usage' });
    expect(await Promise.all(kept.map(contents))).toEqual(before);
  });

  it.each([PLAIN, TRITON])(
    '$kind: a model that says something else, and the one before stays',
    async (layout) => {
      const out = path.join(root, `kept-${layout.kind}`);
      await engine.exportClassifier(frozen, out, layout);
      const before = await contents(out);
      const spec = await readEncoderSpec(base);
      const broken = path.join(root, `broken-${layout.kind}`);
      const { description, model, vocabulary } = madeUpClassifier(spec);
      // No number is like another one that is none.
      const head = { ...model, intercepts: model.intercepts.fill(Number.NaN) };
      await mkdir(broken, { recursive: true });
      await saveClassifier(broken, description, head, vocabulary);
      const asked = { model: broken, encoder: base, layout };
      const differs = { code: 'export-differs' };
      await expect(exportClassifier({ ...asked, folder: out })).rejects.toMatchObject(differs);
      expect(await contents(out)).toEqual(before);
      const fresh = path.join(root, `fresh-${layout.kind}`);
      await expect(exportClassifier({ ...asked, folder: fresh })).rejects.toMatchObject(differs);
      expect(existsSync(fresh) ? await filesIn(fresh) : []).toEqual([]);
    },
  );

  it('a classifier that was damaged', async () => {
    const damaged = path.join(root, 'damaged');
    await cp(tuned, damaged, { recursive: true });
    const name = (await readdir(damaged)).find((one) => one.startsWith('vocabulary-')) ?? '';
    await writeFile(path.join(damaged, name), '{}');
    await expect(engine.exportClassifier(damaged, path.join(root, 'none'), PLAIN)).rejects.toMatchObject({
      code: 'classifier-weights-mismatch',
    });
  });
});

describe('the configuration', () => {
  it('is in the form that Triton reads', () => {
    const text = tritonConfig(
      'parts',
      {
        inputs: [
          { name: 'input_ids', type: 'INT64', dims: [-1] },
          { name: 'words', type: 'FP32', dims: [300] },
        ],
        outputs: [{ name: 'probabilities', type: 'FP32', dims: [3] }],
      },
      false,
    );
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
    name: "words"
    data_type: TYPE_FP32
    dims: [ 300 ]
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
