import { describe, expect, it } from 'vitest';
import type { LabelSummary } from '../../protocol/engine.ts';
import { labelTree, supply, type LabelNode } from './tree.ts';

const summary = (id: string, parent?: string): LabelSummary => ({
  id,
  name: id,
  aliases: [],
  keywords: [],
  count: 0,
  synthetic: 0,
  deficit: 20,
  ...(parent === undefined ? {} : { parent }),
});

const outline = (nodes: readonly LabelNode[]): string =>
  nodes
    .map(({ label, children }) => label.id + (children.length > 0 ? `(${outline(children)})` : ''))
    .join(' ');

describe('labelTree', () => {
  it.each<[string, [string, string?][], string]>([
    ['keeps a flat taxonomy in order', [['a'], ['b'], ['c']], 'a b c'],
    ['puts labels under their parents', [['b', 'a'], ['a'], ['c', 'b'], ['d', 'a']], 'a(b(c) d)'],
    [
      'keeps labels with an unknown parent at the top',
      [
        ['a', 'gone'],
        ['b', 'a'],
      ],
      'a(b)',
    ],
    [
      'loses none in a circle',
      [
        ['a', 'b'],
        ['b', 'a'],
        ['c', 'a'],
      ],
      'a b c',
    ],
  ])('%s', (_, labels, expected) => {
    expect(outline(labelTree(labels.map(([id, parent]) => summary(id, parent))))).toBe(expected);
  });
});

describe('supply', () => {
  it.each([
    [0, 20, 'none'],
    [4, 16, 'few'],
    [37, 0, 'enough'],
  ])('%i documents, %i missing: %s', (count, deficit, state) => {
    expect(supply({ ...summary('a'), count, deficit })).toBe(state);
  });
});
