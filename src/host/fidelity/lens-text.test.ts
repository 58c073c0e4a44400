import { expect, it } from 'vitest';
import type { FidelityDocument } from '../../protocol/fidelity.ts';
import { english } from '../l10n.ts';
import { lensText } from './lens-text.ts';

const place = { id: 'S1', file: '/w/synthetic/a.jsonl', span: { start: 0, end: 10 }, title: 'Seat' };
const BASE: FidelityDocument = {
  ...place,
  labels: [],
  nearest: null,
  distanceRank: null,
  distanceShare: null,
  copied: null,
  overlap: 0,
  offences: [],
};
const nearest = { ...place, id: 'EP1', similarity: 0.8349, isParent: false };
const run = {
  words: 12,
  span: place.span,
  otherSpan: place.span,
  passage: 'a seat',
  from: nearest,
  isParent: false,
};

it.each<[string, Partial<FidelityDocument>, boolean]>([
  ['no real document to compare with', {}, false],
  ['nearest real 0.83', { nearest }, false],
  [
    'nearest real 0.83 · copies 12 words · labels 1/2',
    { nearest, copied: run, labels: ['a', 'b'], labelFidelity: { hits: ['a'], misses: ['b'], extra: [] } },
    false,
  ],
  [
    'before the last edit · nearest real 0.83 · repeats S0',
    { nearest, repeats: { ...place, id: 'S0' } },
    true,
  ],
  ['nearest real 0.83', { nearest, labelFidelity: { hits: [], misses: [], extra: ['c'] } }, false],
])('says “%s”', (text, change, stale) => {
  expect(lensText({ ...BASE, ...change }, stale, english)).toBe(text);
});
