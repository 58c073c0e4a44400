/** The families of a study that train the encoder: steps as told, the same numbers again, and what is refused. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitRequest } from '../../core/study/family.ts';
import { viewText } from '../../core/patent/view.ts';
import { Encoder } from '../encoder/encoder.ts';
import { readTexts } from '../finetune/texts.ts';
import { smallBase, smallDocuments } from '../finetune/testing/small-base.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { TunedFamily, type TunedFamilyData } from './tuned-family.ts';

const LABELS = 3;
const goOn = (): Promise<void> => Promise.resolve();
let data: TunedFamilyData;
let request: FitRequest;

beforeAll(async () => {
  const root = await temporaryFolder({});
  const base = await smallBase(root);
  const documents = await smallDocuments(root);
  const targets = new Float32Array(documents.length * LABELS);
  documents.forEach(({ labels }, row) => {
    for (const label of labels) targets[row * LABELS + label] = 1;
  });
  const texts = documents.map(({ patent }) => viewText(patent, 'TA').text);
  data = { base, texts: readTexts(texts, await Encoder.load(base)), targets, labels: LABELS };
  const rows = (from: number, to: number): Int32Array =>
    Int32Array.from({ length: to - from }, (_, i) => from + i);
  request = {
    training: { phases: [rows(0, 30)], weights: new Map() },
    loss: 'binary-cross-entropy',
    duration: { kind: 'epochs', epochs: 3 },
    seed: 4,
    score: rows(30, 40),
  };
}, 60_000);

describe.each(['lora', 'full'] as const)('the family %s', (id) => {
  it('takes the steps it says, and comes to the same numbers again, alone or after another fit', async () => {
    const family = new TunedFamily(id, data);
    const once = await family.fit(request, goOn);
    expect(once.steps).toBe(family.steps([30], request.duration));
    expect(once.steps).toBe(12);
    const other = await family.fit({ ...request, duration: { kind: 'steps', steps: 5 } }, goOn);
    expect(other.steps).toBe(5);
    expect(other.logits).not.toEqual(once.logits);
    expect((await family.fit(request, goOn)).logits).toEqual(once.logits);
    await family.release();
    const anew = new TunedFamily(id, data);
    expect((await anew.fit(request, goOn)).logits).toEqual(once.logits);
    await anew.release();
  }, 60_000);
});

describe('what an arm may ask', () => {
  it('another loss, other weights: each changes what is learned', async () => {
    const family = new TunedFamily('lora', data);
    const plain = await family.fit(request, goOn);
    const weights = new Map(
      Array.from(request.training.phases[0] ?? [], (row) => [row, row % 2 === 0 ? 2 : 0]),
    );
    const weighted = await family.fit({ ...request, training: { ...request.training, weights } }, goOn);
    const focal = await family.fit({ ...request, loss: 'focal' }, goOn);
    expect(weighted.logits).not.toEqual(plain.logits);
    expect(focal.logits).not.toEqual(plain.logits);
    for (const { logits } of [plain, weighted, focal]) expect(logits.every(Number.isFinite)).toBe(true);
    await family.release();
  }, 60_000);

  it('to stop, within a step', async () => {
    const family = new TunedFamily('lora', data);
    let asked = 0;
    const stop = (): Promise<void> => (++asked > 2 ? Promise.reject(new Error('stop')) : Promise.resolve());
    await expect(family.fit(request, stop)).rejects.toThrow('stop');
    expect(asked).toBe(3);
    await family.release();
  }, 60_000);

  it('but not to converge', async () => {
    const family = new TunedFamily('full', data);
    await expect(family.fit({ ...request, duration: { kind: 'convergence' } }, goOn)).rejects.toMatchObject({
      code: 'study-invalid',
    });
  });
});
