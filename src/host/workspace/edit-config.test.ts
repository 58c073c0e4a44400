import { expect, it } from 'vitest';
import { configWith, parsedConfig } from './edit-config.ts';

it.each([
  ['', '{\n  "syntheticUse": "all"\n}\n'],
  ['{}\n', '{\n  "syntheticUse": "all"\n}\n'],
  [
    '{\n  // where the labels are\n  "taxonomy": "t.json",\n  "syntheticUse": "none"\n}\n',
    '{\n  // where the labels are\n  "taxonomy": "t.json",\n  "syntheticUse": "all"\n}\n',
  ],
])('changes one value of %j', (before, after) => {
  expect(configWith(before, ['syntheticUse'], 'all')).toBe(after);
});

it('reads a file with comments, and refuses one that is no object', () => {
  expect(parsedConfig('{ /* all */ "syntheticUse": "all", }')).toEqual({ syntheticUse: 'all' });
  expect(parsedConfig(' \n')).toEqual({});
  for (const text of ['{ "syntheticUse": ', '[]', 'null']) {
    expect(() => parsedConfig(text)).toThrow(expect.objectContaining({ code: 'settings-invalid' }));
  }
});
