/** Messages as a terminal shows them. */
import { describe, expect, it } from 'vitest';
import type { ErrorReport, Place } from '../core/errors.ts';
import { placedMessage } from './output.ts';

const report = (message: string, place?: Place): ErrorReport => ({
  code: 'taxonomy-invalid',
  message,
  remedy: 'Correct it.',
  ...(place ? { place } : {}),
});

describe('a placed message', () => {
  it.each([
    ['has no place', report('Nothing is there.'), 'Nothing is there.'],
    ['is told its file', report('It is empty.', { file: 'a.json' }), 'a.json: It is empty.'],
    [
      'names its file once',
      report('a.json: seeds: too small.', { file: 'a.json', line: 2, column: 3 }),
      'a.json:2:3: seeds: too small.',
    ],
    ['may be about another file', report('b.json: gone.', { file: 'a.json' }), 'a.json: b.json: gone.'],
    ['has a line without a file', report('Cut off.', { line: 4 }), '4: Cut off.'],
  ])('%s', (_, given, text) => expect(placedMessage(given)).toBe(text));
});
