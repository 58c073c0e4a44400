import { describe, expect, it } from 'vitest';
import { requireMemory } from './sessions.ts';

describe('memory', () => {
  it('is refused before it runs out, with both figures', () => {
    expect(() => requireMemory(3 * 2 ** 30, 2 ** 30)).toThrow('about 3.0 GB of memory; 1.0 GB are free');
    expect(() => requireMemory(2 ** 30, 2 ** 30)).not.toThrow();
  });
});
