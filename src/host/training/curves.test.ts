import { expect, it } from 'vitest';
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { TrainingCurves } from '../../protocol/training-view.ts';
import { NO_CURVES } from '../reports/curves.ts';
import { withFinetuneEvent } from './curves.ts';

const epoch = (number: number, averagePrecision: number, kept: boolean): FinetuneEvent => ({
  kind: 'epoch',
  scores: { epoch: number, averagePrecision, microF1: averagePrecision },
  kept,
});
const step = (stage: 'choosing' | 'fitting', number: number): FinetuneEvent => ({
  kind: 'step',
  stage,
  step: number,
  steps: 20,
  loss: 1 / number,
});

it('gathers losses and scores, and knows which epoch is kept', () => {
  const events = [
    epoch(0, 0.4, true),
    step('choosing', 1),
    step('choosing', 2),
    epoch(1, 0.5, true),
    epoch(2, 0.45, false),
    step('fitting', 1),
  ];
  const curves = events.reduce<TrainingCurves>(withFinetuneEvent, NO_CURVES);
  expect(curves).toMatchObject({ steps: 20, bestEpoch: 1 });
  expect(curves.losses).toEqual([
    { step: 1, loss: 1 },
    { step: 2, loss: 0.5 },
  ]);
  expect(curves.history.map((scores) => scores.epoch)).toEqual([0, 1, 2]);
});

it('takes an epoch that is told again, as when a training goes on, once', () => {
  const curves = [epoch(0, 0.4, true), epoch(0, 0.4, true)].reduce<TrainingCurves>(
    withFinetuneEvent,
    NO_CURVES,
  );
  expect(curves.history).toHaveLength(1);
});
