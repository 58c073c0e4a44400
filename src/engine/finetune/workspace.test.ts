/** *Train Classifier* where a workspace asks for a fine-tuned encoder: the estimate, the report, evidence, and refusals. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { RECIPES } from '../../core/learning/finetune/recipe.ts';
import type { ClassifierInfo, ClassifyOutcome } from '../../protocol/engine.ts';
import type { FinetuneEstimate, FinetuneEvent, TrainingReport } from '../../protocol/finetune.ts';
import { readDescription } from '../classifier/store.ts';
import { Engine } from '../engine.ts';
import { quietTask } from '../task.ts';
import { cancelAt } from '../testing/cancelling.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER, ENCODERS } from '../testing/repository.ts';
import { smallBase, smallDocuments } from './testing/small-base.ts';

const LAMP =
  'TITLE\nLamp (fictitious)\n\nABSTRACT\nThe lamp has a lens. A mirror is with the beam. The pump has a valve.\n';

let root = '';
const engine = new Engine({ encoders: ENCODERS, warn: () => undefined });
const events: FinetuneEvent[] = [];
let info: ClassifierInfo;

const configure = (training: object): Promise<void> =>
  writeFile(path.join(root, 'patent-lab.json'), JSON.stringify({ training }));

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
  const changed = path.join(root, 'changed');
  await cp(await smallBase(root), changed, { recursive: true });
  await writeFile(path.join(changed, 'model.onnx'), 'another one');
  await mkdir(path.join(root, 'corpus'));
  await smallDocuments(path.join(root, 'corpus'));
  await configure({ family: 'full', base: 'base', epochs: 20, batch: 4, certainty: 0 });
  info = await engine.train({ root, view: 'TA' }, quietTask, (event) => events.push(event));
}, 120_000);

const reports = async (): Promise<readonly string[]> =>
  (await readdir(path.join(root, '.patent-lab', 'runs'))).filter((name) => name.startsWith('training-'));

describe('a workspace that asks for a fine-tuned encoder', () => {
  it('is told what that takes', async () => {
    const known: FinetuneEstimate[] = [];
    const estimate = await engine.estimateFinetune({ root, view: 'TA' }, quietTask, (one) => known.push(one));
    expect(known.map(({ steps, seconds }) => [steps, seconds])).toEqual([[estimate.steps, undefined]]);
    expect(estimate.seconds).toBeGreaterThan(0);
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(estimate).toMatchObject({ family: 'full', documents: 40, labels: 3, epochs: 20, batch: 4 });
    expect(estimate.steps).toBe(steps[0]?.steps);
    expect(estimate.memory).toBeGreaterThan(4 * 4 * estimate.trained);
    expect((await engine.summary({ root })).family).toBe('full');
  });

  it('tells of every step and epoch, and leaves a report of them', async () => {
    const [name = ''] = await reports();
    const text = await readFile(path.join(root, '.patent-lab', 'runs', name, 'report.json'), 'utf8');
    const report = JSON.parse(text) as TrainingReport;
    expect(report.classifier).toEqual(info);
    expect(report.history).toEqual(events.flatMap((event) => (event.kind === 'epoch' ? [event.scores] : [])));
    expect(report.losses).toEqual(
      events.flatMap((event) =>
        event.kind === 'step' && event.stage === 'choosing' ? [{ step: event.step, loss: event.loss }] : [],
      ),
    );
    expect(report.steps).toBe(events.filter(({ kind }) => kind === 'step').length);
  });

  it('classifies, with evidence of first order where the encoder was changed', async () => {
    const outcomes: ClassifyOutcome[] = [];
    await engine.classify(
      { root, targets: [{ path: path.join(root, 'lamp.txt') }], evidence: true, neighbours: 0 },
      quietTask,
      (outcome) => outcomes.push(outcome),
    );
    const [outcome] = outcomes;
    if (outcome?.kind !== 'classified') throw new Error(JSON.stringify(outcome));
    const { evidence, labels } = outcome.prediction;
    expect(evidence?.basis).toBe('gradient');
    for (const { contributions, baseline } of labels) {
      expect(contributions).toHaveLength(evidence?.passages.length ?? -1);
      expect(contributions?.some((value) => value !== 0)).toBe(true);
      expect(baseline).toBeUndefined();
    }
  });

  it('trains the last layers only, and ends as soon as it is told to', async () => {
    const training = { base: 'base', epochs: 40, batch: 4, patience: 1 };
    await configure({ ...training, family: 'full' });
    const whole = await engine.estimateFinetune({ root, view: 'TA' }, quietTask);
    await configure({ ...training, family: 'last-k', layers: 1 });
    const estimate = await engine.estimateFinetune({ root, view: 'TA' }, quietTask);
    expect(estimate).toMatchObject({ family: 'last-k', layers: 1 });
    expect(estimate.trained).toBeLessThan(whole.trained);
    const told: FinetuneEvent[] = [];
    await engine.train({ root, view: 'TA' }, quietTask, (event) => told.push(event));
    const epochs = told.flatMap((event) => (event.kind === 'epoch' ? [event] : []));
    const best = epochs.findLastIndex(({ kept }) => kept);
    expect(epochs.length).toBeLessThan(40);
    expect(epochs.length - 1 - best).toBe(1);
  });

  it('waits for a training that still saves what it has done, and goes on with that', async () => {
    await configure({ family: 'full', base: 'base', epochs: 3, batch: 4, certainty: 0, patience: 3 });
    const steps: number[] = [];
    let second: Promise<unknown> | undefined;
    const first = failureOf(
      engine.train({ root, view: 'TA' }, cancelAt(5), () => {
        second ??= engine.train({ root, view: 'TA' }, quietTask, (event) => {
          if (event.kind === 'step') steps.push(event.step);
        });
      }),
    );
    expect((await first).code).toBe('cancelled');
    await second;
    expect(steps[0]).toBe(6);
  });

  it('gives adapters the rank, the scale and the layers that it says', async () => {
    const training = { family: 'lora', base: 'base', epochs: 1, batch: 4, certainty: 0 };
    await configure({ ...training, rank: 2 });
    const { trained } = await engine.estimateFinetune({ root, view: 'TA' }, quietTask);
    await configure({ ...training, rank: 2, targets: ['query'] });
    const fewer = await engine.estimateFinetune({ root, view: 'TA' }, quietTask);
    expect(fewer.trained).toBeLessThan(trained);
    await configure({ ...training, rank: 2, alpha: 6, targets: ['query'] });
    const { path: folder } = await engine.train({ root, view: 'TA' }, quietTask);
    expect((await readDescription(folder)).finetuned?.method).toEqual({
      kind: 'lora',
      rank: 2,
      alpha: 6,
      targets: ['query'],
    });
  });

  it('is trained at the rate that it says', async () => {
    const lossesAt = async (rate: object): Promise<readonly number[]> => {
      const told: FinetuneEvent[] = [];
      await configure({ family: 'full', base: 'base', epochs: 1, batch: 4, certainty: 0, ...rate });
      await engine.train({ root, view: 'TA' }, quietTask, (event) => told.push(event));
      return told.flatMap((event) => (event.kind === 'step' && event.stage === 'choosing' ? event.loss : []));
    };
    const usual = await lossesAt({});
    const slow = await lossesAt({ rate: 1e-6 });
    // The first step's loss is that before it.
    expect(slow[0]).toBe(usual[0]);
    expect(slow.at(-1)).not.toBe(usual.at(-1));
    expect(await lossesAt({ rate: RECIPES.full.rate })).toEqual(usual);
  });

  it('goes back to a head on the frozen encoder when it says so', async () => {
    const before = await reports();
    await configure({ family: 'frozen' });
    const other = await engine.train({ root, view: 'TA' }, quietTask);
    expect(other.encoder).toContain('int8');
    expect(await reports()).toEqual(before);
  });
});

describe('what can go wrong', () => {
  it('no encoder is named', async () => {
    await configure({ family: 'lora' });
    const failure = await failureOf(engine.train({ root }, quietTask));
    expect(failure).toMatchObject({
      code: 'settings-invalid',
      place: { file: path.join(root, 'patent-lab.json') },
    });
    expect(failure.message).toContain('training.base');
  });

  it.each([
    [{ rank: 0 }, 'training.rank'],
    [{ rate: 2 }, 'training.rate'],
    [{ targets: [] }, 'training.targets'],
  ])('%o is no setting', async (setting, name) => {
    await configure({ family: 'lora', base: 'base', ...setting });
    const failure = await failureOf(engine.train({ root }, quietTask));
    expect(failure).toMatchObject({
      code: 'settings-invalid',
      remedy: expect.stringContaining('patent-lab.json') as unknown,
      place: { file: path.join(root, 'patent-lab.json'), line: 1 },
    });
    expect(failure.message).toContain(name);
  });

  it.each([
    ['the encoder is not there', { base: 'elsewhere' }, 'encoder-missing', 'Choose a folder'],
    ['the encoder is quantised', { base: ENCODER }, 'model-quantised', 'fp32 export of the same one'],
    ["the encoder's model is another one", { base: 'changed' }, 'encoder-hash-mismatch', 'encoder.json'],
    ['the encoder has no such layer', { targets: ['nowhere'] }, 'usage', 'Choose among its layers: query'],
    ['the encoder has not so many layers', { family: 'last-k', layers: 99 }, 'usage', 'Choose fewer layers'],
  ])('%s, which is said in the words of a workspace', async (_, training, code, remedy) => {
    await configure({ family: 'lora', base: 'base', batch: 4, ...training });
    const failure = await failureOf(engine.train({ root, view: 'TA' }, quietTask));
    expect(failure).toMatchObject({ code, remedy: expect.stringContaining(remedy) as unknown });
    expect(failure.remedy).not.toMatch(/--|npm/);
    expect(failure.place?.file).toBeDefined();
    const estimated = await failureOf(engine.estimateFinetune({ root, view: 'TA' }, quietTask));
    expect(estimated).toEqual(failure);
  });

  it('an interrupted training with other settings is told in the words of a workspace', async () => {
    const training = { family: 'full', base: 'base', batch: 4, epochs: 3 };
    await configure(training);
    await failureOf(engine.train({ root, view: 'TA' }, cancelAt(2)));
    await configure({ ...training, rate: 0.01 });
    const failure = await failureOf(engine.train({ root, view: 'TA' }, quietTask));
    expect(failure.code).toBe('training-interrupted');
    expect(failure.remedy).not.toContain('--');
  });

  it('there are too few labelled documents', async () => {
    await configure({ family: 'lora', base: 'base' });
    await writeFile(path.join(root, 'corpus', 'corpus.jsonl'), '');
    const failure = await failureOf(engine.train({ root, view: 'TA' }, quietTask));
    expect(failure.code).toBe('corpus-unlabelled');
    expect(failure.remedy).toContain('Choose What Is Trained');
  });
});
