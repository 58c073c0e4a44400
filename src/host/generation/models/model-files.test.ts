import { describe, expect, it } from 'vitest';
import { nameOf, readModelFiles } from './model-files.ts';

const FILE = { name: 'small', path: '/models/small.gguf' };

describe('readModelFiles', () => {
  it('takes what is complete', () => {
    expect(readModelFiles([FILE])).toEqual([FILE]);
    expect(readModelFiles([])).toEqual([]);
  });

  it.each([
    ['no list', {}],
    ['no name', [{ path: FILE.path }]],
    ['an empty name', [{ ...FILE, name: ' ' }]],
    ['a path that depends on a folder', [{ ...FILE, path: 'models/small.gguf' }]],
    ['one name twice', [FILE, { ...FILE, path: '/models/other.gguf' }]],
  ])('refuses %s', (_, value) => {
    expect(() => readModelFiles(value)).toThrow(/patentLab\.generation\.modelFiles/);
  });
});

it('a file is called as it is called, and never as another', () => {
  expect(nameOf('/a/phi-4.Q4.GGUF', [])).toBe('phi-4.Q4');
  expect(nameOf('/b/small.gguf', [FILE])).toBe('small 2');
});
