import { describe, expect, it } from 'vitest';
import { readEndpoints } from './endpoints.ts';

const LOCAL = { name: 'Ollama', url: 'http://127.0.0.1:11434/v1' };

describe('readEndpoints', () => {
  it('takes what is complete', () => {
    const full = { ...LOCAL, models: ['a'], concurrency: 2, structured: false };
    expect(readEndpoints([LOCAL, { ...full, name: 'Other' }])).toEqual([LOCAL, { ...full, name: 'Other' }]);
    expect(readEndpoints([])).toEqual([]);
  });

  it.each([
    ['no list', {}],
    ['no name', [{ url: LOCAL.url }]],
    ['an empty name', [{ ...LOCAL, name: ' ' }]],
    ['no address', [{ ...LOCAL, url: 'localhost:11434' }]],
    ['a file', [{ ...LOCAL, url: 'file:///etc/passwd' }]],
    ['one name twice', [LOCAL, LOCAL]],
    ['no concurrency', [{ ...LOCAL, concurrency: 0 }]],
  ])('refuses %s', (_, value) => {
    expect(() => readEndpoints(value)).toThrow(/patentLab\.generation\.endpoints/);
  });

  it('takes over no key, which belongs into the secret storage', () => {
    expect(readEndpoints([{ ...LOCAL, key: 'secret' }])).toEqual([LOCAL]);
  });
});
