import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looksLikePatents } from './recognise.ts';

const sample = (file: string): string =>
  readFileSync(new URL(`../../../samples/${file}`, import.meta.url), 'utf8').slice(0, 64 * 1024);

describe('looksLikePatents', () => {
  it.each([['patents/US99000001B2.xml'], ['patents/US20990900005A1.xml'], ['corpus/mobility.jsonl']])(
    'takes %s',
    (file) => {
      expect(looksLikePatents(sample(file), file)).toBe(true);
    },
  );

  it.each([
    ['a.txt', 'A walker\n\nABSTRACT\nA walker is disclosed.\n\nCLAIMS\n1. A walker.'],
    ['a.md', '# A walker\n\n## Abstract\n\nA walker.\n\n## Claims\n\n1. A walker.'],
    ['a.csv', 'id,title,abstract\n1,A,B\n'],
    ['a.jsonl', `{"title":"T","description":"${'x'.repeat(70_000)}`],
  ])('takes %s: %j', (file, text) => {
    expect(looksLikePatents(text.slice(0, 64 * 1024), file)).toBe(true);
  });

  it.each([
    ['README.md', '# A tool\n\n## Installation\n\nRun it.\n\n## Description\n\nIt runs.'],
    ['notes.txt', 'Buy milk.'],
    ['pom.xml', '<project><name>x</name></project>'],
    ['labels.jsonl', '{"id":"a","labels":["x"],"at":"2026-01-01T00:00:00Z"}\n'],
    ['prices.csv', 'item,price\nmilk,1\n'],
    ['empty.jsonl', ''],
    ['a.json', '{"id":"a","title":"T"}'],
  ])('leaves %s: %j', (file, text) => {
    expect(looksLikePatents(text, file)).toBe(false);
  });
});
