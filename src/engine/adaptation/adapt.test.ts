/** Domain adaptation from end to end on a small random encoder. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PatentLabError } from '../../core/errors.ts';
import { USUAL_TEMPERATURE } from '../../core/learning/adaptation/contrastive.ts';
import { guessingParameters } from '../../core/learning/adaptation/masked-language.ts';
import { encoderParameters, USUAL_LORA } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../../core/learning/finetune/parameters.ts';
import { USUAL_TRAINING } from '../../core/learning/finetune/training-options.ts';
import { Random } from '../../core/random.ts';
import { Encoder } from '../encoder/encoder.ts';
import { TextReader } from '../encoder/reader.ts';
import { openBase } from '../finetune/base.ts';
import { readState } from '../finetune/checkpoint.ts';
import { encoderAt } from '../finetune/sessions.ts';
import { stateAt } from '../finetune/stepper.ts';
import { smallBase, smallDocuments } from '../finetune/testing/small-base.ts';
import { quietTask } from '../task.ts';
import { cancelAt } from '../testing/cancelling.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { adapt, CHECKPOINT_FILE, type AdaptationResult } from './adapt.ts';
import { adaptationDocuments, readUnlabelled, wholeView } from './documents.ts';
import { positionSchema } from './position.ts';
import type { AdaptationObjective, AdaptationRequest } from './request.ts';
import { runOf, type Goal } from './runs.ts';
import { ADAPTATION_FILE } from './save.ts';
import { AdaptationSessions } from './sessions.ts';

const TEXT = 'the lamp has a lens and a mirror';
const GUESSING: AdaptationObjective = { kind: 'mlm', share: 0.3, view: 'TA' };
const PAIRING: AdaptationObjective = {
  kind: 'contrastive',
  temperature: USUAL_TEMPERATURE,
  pairs: 'abstract-claims',
};

let root = '';
let request: AdaptationRequest;
let whole: AdaptationResult;

beforeAll(async () => {
  root = await temporaryFolder();
  await smallDocuments(root, 120);
  request = {
    documents: (await readUnlabelled([path.join(root, 'corpus.jsonl')], undefined, [], quietTask)).documents,
    objective: GUESSING,
    method: { ...USUAL_LORA, rank: 2 },
    epochs: 12,
    batch: 8,
    rate: 0.01,
    training: USUAL_TRAINING,
    seed: 3,
    base: await smallBase(root),
    folder: path.join(root, 'whole'),
    restart: false,
  };
  whole = await adapt(request, quietTask);
}, 60_000);

const best = ({ trained }: AdaptationResult) =>
  trained.history.find(({ epoch }) => epoch === trained.bestEpoch);

const modelOf = (folder: string): Promise<Buffer> => readFile(path.join(folder, 'model.onnx'));

describe('an encoder adapted by guessing words', () => {
  it('guesses better on documents that it has not seen', () => {
    const [start] = whole.trained.history;
    expect(best(whole)?.heldOutLoss).toBeLessThan((start?.heldOutLoss ?? 0) - 0.05);
    expect(whole.encoder.documents.heldOut).toBeGreaterThan(0);
  });

  it('is an encoder folder like any other, and says what was done to it', async () => {
    const files = await readdir(request.folder);
    expect(files).not.toContain(CHECKPOINT_FILE);
    const [published, adapted] = [await Encoder.load(request.base), await Encoder.load(request.folder)];
    expect(adapted.spec).toMatchObject({ id: 'test/small+mlm', precision: 'fp32', dimension: 16 });
    const [before, after] = [await published.encode(TEXT), await adapted.encode(TEXT)];
    const cosine = before.embedding.reduce((sum, value, d) => sum + value * (after.embedding[d] ?? 0), 0);
    expect(cosine).toBeLessThan(0.9999);
    // It can be trained again.
    expect((await openBase(request.folder)).spec.sha256).toBe(adapted.spec.sha256);
    const told = JSON.parse(await readFile(path.join(request.folder, ADAPTATION_FILE), 'utf8')) as unknown;
    expect(told).toMatchObject({
      base: { sha256: published.spec.sha256 },
      settings: { objective: GUESSING, seed: 3 },
      bestEpoch: whole.trained.bestEpoch,
    });
  });

  it('goes on where it was cancelled, to the same bits', async () => {
    const folder = path.join(root, 'interrupted');
    for (const step of [1, 7, 20]) {
      await expect(adapt({ ...request, folder }, cancelAt(step))).rejects.toMatchObject({
        code: 'cancelled',
      });
      const checkpoint = await readState(path.join(folder, CHECKPOINT_FILE), positionSchema);
      expect(checkpoint?.progress.step).toBe(step);
    }
    const { resumed, trained } = await adapt({ ...request, folder }, quietTask);
    expect(resumed).toBe(20);
    expect(trained.history).toEqual(whole.trained.history);
    expect(await modelOf(folder)).toEqual(await modelOf(request.folder));
  });

  it('can be trained in all its weights, several batches a step', async () => {
    const folder = path.join(root, 'full');
    const training = { ...USUAL_TRAINING, accumulate: 3, schedule: 'cosine' as const };
    const result = await adapt({ ...request, folder, method: { kind: 'full' }, training }, quietTask);
    expect(best(result)?.heldOutLoss).toBeLessThan(result.trained.history[0]?.heldOutLoss ?? 0);
    expect(result.trained.steps).toBeLessThan(whole.trained.steps / 2);
  });
});

describe('an encoder adapted by telling pairs apart', () => {
  it('finds the claims of more abstracts that it has not seen', async () => {
    const folder = path.join(root, 'pairs');
    const result = await adapt({ ...request, folder, objective: PAIRING, batch: 8, epochs: 6 }, quietTask);
    const [start] = result.trained.history;
    expect(best(result)?.heldOutLoss).toBeLessThan(start?.heldOutLoss ?? 0);
    expect((await Encoder.load(folder)).spec.id).toBe('test/small+contrastive');
  });

  it('is measured on pairs of several families, however few there are', async () => {
    const documents = request.documents.slice(0, 20).map((one, i) => ({ ...one, group: `family-${i >> 1}` }));
    const folder = path.join(root, 'few');
    const few = { ...request, folder, documents, objective: PAIRING, batch: 4, epochs: 1 };
    const [start] = (await adapt(few, quietTask)).trained.history;
    expect(start?.heldOutLoss).toBeGreaterThan(0);
  });
});

describe('a step of several batches', () => {
  it('is the step of one large batch', async () => {
    const base = await openBase(request.base);
    const reader = await TextReader.open(base.folder, base.spec);
    const documents = await adaptationDocuments(request.documents, wholeView('TA'), reader, 1, quietTask);
    const goal: Goal = { kind: 'mlm', share: 0.3, maskToken: reader.maskToken ?? -1, vocabulary: 40 };
    const method = { kind: 'full' } as const;
    const parameters = [
      ...encoderParameters(encoderAt(base, 1, 8), method, new Random(1)),
      ...guessingParameters(16, new Float32Array(40).fill(1)),
    ];
    const layout = layoutOf(parameters);
    const random = new Random(5);
    const start = startValues(layout, parameters).map((value) => value + 0.1 * (random.uniform() - 0.5));
    const stepped = async (batch: number, parts: readonly (readonly number[])[]) => {
      const accumulate = parts.length;
      const setting = { base, method, layout, goal, batch, accumulate, optimiser: USUAL_OPTIMISER };
      const sessions = new AdaptationSessions(setting);
      // The same stream of random numbers hides the same words, whatever batch they are in.
      const masking = new Random(9);
      const runs = parts.map((texts) =>
        runOf(documents.train, { length: 16, texts }, goal, { size: batch, turn: 0, random: masking }),
      );
      const made = await sessions.step(stateAt(start), runs, 0.01, 1);
      await sessions.release();
      return { ...made, state: await sessions.read(made.state) };
    };
    const [large, several] = [
      await stepped(6, [[0, 1, 2, 3, 4, 5]]),
      await stepped(4, [
        [0, 1, 2, 3],
        [4, 5],
      ]),
    ];
    expect(several.loss).toBeCloseTo(large.loss, 5);
    expect(several.norm / large.norm).toBeCloseTo(1, 5);
    // The running mean is the gradient itself after one step.
    const scale = large.state.first.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    several.state.first.forEach((value, i) =>
      expect(Math.abs(value - (large.state.first[i] ?? 0)) / scale).toBeLessThan(1e-5),
    );
  });
});

describe('what can go wrong', () => {
  const refusal = (changed: Partial<AdaptationRequest>): Promise<unknown> =>
    adapt({ ...request, folder: path.join(root, 'refused'), ...changed }, quietTask).catch(
      (cause: unknown) => cause,
    );

  it('the base is not overwritten', async () => {
    expect(await refusal({ folder: request.base })).toMatchObject({ code: 'usage' });
  });

  it('a quantised encoder is refused before anything is computed', async () => {
    expect(await refusal({ base: ENCODER })).toMatchObject({ code: 'model-quantised' });
  });

  it('an encoder without a mask token guesses no words, but tells pairs apart', async () => {
    const base = await smallBase(path.join(root, 'maskless'));
    const file = path.join(base, 'tokenizer.json');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('[MASK]', '[NOPE]'));
    expect(await refusal({ base })).toMatchObject({ code: 'adaptation-unsupported' });
    expect(await refusal({ base, objective: PAIRING, epochs: 1 })).toHaveProperty('encoder');
  });

  it('too few documents are not split, and documents without claims are no pairs', async () => {
    expect(await refusal({ documents: request.documents.slice(0, 15) })).toMatchObject({
      code: 'adaptation-too-small',
    });
    const claimless = request.documents.map((one) => ({ ...one, patent: { ...one.patent, claims: [] } }));
    const failure = await refusal({ documents: claimless, objective: PAIRING });
    expect((failure as PatentLabError).message).toContain('0 of 120 documents');
  });

  it('a loss that is no number stops the training, names the step, and writes no encoder', async () => {
    const folder = path.join(root, 'diverged');
    const failure = await refusal({ folder, method: { kind: 'full' }, rate: 1e30 });
    expect(failure).toMatchObject({
      code: 'training-diverged',
      message: expect.stringMatching(/at step \d+/) as unknown,
    });
    // It would diverge again at that step, and another training must not stumble over it.
    expect(await readdir(folder)).toEqual([]);
  });

  it('an interrupted adaptation is not mixed with another one', async () => {
    const folder = path.join(root, 'other');
    await expect(adapt({ ...request, folder }, cancelAt(2))).rejects.toMatchObject({ code: 'cancelled' });
    expect(await refusal({ folder, rate: 0.02 })).toMatchObject({ code: 'training-interrupted' });
    expect(await refusal({ folder, rate: 0.02, epochs: 1, restart: true })).toMatchObject({ resumed: 0 });
  });
});
