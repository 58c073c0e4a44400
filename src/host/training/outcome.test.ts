import { expect, it } from 'vitest';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { english } from '../l10n.ts';
import { interval, trainingOutcome } from './outcome.ts';

const info: ClassifierInfo = {
  path: '/w/.patent-lab/classifiers/default',
  name: 'default',
  trainedAt: '2026-11-21T08:30:00.000Z',
  encoder: 'MiniLM',
  view: 'TAC',
  labels: 48,
  documents: 3,
  few: [],
  zeroShot: [],
  notes: [],
};

it('says when nothing was measured', () => {
  expect(trainingOutcome(info, english)).toContain('too few labelled documents (3)');
});

it('says what was measured', () => {
  const value = { value: 0.714, low: 0.655, high: 0.76 };
  expect(
    trainingOutcome(
      { ...info, documents: 279, metrics: { microF1: value, macroF1: value, microAP: value } },
      english,
    ),
  ).toBe(
    'Trained on 279 documents. On documents it had not seen: micro-F1 0.71 (0.66–0.76), macro-F1 0.71 (0.66–0.76).',
  );
});

it('interval', () => {
  expect(interval({ value: 1, low: 0.5, high: 1 })).toBe('1.00 (0.50–1.00)');
});
