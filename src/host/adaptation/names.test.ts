import { expect, it } from 'vitest';
import { nameProblem, proposedName } from './names.ts';

it.each([
  ['base', [], 'base-words'],
  ['encoders/MiniLM (fp32)', [], 'MiniLM-fp32--words'],
  ['base', ['base-words'], 'base-words-2'],
  ['base', ['base-words', 'base-words-2'], 'base-words-3'],
  ['/home/ada/.hidden', [], 'hidden-words'],
])('%s, where there are %j, becomes %s', (base, taken, name) => {
  expect(proposedName(base, 'words', taken)).toBe(name);
  expect(nameProblem(name, taken)).toBeUndefined();
});

it.each([
  ['', 'not-plain'],
  ['..', 'not-plain'],
  ['../out', 'not-plain'],
  ['a\\b', 'not-plain'],
  ['c:', 'not-plain'],
  [' a', 'not-plain'],
  ['mine', 'taken'],
  ['mine-2', undefined],
])('“%s” is %s', (name, problem) => {
  expect(nameProblem(name, ['mine'])).toBe(problem);
});
