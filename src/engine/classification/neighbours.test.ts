/** The nearest labelled patents. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { viewText } from '../../core/patent/view.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { quietTask } from '../task.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { smallCorpus, smallTaxonomy, jsonLines } from '../testing/samples.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { buildNeighbourIndex, isIndexOf, nearestNeighbours, type NeighbourIndex } from './neighbours.ts';

let documents: readonly LabelledDocument[];
let taxonomy: Taxonomy | undefined;
let embedder: Embedder;
let index: NeighbourIndex;
const names = (): string[] => taxonomy?.labels.map(({ name }) => name) ?? [];

beforeAll(async () => {
  const files = { 'taxonomy.json': smallTaxonomy(), 'corpus/a.jsonl': jsonLines(smallCorpus().slice(0, 25)) };
  ({ documents, taxonomy } = await openWorkspace(await temporaryFolder(files)));
  embedder = await realEmbedder();
  index = await buildNeighbourIndex(documents, names(), 'TA', embedder, quietTask);
});

const textOf = (row: number): string => {
  const document = documents[row];
  if (!document) throw new Error(`there is no document ${row}`);
  return viewText(document.patent, 'TA').text;
};

const nobody = (): boolean => false;

describe('neighbours', () => {
  it('are all others by cosine, nearest first, with labels and the place they stand at', async () => {
    const { embedding } = await embedder.encoder.encode(textOf(3));
    const self = documents[3]?.patent.id ?? '';
    const found = nearestNeighbours(index, embedding, ({ id }) => id === self, 100);
    expect(found).toHaveLength(documents.length - 1);
    expect(found.map(({ id }) => id)).not.toContain(self);
    for (const [rank, { id, similarity, labels, path, span, title }] of found.entries()) {
      expect(similarity).toBeLessThanOrEqual(found[rank - 1]?.similarity ?? 1);
      const row = documents.findIndex(({ patent }) => patent.id === id);
      const document = documents[row];
      const other = await embedder.encoder.encode(textOf(row));
      expect(similarity).toBeCloseTo(
        other.embedding.reduce((sum, value, d) => sum + value * (embedding[d] ?? NaN), 0),
        5,
      );
      expect(labels).toEqual(document?.labels.map((label) => names()[label]));
      expect({ path, span }).toEqual({
        path: document?.patent.source.file,
        span: document?.patent.source.span,
      });
      expect(title).toBe(document?.patent.title?.text);
    }
  });

  it('of a labelled document that goes by another name begin with itself', async () => {
    const { embedding } = await embedder.encoder.encode(textOf(7));
    const [nearest] = nearestNeighbours(index, embedding, nobody, 1);
    expect(nearest?.id).toBe(documents[7]?.patent.id);
    expect(nearest?.similarity).toBeCloseTo(1, 5);
  });

  it('are as many as asked for, or as there are', async () => {
    const { embedding } = await embedder.encoder.encode(textOf(0));
    expect(nearestNeighbours(index, embedding, nobody, 5)).toHaveLength(5);
    expect(nearestNeighbours(index, embedding, nobody, 0)).toHaveLength(0);
    const none = await buildNeighbourIndex([], names(), 'TA', embedder, quietTask);
    expect(nearestNeighbours(none, embedding, nobody, 5)).toEqual([]);
  });
});

describe('an index', () => {
  it('stands for the documents, labels, names, view and encoder it was made of, and for nothing else', () => {
    const encoder = embedder.encoder.identity;
    expect(isIndexOf(index, documents, names(), 'TA', 'another one')).toBe(false);
    expect(isIndexOf(index, [...documents], names(), 'TA', encoder)).toBe(true);
    expect(isIndexOf(index, documents, names(), 'TAC', encoder)).toBe(false);
    expect(isIndexOf(index, documents, names().reverse(), 'TA', encoder)).toBe(false);
    expect(isIndexOf(index, documents.slice(1), names(), 'TA', encoder)).toBe(false);
    const [first, ...others] = documents;
    if (!first) throw new Error('there are documents');
    expect(isIndexOf(index, [{ ...first, labels: [7] }, ...others], names(), 'TA', encoder)).toBe(false);
    expect(
      isIndexOf(index, [{ ...first, patent: { ...first.patent } }, ...others], names(), 'TA', encoder),
    ).toBe(false);
  });
});
