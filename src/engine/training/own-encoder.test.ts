/**
 * A head on an encoder that the workspace names (`training.base`): all that reads with the classifier reads with that
 * encoder. Its vectors are shorter than the built-in one's, so that a mistake would show.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import { viewText } from '../../core/patent/view.ts';
import type { ClassifierInfo, Prediction } from '../../protocol/engine.ts';
import { readTarget } from '../classification/targets.ts';
import { readDescription } from '../classifier/store.ts';
import { Encoder } from '../encoder/encoder.ts';
import { Engine } from '../engine.ts';
import { smallBase, smallByteBase, smallDocuments } from '../finetune/testing/small-base.ts';
import { LeakageHandlers } from '../leakage/handlers.ts';
import { quietTask } from '../task.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER, ENCODERS } from '../testing/repository.ts';

const LAMP =
  'TITLE\nLamp (fictitious)\n\nABSTRACT\nThe lamp has a lens. A mirror is with the beam. The pump has a valve.\n';
const CLOSE = 5;

let root = '';
let engine: Engine;
let info: ClassifierInfo;

const started = (): Engine => new Engine({ encoders: ENCODERS, warn: () => undefined });
const file = (...parts: readonly string[]): string => path.join(root, ...parts);

async function trained(base: string | undefined): Promise<ClassifierInfo> {
  const training = { family: 'frozen', ...(base === undefined ? {} : { base }) };
  await writeFile(file('patent-lab.json'), JSON.stringify({ training }));
  return engine.train({ root, view: 'TA' }, quietTask);
}

async function classified(by = engine): Promise<Prediction> {
  const predictions: Prediction[] = [];
  const params = { root, targets: [{ path: file('lamp.txt') }], evidence: true, neighbours: 3 };
  await by.classify(params, quietTask, (outcome) => {
    if (outcome.kind !== 'classified') throw new Error(JSON.stringify(outcome));
    predictions.push(outcome.prediction);
  });
  const [prediction] = predictions;
  if (!prediction) throw new Error('the lamp is classified');
  return prediction;
}

/** Probabilities by label, as the classifier's own numbers give them with an encoder. */
async function expected(base: string): Promise<ReadonlyMap<string, number>> {
  const { model, vocabulary, description } = await engine.classifier(info.path);
  for await (const target of readTarget({ path: file('lamp.txt') }, { tables: [] })) {
    if (target.kind === 'failure') throw target.error;
    const { text } = viewText(target.patent, 'TA');
    const { embedding } = await (await Encoder.load(base)).encode(text);
    const logits = classifierLogits(model, embedding, tfidfOfText(text, vocabulary));
    return new Map(description.labels.map(({ id }, at) => [id, fromLogOdds(logits[at] ?? Number.NaN)]));
  }
  throw new Error('there is a lamp');
}

async function expectReadBy(base: string, prediction: Prediction): Promise<void> {
  const probabilities = await expected(base);
  expect(prediction.labels).toHaveLength(3);
  for (const { id, probability } of prediction.labels)
    expect(probability).toBeCloseTo(probabilities.get(id) ?? Number.NaN, CLOSE);
}

beforeAll(async () => {
  root = await temporaryFolder({
    'taxonomy.json': JSON.stringify({
      labels: [
        { id: 'wheels', name: 'wheel' },
        { id: 'lights', name: 'lamp' },
        { id: 'fluids', name: 'pump' },
      ],
    }),
    'lamp.txt': LAMP,
  });
  await smallBase(root);
  await mkdir(file('corpus'));
  await smallDocuments(file('corpus'));
  engine = started();
  info = await trained('base');
}, 120_000);

