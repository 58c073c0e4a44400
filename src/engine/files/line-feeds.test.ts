import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { LineFeeds } from './line-feeds.ts';

describe('line feeds', () => {
  it('are the same however a text is cut', () => {
    const random = new Random(7);
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 12 }, () => ['\r', '\n', '\r\n', 'a'][random.integer(4)]).join('');
      const unify = new LineFeeds();
      let unified = '';
      for (let at = 0; at < text.length;) {
        const length = random.integer(4);
        unified += unify.next(text.slice(at, at + length));
        at += length;
      }
      expect(unified, JSON.stringify(text)).toBe(text.split(/\r\n|\r|\n/).join('\n'));
    }
  });
});
