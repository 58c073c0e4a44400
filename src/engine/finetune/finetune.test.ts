/** Fine-tuning from end to end on a small random encoder. */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { beforeAll, describe, expect, it } from 'vitest';
import { ModelProtoSchema, TensorProto_DataType } from '../../core/graph/onnx_pb.ts';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { USUAL_LORA, type Method } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { viewText } from '../../core/patent/view.ts';
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import { loadClassifier, readDescription, sha256 } from '../classifier/store.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { Engine } from '../engine.ts';
import { quietTask, type Task } from '../task.ts';
import { cancelAt } from '../testing/cancelling.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { trainClassifier } from '../training/train-classifier.ts';
import { openBase } from './base.ts';
import { CHECKPOINT_FILE, readCheckpoint } from './checkpoint.ts';
import { finetune, type FinetuneResult } from './finetune.ts';
import type { PlanEvent } from './plan-event.ts';
import { beginStage, heldOut, prepare } from './prepare.ts';
import type { FinetuneRequest } from './request.ts';
import { Sessions } from './sessions.ts';
import { smallBase, smallDocuments, smallTaxonomy } from './testing/small-base.ts';
import { validated } from './validation.ts';

const NO_WORDS = { indices: new Int32Array(), values: new Float32Array() };
const TEXT = 'the lamp has a lens and a mirror';

let root = '';
let base = '';
let request: FinetuneRequest;
let whole: FinetuneResult;

beforeAll(async () => {
  root = await temporaryFolder({});
  base = await smallBase(root);
  request = {
    taxonomy: smallTaxonomy(),
    documents: await smallDocuments(root),
    view: 'TA',
    method: { ...USUAL_LORA, rank: 2 },
    epochs: 3,
    batch: 4,
    rate: 0.03,
    headRate: 0.03,
    seed: 5,
    base,
    folder: path.join(root, 'whole'),
    // Twelve documents held out cannot tell more from less.
    certainty: 0,
    restart: false,
  };
  whole = await tuned(request);
}, 120_000);

async function baseEmbedder(): Promise<Embedder> {
  const encoder = await Encoder.load(base);
  return new Embedder(encoder, await EmbeddingCache.open(undefined, encoder.spec, () => undefined));
}

const tuned = async (changed: FinetuneRequest, task: Task = quietTask): Promise<FinetuneResult> =>
  finetune(changed, await baseEmbedder(), task);

const dataOf = async (folder: string): Promise<readonly Buffer[]> => {
  const { finetuned, weights } = await readDescription(folder);
  return Promise.all([finetuned?.file ?? '', weights.file].map((file) => readFile(path.join(folder, file))));
};

