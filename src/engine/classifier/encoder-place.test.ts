import path from 'node:path';
import { expect, it } from 'vitest';
import { statedPlace } from './encoder-place.ts';

const at = (...parts: readonly string[]): string => path.resolve('/', ...parts);

it.each([
  ['beside the state folder', at('w', '.patent-lab', 'classifier'), at('w', 'base'), '../../base'],
  [
    'within the state folder',
    at('w', '.patent-lab', 'classifier'),
    at('w', '.patent-lab', 'encoders', 'mine'),
    '../encoders/mine',
  ],
  ['outside the workspace', at('w', '.patent-lab', 'classifier'), at('base'), at('base')],
  ['in a folder of the same beginning', at('w', '.patent-lab', 'classifier'), at('w2', 'b'), at('w2', 'b')],
  ['anywhere, of a classifier in no workspace', at('w', 'out'), at('w', 'base'), at('w', 'base')],
])('an encoder %s', (_, folder, encoder, stated) => {
  expect(statedPlace(folder, encoder)).toBe(stated);
  expect(path.resolve(folder, stated)).toBe(encoder);
});
