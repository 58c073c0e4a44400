import { describe, expect, it } from 'vitest';
import { HELD_OUT, heldOutRows } from './hold-out.ts';

/** 200 documents in pairs of one group; label 0 on every tenth pair, label 1 on the others. */
const documents = Array.from({ length: 200 }, (_, row) => ({
  id: `d${row}`,
  group: `g${row >> 1}`,
  labels: [(row >> 1) % 10 === 0 ? 0 : 1],
}));

describe('documents that are held out', () => {
  const rows = heldOutRows(documents, 2, new Set());

  it('are about the share, by whole groups, with every label', () => {
    expect(Math.abs(rows.size / documents.length - HELD_OUT)).toBeLessThan(0.05);
    for (const row of rows) expect(rows.has(row ^ 1)).toBe(true);
    expect([...rows].filter((row) => documents[row]?.labels[0] === 0).length).toBeGreaterThanOrEqual(4);
  });

  it('are the same every time', () => {
    expect(heldOutRows(documents, 2, new Set())).toEqual(rows);
  });

  it('are nothing that a synthetic document goes back to, nor of its group', () => {
    const sources = new Set(documents.filter((_, row) => row % 4 === 0).map(({ id }) => id));
    const held = heldOutRows(documents, 2, sources);
    expect(held.size).toBeGreaterThan(20);
    for (const row of held) expect(sources.has(`d${row & ~1}`)).toBe(false);
  });

  it('are none where everything is a source', () => {
    expect(heldOutRows(documents, 2, new Set(documents.map(({ id }) => id))).size).toBe(0);
  });
});
