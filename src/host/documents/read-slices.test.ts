import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import { sharedData } from '../../core/testing/shared-data.ts';
import { readSlices } from './read-slices.ts';

const sample = readFileSync(new URL('../../../samples/patents/US99000001B2.xml', import.meta.url), 'utf8');

describe('readSlices', () => {
  it('reads what the core reads at once', async () => {
    const corpus = Array.from({ length: 4000 }, (_, n) =>
      JSON.stringify({ id: `A${n}`, title: 'A walker', abstract: 'A fictitious walker. '.repeat(10) }),
    ).join('\n');
    for (const [text, file] of [
      [sample, 'a.xml'],
      [corpus, 'a.jsonl'],
    ] as const) {
      const expected = readText(text, file).flatMap((outcome) =>
        outcome.kind === 'patent' ? [outcome.patent] : [],
      );
      expect(await readSlices(text, file, () => true)).toEqual({ patents: expected, failures: [] });
    }
  });

  it('gives other work its turn', async () => {
    const corpus = `${JSON.stringify({ id: 'a', title: 'T', abstract: 'word '.repeat(200) })}\n`.repeat(2000);
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    await readSlices(corpus, 'a.jsonl', () => true);
    clearInterval(count);
    expect(turns).toBeGreaterThan(3);
  });

  it('stops when nobody wants the answer', async () => {
    let asked = 0;
    expect(await readSlices(sample.repeat(3), 'a.xml', () => ++asked < 2)).toBeUndefined();
  });

  it('reads the transcription of what is no text', async () => {
    const text = 'A WALKER\n\nABSTRACT\n\nA walker is disclosed.\n\nCLAIMS\n\n1. A walker.\n';
    const reading = await readSlices(text, '/x/US1.pdf', () => true);
    expect(reading?.patents[0]?.claims.map((claim) => claim.text)).toEqual(['A walker.']);
  });

  it('states what could not be read', async () => {
    const reading = await readSlices('<us-patent-grant><a></b>', 'a.xml', () => true);
    expect(reading?.failures[0]).toMatchObject({ code: 'xml-malformed', place: { line: 1 } });
  });

  const bulk = sharedData('documents', 'uspto-bulk', 'ipg130416.small.xml');
  it.skipIf(bulk === undefined)('never works for long at a time on a weekly file', async () => {
    const text = readFileSync(bulk ?? '', 'utf8');
    let last = performance.now();
    let longest = 0;
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 0);
    const reading = await readSlices(text, 'ipg130416.xml', () => true);
    clearInterval(watch);
    expect(reading?.patents.length).toBeGreaterThan(15);
    expect(longest).toBeLessThan(1000);
  });
});