describe('a fine-tuned classifier', () => {
  it('keeps what was trained alone, and says how it went', async () => {
    const { description } = whole.classifier;
    expect(description.finetuned).toMatchObject({ method: { kind: 'lora', rank: 2 } });
    expect(whole.history.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
    // The first and the third epoch read the same windows.
    const losses = whole.history.flatMap(({ loss }) => loss ?? []);
    expect(losses[2]).toBeLessThan(losses[0] ?? 0);
    expect(description.training.lexicalScale).toBeGreaterThan(0);
    const files = await readdir(request.folder);
    expect(files).not.toContain(CHECKPOINT_FILE);
    expect(files.some((file) => file.endsWith('.onnx'))).toBe(false);
    expect(description.notes.join(' ')).toContain('longer than the encoder reads at once');
  });

  it('classifies through the engine as its export does, which is plain files', async () => {
    const engine = new Engine({ warn: () => undefined });
    const folder = path.join(root, 'exported');
    const exported = await engine.exportClassifier(request.folder, folder, { kind: 'plain' });
    expect(exported.files).toContain('model.onnx');
    const { method, bestEpoch } = whole.classifier.description.finetuned ?? {};
    expect((await readDescription(folder)).merged).toEqual({ method, bestEpoch });
    const logits = await Promise.all(
      [request.folder, folder].map(async (one) => {
        const classifier = await engine.classifier(one);
        const embedder = await engine.embedderOf(classifier, undefined);
        return classifierLogits(classifier.model, await embedder.embed(TEXT, quietTask), NO_WORDS);
      }),
    );
    const [own, plain] = logits;
    own?.forEach((value, label) => expect(plain?.[label]).toBeCloseTo(value, 5));
    // The encoder was changed indeed.
    const frozen = await (await Encoder.load(base)).encode(TEXT);
    const changed = await (await Encoder.load(folder)).encode(TEXT);
    const cosine = frozen.embedding.reduce((sum, value, d) => sum + value * (changed.embedding[d] ?? 0), 0);
    expect(cosine).toBeLessThan(0.99999);
    expect((await loadClassifier(folder, (await Encoder.load(folder)).spec)).description.labels).toHaveLength(
      3,
    );
  });

  it('goes on where it was cancelled, to the same bits', async () => {
    const folder = path.join(root, 'interrupted');
    for (const step of [1, 5, 12, 20]) {
      await expect(tuned({ ...request, folder }, cancelAt(step))).rejects.toMatchObject({
        code: 'cancelled',
      });
      const checkpoint = await readCheckpoint(path.join(folder, CHECKPOINT_FILE));
      expect(checkpoint?.progress.step).toBe(step);
    }
    await expect(
      tuned({ ...request, folder }, cancelAt(3, 'Training on all documents')),
    ).rejects.toMatchObject({ code: 'cancelled' });
    const checkpoint = await readCheckpoint(path.join(folder, CHECKPOINT_FILE));
    expect(checkpoint?.progress).toMatchObject({ stage: 'fitting', step: 3 });
    const plans: PlanEvent[] = [];
    const { resumed, steps, history } = await tuned({
      ...request,
      folder,
      onEvent: (event) => {
        if (event.kind === 'plan') plans.push(event);
      },
    });
    expect(plans).toMatchObject([{ resumed }]);
    expect(resumed).toBe((checkpoint?.progress.choosingSteps ?? 0) + 3);
    expect(steps).toBe(whole.steps);
    expect(history).toEqual(whole.history);
    expect(await dataOf(folder)).toEqual(await dataOf(request.folder));
  });

  it.each<Method>([{ kind: 'last-k', layers: 1 }, { kind: 'full' }])(
    'can be trained by $kind',
    async (method) => {
      const folder = path.join(root, method.kind);
      const { history } = await tuned({ ...request, folder, method, rate: 0.003 });
      const losses = history.flatMap(({ loss }) => loss ?? []);
      expect(losses[2]).toBeLessThan(losses[0] ?? 0);
      const engine = new Engine({ warn: () => undefined });
      expect((await engine.classifier(folder)).model.labels).toBe(3);
    },
  );
});

describe('where training begins', () => {
  it.each<Method>([{ ...USUAL_LORA, rank: 2 }, { kind: 'last-k', layers: 1 }, { kind: 'full' }])(
    'by $kind, every score is that of the frozen encoder with its head',
    async (method) => {
      const embedder = await baseEmbedder();
      const asked = { ...request, method };
      const prepared = await prepare(asked, embedder, quietTask);
      const isTrained = prepared.isHeld.map((held) => !held);
      const stage = await beginStage(asked, prepared, isTrained, embedder, quietTask);
      const { classifier } = stage.frozen.head;
      expect(classifier.words).toBeGreaterThan(0);
      const model = { method, layout: stage.layout, labels: classifier.labels };
      const sessions = new Sessions({
        base: prepared.base,
        model,
        batch: request.batch,
        optimiser: USUAL_OPTIMISER,
      });
      const held = heldOut(prepared, stage);
      const { logits } = await validated(stage.start, model, classifier, held, sessions, () => 16, quietTask);
      await sessions.release();
      const texts = prepared.texts.filter((_, i) => prepared.isHeld[i]);
      for (const [row, text] of texts.entries()) {
        const words = tfidfOfText(text, stage.frozen.vocabulary);
        const frozen = classifierLogits(classifier, await embedder.embed(text, quietTask), words);
        frozen.forEach((value, label) =>
          expect(Math.abs((logits[row * classifier.labels + label] ?? 0) - value)).toBeLessThan(1e-5),
        );
      }
    },
  );

  describe('what is better on few documents only by chance', () => {
    const unproven = async (name: string) => {
      const folder = path.join(root, name);
      return { folder, ...(await tuned({ ...request, folder, certainty: 1 })) };
    };

    it('is not kept, and that is said', async () => {
      const { bestEpoch, history, classifier } = await unproven('unproven');
      expect(history).toEqual(whole.history);
      expect(whole.bestEpoch).toBeGreaterThan(0);
      expect(bestEpoch).toBe(0);
      expect(classifier.description.finetuned?.bestEpoch).toBe(0);
      expect(classifier.description.notes.join(' ')).toMatch(
        new RegExp(`Epoch ${whole.bestEpoch} .* in only \\d+ % of their resamples`),
      );
    });

    it('is gone on with where less certainty is asked for, to the same bits', async () => {
      const { folder } = await unproven('doubted');
      const stages = new Set<string>();
      const result = await tuned({
        ...request,
        folder,
        certainty: 0,
        onEvent: (event) => event.kind === 'step' && stages.add(event.stage),
      });
      expect([...stages]).toEqual(['fitting']);
      expect(result).toMatchObject({ steps: whole.steps, bestEpoch: whole.bestEpoch });
      expect(await dataOf(folder)).toEqual(await dataOf(request.folder));
      expect(await readdir(folder)).not.toContain(CHECKPOINT_FILE);
    });

    it('comes to the same again, and stands in the way of no other training', async () => {
      const { folder, history } = await unproven('again');
      const again = await unproven('again');
      expect(again.history).toEqual(history);
      expect(again.bestEpoch).toBe(0);
      expect((await tuned({ ...request, folder, epochs: 1, certainty: 0 })).resumed).toBe(0);
    });
  });

  it('where no epoch is better, the classifier is the one that Train Classifier makes', async () => {
    const folder = path.join(root, 'unchanged');
    // Far too small a rate to change an order.
    const { bestEpoch, classifier } = await tuned({ ...request, folder, rate: 1e-12, headRate: 1e-12 });
    expect(bestEpoch).toBe(0);
    const embedder = await baseEmbedder();
    const { taxonomy, documents, view, seed } = request;
    const frozen = await trainClassifier(
      { taxonomy, documents, view, seed, folder: path.join(root, 'frozen'), name: 'frozen' },
      embedder,
      quietTask,
    );
    expect(classifier.description.thresholds).toEqual(frozen.description.thresholds);
    expect(classifier.description.metrics).toEqual(frozen.description.metrics);
    const { folds, priorWeight, lexicalScale } = frozen.description.training;
    expect(classifier.description.training).toMatchObject({ folds, priorWeight, lexicalScale });
    const engine = new Engine({ warn: () => undefined });
    const stored = await engine.classifier(folder);
    const own = await engine.embedderOf(stored, undefined);
    for (const { patent } of documents) {
      const { text } = viewText(patent, view);
      const logits = await Promise.all(
        [
          { model: stored, by: own },
          { model: frozen, by: embedder },
        ].map(async ({ model, by }) =>
          classifierLogits(model.model, await by.embed(text, quietTask), tfidfOfText(text, model.vocabulary)),
        ),
      );
      logits[0]?.forEach((value, label) =>
        expect(Math.abs(value - (logits[1]?.[label] ?? 0))).toBeLessThan(1e-5),
      );
    }
  });
});

describe('what can go wrong', () => {
  it('a loss that is no number stops the training, names the step, and replaces nothing', async () => {
    const folder = path.join(root, 'diverged');
    const method: Method = { kind: 'full' };
    await expect(tuned({ ...request, folder, method, rate: 1e30 })).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringMatching(/at step \d+/) as unknown,
    });
    // It would diverge again at that step, and another training must not stumble over it.
    expect(await readdir(folder)).toEqual([]);
    expect((await tuned({ ...request, folder, method, epochs: 1 })).resumed).toBe(0);
  });

  it('an interrupted training is not mixed with another one', async () => {
    const folder = path.join(root, 'other');
    await expect(tuned({ ...request, folder }, cancelAt(2))).rejects.toMatchObject({ code: 'cancelled' });
    const other = { ...request, folder, rate: 0.02 };
    await expect(tuned(other)).rejects.toMatchObject({ code: 'training-interrupted' });
    const { resumed } = await tuned({ ...other, epochs: 1, restart: true });
    expect(resumed).toBe(0);
  });

  it('a base that is gone or another one is named when the classifier is loaded', async () => {
    const folder = path.join(root, 'moved');
    await cp(request.folder, folder, { recursive: true });
    const file = path.join(folder, 'classifier.json');
    const description = await readFile(file, 'utf8');
    const engine = new Engine({ warn: () => undefined });
    await writeFile(file, description.replace(JSON.stringify(base), JSON.stringify(path.join(root, 'gone'))));
    await expect(engine.classifier(folder)).rejects.toMatchObject({ code: 'encoder-missing' });
  });

  it('a quantised model cannot be trained, which is said before anything is computed', async () => {
    await expect(openBase(ENCODER)).rejects.toMatchObject({
      code: 'model-quantised',
      remedy: expect.stringContaining('--method head') as unknown,
    });
  });

  it.each([
    { what: 'states half precision', precision: 'fp16', isHalf: false },
    { what: 'stores a tensor in half precision', precision: 'fp32', isHalf: true },
  ])('a base that $what cannot be trained either', async ({ precision, isHalf }) => {
    const folder = path.join(root, `half-${precision}`);
    await cp(base, folder, { recursive: true });
    const model = fromBinary(ModelProtoSchema, await readFile(path.join(base, 'model.onnx')));
    const matrix = model.graph?.initializer.find(
      ({ dataType, dims }) => dataType === TensorProto_DataType.FLOAT && dims.length === 2,
    );
    if (isHalf && matrix) {
      matrix.dataType = TensorProto_DataType.FLOAT16;
      matrix.rawData = matrix.rawData.slice(0, matrix.rawData.length / 2);
    }
    const bytes = toBinary(ModelProtoSchema, model);
    const spec = JSON.parse(await readFile(path.join(base, 'encoder.json'), 'utf8')) as object;
    await writeFiles(folder, {
      'model.onnx': bytes,
      'encoder.json': JSON.stringify({ ...spec, precision, sha256: sha256(bytes) }),
    });
    await expect(openBase(folder)).rejects.toMatchObject({
      code: 'model-quantised',
      message: expect.stringContaining('small (fp16)') as unknown,
      remedy: expect.stringContaining('--method head') as unknown,
    });
  });

  it('too few documents are not split', async () => {
    const documents = request.documents.slice(0, 10);
    await expect(tuned({ ...request, documents })).rejects.toMatchObject({ code: 'corpus-unlabelled' });
  });
});
