import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import type { Claim, Patent } from '../../core/patent/model.ts';
import { readNamed, sharedData } from '../../core/testing/shared-data.ts';
import { OffsetMap } from '../../core/text/offset-map.ts';
import { passageAt, passagesOf, textOffset } from '../documents/passages.ts';
import { english } from '../l10n.ts';
import { claimTree, type ClaimNode } from './claim-tree.ts';
import { folds } from './folds.ts';
import { firstWords, numberList, outline, type OutlineNode } from './outline.ts';
import { claimNumberAt, dependents, referenceAt } from './references.ts';

const words = { l10n: english, languageName: (code: string) => code.toUpperCase() };

const SOURCE = readFileSync(new URL('../../../samples/patents/US99000001B2.xml', import.meta.url), 'utf8');
const patentsOf = (text: string, file: string): Patent[] =>
  readText(text, file).flatMap((outcome) => (outcome.kind === 'patent' ? [outcome.patent] : []));
const [PATENT] = patentsOf(SOURCE, 'US99000001B2.xml');
if (!PATENT) throw new Error('the sample patent cannot be read');

const claim = (number: number, ...dependsOn: readonly number[]): Claim => ({
  number,
  dependsOn,
  text: `Claim ${number}`,
  span: { start: number * 10, end: number * 10 + 7 },
  map: OffsetMap.identity(7, number * 10),
});

const drawn = (nodes: readonly ClaimNode[]): string =>
  nodes
    .map((node) => `${node.claim.number}${node.children.length > 0 ? `(${drawn(node.children)})` : ''}`)
    .join(' ');

const all = (node: OutlineNode): readonly OutlineNode[] => [node, ...node.children.flatMap(all)];

describe('claimTree', () => {
  it.each([
    ['under the first it depends on', [claim(1), claim(2, 1), claim(3, 1, 2), claim(4, 2)], '1(2(4) 3)'],
    ['beside each other', [claim(1), claim(2), claim(3, 2)], '1 2(3)'],
    ['that come back to an early claim', [claim(1), claim(2), claim(3, 1)], '1(3) 2'],
    ['whose parent is missing', [claim(1), claim(3, 2)], '1 3'],
    ['with a number printed twice', [claim(1), claim(1), claim(2, 1)], '1(2) 1'],
  ])('puts claims %s', (_, claims, expected) => {
    expect(drawn(claimTree(claims))).toBe(expected);
  });

  it('holds every claim of a chain of thousands once, not too deep', () => {
    const chain = Array.from({ length: 5000 }, (_, at) => claim(at + 1, ...(at === 0 ? [] : [at])));
    const count = (nodes: readonly ClaimNode[]): number =>
      nodes.reduce((sum, node) => sum + 1 + count(node.children), 0);
    expect(count(claimTree(chain))).toBe(5000);
  });
});

describe('outline', () => {
  const root = outline(PATENT, words);

  it('has the sections in reading order', () => {
    expect(root.children.map(({ name }) => name)).toEqual(['Title', 'Abstract', 'Claims', 'Description']);
  });

  it('shows claims by dependency', () => {
    const claims = root.children.find(({ name }) => name === 'Claims');
    const [first] = claims?.children ?? [];
    expect(first?.name).toMatch(/^1\. /);
    expect(first?.children[0]).toMatchObject({ detail: 'depends on 1' });
  });

  it('keeps every target inside its range, and names everything', () => {
    for (const node of all(root)) {
      expect(node.name).not.toBe('');
      expect(node.span.start).toBeLessThanOrEqual(node.target.start);
      expect(node.span.end).toBeGreaterThanOrEqual(node.target.end);
    }
  });

  it('has one entry for a record of a corpus', () => {
    const [record] = patentsOf('{"id":"a","title":"T","abstract":"Text"}\n', 'a.jsonl');
    expect(record && outline(record, words)).toMatchObject({ kind: 'record', name: 'a', children: [] });
  });

  it('folds each claim and each section once', () => {
    const found = folds(root, false);
    const claims = found.filter(
      ({ withHeading, span }) => !withHeading && PATENT.claims.some((one) => one.span.start === span.start),
    );
    expect(claims).toHaveLength(PATENT.claims.length);
    expect(found.filter(({ withHeading }) => withHeading)).toHaveLength(4);
  });
});

const bulk = sharedData('documents', 'uspto-bulk', 'ipg130416.small.xml');

it.skipIf(bulk === undefined)('outlines and finds places in a weekly file', () => {
  const { text } = readNamed(bulk ?? '');
  for (const patent of patentsOf(text, 'ipg130416.xml')) {
    const nodes = all(outline(patent, words));
    const claims = nodes.filter(({ kind }) => kind === 'claim' || kind === 'dependent');
    expect(claims).toHaveLength(patent.claims.length);
    for (const { span, target } of nodes) {
      expect(span.start <= target.start && target.end <= span.end).toBe(true);
    }
    for (const one of patent.claims) {
      const [first] = one.dependsOn;
      const parent = patent.claims.find(({ number }) => number === first);
      if (parent) expect(dependents(patent, parent).length).toBeGreaterThan(0);
    }
  }
});

describe('places of claims', () => {
  const at = (text: string): number => SOURCE.indexOf(text);

  it('finds the claim behind a reference', () => {
    const reference = referenceAt(PATENT, at('>claim 1<') + 3);
    expect(reference?.claims.map(({ number }) => number)).toEqual([1]);
    expect(SOURCE.slice(reference?.span.start, reference?.span.end)).toBe('claim 1');
  });

  it('finds none in other words', () => {
    expect(referenceAt(PATENT, at('wherein the controller') + 3)).toBeUndefined();
    expect(referenceAt(PATENT, 5)).toBeUndefined();
  });

  it('knows the claim whose number it stands on, and where it is referred to', () => {
    const found = claimNumberAt(PATENT, SOURCE, at('<claim-text>1. ') + '<claim-text>'.length);
    expect(found?.claim.number).toBe(1);
    const spans = found ? dependents(found.version, found.claim) : [];
    expect(spans.length).toBeGreaterThan(2);
    for (const { start, end } of spans) expect(SOURCE.slice(start, end)).toContain('claim');
  });

  it('maps a place of the source into the text and back', () => {
    for (const { passage, key } of passagesOf(PATENT)) {
      const { start } = passage.span;
      expect(passageAt(PATENT, start)?.key).toBe(key);
      const middle = Math.floor(passage.text.length / 2);
      const span = passage.map.toSource({ start: middle, end: middle + 1 });
      if (span) expect(Math.abs(textOffset(passage, span.start) - middle)).toBeLessThanOrEqual(1);
    }
  });
});

it.each([
  ['short', 20, 'short'],
  ['a walking  aid\nwith a handle', 16, 'a walking aid…'],
  ['', 10, '…'],
  ['x'.repeat(50), 10, `${'x'.repeat(10)}…`],
])('shortens %j to %d', (text, length, expected) => {
  expect(firstWords(text, length)).toBe(expected);
});

it.each([
  [[1], '1'],
  [[1, 2], '1, 2'],
  [[1, 2, 3, 4, 7], '1–4, 7'],
])('writes %j as %s', (numbers, expected) => {
  expect(numberList(numbers)).toBe(expected);
});
