import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';
import { readOne } from './testing/reading.ts';

describe('inspect', () => {
  it('gives plain JSON with null for what is missing', () => {
    const inspected = inspect(readOne('{"title":"Cane"}', 'c.jsonl'));
    expect(JSON.parse(JSON.stringify(inspected))).toEqual(inspected);
    expect(inspected).toMatchObject({
      id: 'c#1',
      office: 'XX',
      kind: null,
      language: null,
      format: 'jsonl',
      title: 'Cane',
      abstract: null,
      claims: [],
      description: null,
      classifications: [],
      spans: {
        document: { start: 0, end: 16 },
        title: { start: 10, end: 14 },
        abstract: null,
        description: null,
      },
    });
  });

  it('joins the description and covers it with one span', () => {
    const source =
      'Cane with lamp\n\nDescription\n\nCanes are old.\n\nLamps are new.\n\nClaims\n\n1. A cane.\n';
    const inspected = inspect(readOne(source, 'x.txt'));
    expect(inspected.description).toBe('Canes are old.\nLamps are new.');
    const { start, end } = inspected.spans.description ?? { start: 0, end: 0 };
    expect(source.slice(start, end)).toBe('Canes are old.\n\nLamps are new.');
    expect(inspected.claims).toEqual([
      { number: 1, text: 'A cane.', dependsOn: [], span: { start: 72, end: 79 } },
    ]);
    expect(inspected.record).toBeNull();
  });
});
