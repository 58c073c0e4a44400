import { describe, expect, it } from 'vitest';
import type { DocumentText, ReviewDocument } from '../../../protocol/generation.ts';
import { english } from '../../l10n.ts';
import { detailOf } from './detail.ts';

const text = (abstract: string, claims: readonly string[] = []): DocumentText => ({
  title: 'Cane with a lamp',
  abstract,
  claims,
  description: '',
});

const SHARED = 'a lamp whose beam falls where the tip will touch the ground';

const document: ReviewDocument = {
  item: {
    id: 'syn-1',
    file: '/w/synthetic/one.jsonl',
    title: 'Cane with a lamp',
    labels: [{ id: 'walking-aid', name: 'Walking aids' }],
    edited: false,
    notes: [],
  },
  text: text(`A walking aid carries ${SHARED}.`, [
    'A cane with a lamp.',
    'The cane of claim 1, with a switch.',
  ]),
  related: [
    { id: 'XX1', file: '/w/corpus/a.jsonl', role: 'seed', text: text(`Shown is ${SHARED} at night.`) },
    { id: 'XX2', file: '', role: 'exemplar', text: { title: '', abstract: '', claims: [], description: '' } },
  ],
  highlights: [
    { part: 'abstract', start: 2, end: 13, severity: 'warning', reason: 'Names its label “Walking aids”.' },
    { part: 'claim', claim: 1, start: 4, end: 8, severity: 'hint', reason: 'A keyword of “Walking aids”.' },
  ],
  facts: [{ name: 'Model', value: 'tiny' }],
  prompt: 'Write.',
};

describe('detailOf', () => {
  const detail = detailOf(document, english);
  const marked = (passages: typeof detail.passages): readonly string[] =>
    passages.flatMap((passage) =>
      passage.marks.map(({ start, end, kind }) => `${kind}: ${passage.text.slice(start, end)}`),
    );

  it('marks what the engine found and what is shared, in place', () => {
    expect(marked(detail.passages)).toEqual([
      'assigned-label: walking aid',
      `shared: ${SHARED}`,
      'keyword: cane',
    ]);
    expect(marked(detail.sources[0]?.passages ?? [])).toEqual([`shared: ${SHARED}`]);
  });

  it('numbers claims', () => {
    expect(detail.passages.map(({ section, claim }) => `${section}${claim ?? ''}`)).toEqual([
      'title',
      'abstract',
      'claims1',
      'claims2',
    ]);
  });

  it('says which source is gone', () => {
    expect(detail.sources.map(({ id, missing, sharedWords }) => [id, missing ?? false, sharedWords])).toEqual(
      [
        ['XX1', false, 12],
        ['XX2', true, 0],
      ],
    );
  });

  it('sums up the checks', () => {
    expect(detail.checks.map(({ name, outcome }) => `${name}: ${outcome}`)).toEqual([
      'Form and language: passed',
      'Label names: failed',
      'Nearness: remarked',
    ]);
  });

  it('offers the texts that were kept', () => {
    expect(detail.kept).toEqual(['prompt']);
  });
});

it.each([
  [[], 'passed'],
  [[{ kind: 'preamble-removed', detail: 'A preamble was taken off.' } as const], 'remarked'],
  [[{ kind: 'label-named', detail: 'It names its label.' } as const], 'passed'],
])('the form with %j is %s', (notes, outcome) => {
  const detail = detailOf({ ...document, item: { ...document.item, notes } }, english);
  expect(detail.checks[0]?.outcome).toBe(outcome);
});
