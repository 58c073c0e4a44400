/** A benchmark's own name means that one alone, even where another one's name contains it. */
import { expect, test } from 'vitest';
import { chosenBenchmarks } from './benchmarks.mjs';

const FILES = ['fidelity.bench.ts', 'finetune-quality.bench.ts', 'finetune.bench.ts', 'head.bench.mjs'];

test.each([
  [[], FILES],
  [['finetune'], ['finetune.bench.ts']],
  [['finetune-quality'], ['finetune-quality.bench.ts']],
  [['tune'], ['finetune-quality.bench.ts', 'finetune.bench.ts']],
  [
    ['head', 'quality'],
    ['finetune-quality.bench.ts', 'head.bench.mjs'],
  ],
  [['nothing'], []],
])('%j', (words, chosen) => {
  expect(chosenBenchmarks(FILES, words)).toEqual(chosen);
});
