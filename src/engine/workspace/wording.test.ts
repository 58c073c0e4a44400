/** What the command line remedies by its options is remedied in a workspace by what a person has there. */
import { expect, it } from 'vitest';
import { modelQuantised, operatorUnknown } from '../../core/graph/import/errors.ts';
import { divergedAt } from '../finetune/interruption.ts';
import { requireMemory } from '../finetune/memory.ts';
import { failureOf } from '../testing/failure.ts';
import { inWorkspaceWords, type Trained } from './wording.ts';

const fail = (cause: Error): never => {
  throw cause;
};

it.each<[Trained, string, () => unknown, RegExp]>([
  ['training', 'a loss that is no number', () => fail(divergedAt(3)), /training\.rate in patent-lab\.json/],
  ['adaptation', 'a loss that is no number', () => fail(divergedAt(3)), /adaptation\.rate/],
  [
    'training',
    'too little memory',
    () => requireMemory({ use: 'sparing', needed: 2, free: 1 }),
    /training\.batch.*LoRA/,
  ],
  [
    'adaptation',
    'too little memory',
    () => requireMemory({ use: 'sparing', needed: 2, free: 1 }),
    /LoRA.*adaptation\.batch/,
  ],
  ['training', 'a quantised encoder', () => fail(modelQuantised('MatMulInteger', 'layer.0')), /Only a head/],
  ['training', 'an unknown operator', () => fail(operatorUnknown('Fft', 'layer.0')), /train only a head/],
  ['adaptation', 'an unknown operator', () => fail(operatorUnknown('Fft', 'layer.0')), /take another one/],
])('in %s, %s', async (trained, _, work, remedy) => {
  const own = await failureOf(Promise.resolve().then(work));
  const told = await failureOf(inWorkspaceWords(trained, '/workspace', () => Promise.resolve().then(work)));
  expect(told).toEqual({ ...own, remedy: expect.stringMatching(remedy) as unknown });
  expect(told.remedy).not.toContain('--');
});

it('what has the same remedy everywhere stays as it is', async () => {
  const cause = new Error('no space left');
  await expect(inWorkspaceWords('training', '/workspace', () => Promise.reject(cause))).rejects.toBe(cause);
});
