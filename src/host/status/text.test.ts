import { describe, expect, it } from 'vitest';
import type { ClassifierInfo, HelloResult } from '../../protocol/engine.ts';
import { english } from '../l10n.ts';
import { statusText } from './text.ts';

const hello: HelloResult = {
  protocol: 1,
  version: '0.1.0',
  pid: 1,
  onnxruntime: '1.30.0',
  encoder: 'sentence-transformers/all-MiniLM-L6-v2',
  provider: 'cpu',
  threads: 2,
};
const classifier: ClassifierInfo = {
  path: '/w/.patent-lab/classifiers/default',
  name: 'Assistive technology',
  trainedAt: '2026-11-21T00:00:00Z',
  encoder: 'all-MiniLM-L6-v2',
  view: 'TAC',
  labels: 48,
  documents: 279,
  few: [],
  zeroShot: [],
  notes: [],
};

describe('statusText', () => {
  it.each([
    [{ kind: 'stopped' } as const, undefined, '$(beaker) Patent Lab'],
    [{ kind: 'starting' } as const, undefined, '$(sync~spin) Starting…'],
    [{ kind: 'idle', hello } as const, undefined, '$(beaker) no classifier · all-MiniLM-L6-v2 · cpu'],
    [{ kind: 'idle', hello } as const, classifier, '$(beaker) Assistive technology · all-MiniLM-L6-v2 · cpu'],
    [
      { kind: 'busy', hello, task: 'training' } as const,
      classifier,
      '$(sync~spin) Assistive technology · all-MiniLM-L6-v2 · cpu',
    ],
  ])('%j', (engine, known, text) => {
    expect(
      statusText({ engine, decisionsSinceTraining: 0, ...(known ? { classifier: known } : {}) }, english)
        .text,
    ).toBe(text);
  });

  it('says why the engine is not there', () => {
    const error = { code: 'engine-unavailable', message: 'It ended.', remedy: 'Restart it.' } as const;
    expect(
      statusText({ engine: { kind: 'unavailable', error }, decisionsSinceTraining: 0 }, english),
    ).toEqual({ text: '$(error) Patent Lab', tooltip: ['It ended.', 'Restart it.'], warning: true });
  });

  it('says why the encoder runs where it does', () => {
    const told = { ...hello, provider: 'cpu' as const, providerReason: 'The CPU. WebGPU: no adapter.' };
    const { tooltip } = statusText(
      { engine: { kind: 'idle', hello: told }, decisionsSinceTraining: 0 },
      english,
    );
    expect(tooltip.at(-1)).toBe('The CPU. WebGPU: no adapter.');
  });

  it('counts the decisions that training would add', () => {
    const { tooltip } = statusText(
      { engine: { kind: 'stopped' }, classifier, decisionsSinceTraining: 3 },
      english,
    );
    expect(tooltip[1]).toBe('3 decisions since it was trained');
  });
});
