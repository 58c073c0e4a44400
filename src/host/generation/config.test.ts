import { describe, expect, it } from 'vitest';
import { configOf, withSyntheticUse } from './config.ts';

describe('withSyntheticUse', () => {
  it.each([
    ['', '{\n  "syntheticUse": "all"\n}\n'],
    ['{\n  "taxonomy": "t.json"\n}\n', '{\n  "taxonomy": "t.json",\n  "syntheticUse": "all"\n}\n'],
    ['{ "syntheticUse": "none" }', '{ "syntheticUse": "all" }'],
    [
      '{\n  // mine\n  "synthetic": "made"\n}',
      '{\n  // mine\n  "synthetic": "made",\n  "syntheticUse": "all"\n}',
    ],
  ])('changes %j', (before, after) => {
    expect(withSyntheticUse(before, 'all', '/w/patent-lab.json')).toBe(after);
  });

  it.each(['{', '[]', '{"syntheticUse": "some"}'])('leaves %j alone', (text) => {
    expect(() => withSyntheticUse(text, 'all', '/w/patent-lab.json')).toThrow('cannot be understood');
  });
});

it('reads defaults where there is no file', () => {
  expect(configOf('', 'f')).toMatchObject({ synthetic: 'synthetic', syntheticUse: 'accepted' });
});