describe('a head on an encoder of the workspace', () => {
  it('says which encoder it needs, in its card, too', async () => {
    const { encoder, finetuned, notes } = await readDescription(info.path);
    expect(encoder).toMatchObject({ id: 'test/small', precision: 'fp32', folder: '../../../base' });
    expect(finetuned).toBeUndefined();
    expect(notes.join(' ')).not.toContain('built-in');
    expect(await readFile(path.join(info.path, 'CARD.md'), 'utf8')).toContain('it lies in ../../../base');
  });

  it('classifies with it, with evidence and neighbours, also after a restart', async () => {
    const prediction = await classified();
    await expectReadBy(file('base'), prediction);
    expect(prediction.evidence?.basis).not.toBe('gradient');
    expect(prediction.labels.some(({ contributions }) => contributions?.some((one) => one !== 0))).toBe(true);
    expect(prediction.neighbours).toHaveLength(3);
    expect({ ...(await classified(started())), elapsed: 0 }).toEqual({ ...prediction, elapsed: 0 });
  });

  it('classifies with it also where the whole folder was moved', async () => {
    const before = await classified();
    const [here, moved] = [root, path.join(await temporaryFolder(), 'moved')];
    await rename(here, moved);
    try {
      root = moved;
      const { labels } = await classified(started());
      expect(labels.map(({ probability }) => probability)).toEqual(
        before.labels.map(({ probability }) => probability),
      );
    } finally {
      await rename(moved, here);
      root = here;
    }
  });

  it('is asked by the leakage check, and compared by the numerics check, with it', async () => {
    const target = { path: file('lamp.txt') };
    const masked = await new LeakageHandlers(engine).maskedPrediction({ root, target }, quietTask);
    const prediction = await classified();
    expect(masked.labels.length).toBeGreaterThan(0);
    for (const { id, probability } of masked.labels)
      expect(probability).toBeCloseTo(
        prediction.labels.find((one) => one.id === id)?.probability ?? NaN,
        CLOSE,
      );
    expect(engine.encoderSource(await engine.classifier(info.path)).folder).toBe(file('base'));
  });

  it('is exported with it', async () => {
    const folder = file('exported');
    await engine.exportClassifier(info.path, folder, { kind: 'plain' });
    const { encoder } = await readDescription(folder);
    expect(encoder).toMatchObject({ id: 'test/small' });
    expect(encoder.folder).toBeUndefined();
    expect(await readFile(path.join(folder, 'CARD.md'), 'utf8')).not.toContain(file('base'));
    const exported = await engine.classifier(folder);
    const embedder = await engine.embedderOf(exported, undefined);
    const own = await engine.embedderOf(await engine.classifier(info.path), undefined);
    const ours = await own.embed('the lamp has a lens', quietTask);
    const theirs = await embedder.embed('the lamp has a lens', quietTask);
    theirs.forEach((value, at) => expect(value).toBeCloseTo(ours[at] ?? Number.NaN, CLOSE));
  });

  it('is trained on another one when that is named, and nothing of the one before is left', async () => {
    const before = await classified();
    const other = await smallByteBase(root, 'roberta', 'cls');
    info = await trained(path.basename(other));
    const after = await classified();
    await expectReadBy(other, after);
    expect(after.evidence?.basis).toBe('gradient');
    const similarities = ({ neighbours = [] }: Prediction): readonly number[] =>
      neighbours.map(({ similarity }) => similarity);
    expect(similarities(after)).not.toEqual(similarities(before));
    expect(similarities(after)).toEqual(similarities(await classified(started())));
  });

  it('is trained on a quantised one, and on the built-in one where none is named', async () => {
    info = await trained(ENCODER);
    expect((await readDescription(info.path)).encoder).toMatchObject({ precision: 'int8', folder: ENCODER });
    await expectReadBy(ENCODER, await classified());
    info = await trained(undefined);
    expect((await readDescription(info.path)).encoder.folder).toBeUndefined();
    await expectReadBy(ENCODER, await classified());
  });

  it('is trained on what lies in the folder now, also where another encoder lay there before', async () => {
    const place = file('changing');
    await cp(file('base'), place, { recursive: true });
    await trained('changing');
    await rm(place, { recursive: true });
    await cp(await smallByteBase(root, 'modernbert', 'mean'), place, { recursive: true });
    const failure = await failureOf(started().classifier(info.path));
    expect(failure.code).toBe('classifier-encoder-mismatch');
    info = await trained('changing');
    await expectReadBy(place, await classified());
  });
});

describe('what can go wrong', () => {
  it('the encoder is not there when the head is to be trained', async () => {
    const failure = await failureOf(trained('nowhere'));
    expect(failure).toMatchObject({
      code: 'encoder-missing',
      remedy: expect.stringContaining('Choose a folder') as unknown,
      place: { file: file('nowhere', 'encoder.json') },
    });
  });

  it('the encoder is gone when the head is to be read with', async () => {
    await cp(file('base'), file('gone'), { recursive: true });
    await trained('gone');
    await rm(file('gone'), { recursive: true });
    const failure = await failureOf(started().classifier(info.path));
    expect(failure.code).toBe('encoder-missing');
    expect(failure.message).toContain(file('gone'));
    expect(failure.remedy).toContain('train the classifier again');
  });
});
