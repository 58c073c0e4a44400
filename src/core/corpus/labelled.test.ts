import { describe, expect, it } from 'vitest';
import { NO_BIBLIOGRAPHY } from '../patent/bibliography.ts';
import type { Claim, Passage, Patent } from '../patent/model.ts';
import { OffsetMap } from '../text/offset-map.ts';
import { groupOf } from './labelled.ts';

const passage = (text: string): Passage => ({
  text,
  span: { start: 0, end: text.length },
  map: OffsetMap.identity(text.length),
});
const claim = (text: string): Claim => ({ ...passage(text), number: 1, dependsOn: [] });

interface Parts {
  readonly id?: string;
  readonly title?: string;
  readonly abstract?: string;
  readonly claims?: readonly string[];
  readonly description?: readonly string[];
  readonly group?: string;
}

const patent = ({ id = 'US1', title, abstract, claims = [], description = [], group }: Parts): Patent => ({
  id,
  office: 'US',
  format: 'jsonl',
  source: { file: 'corpus.jsonl', index: 0, span: { start: 0, end: 1 } },
  ...(title === undefined ? {} : { title: passage(title) }),
  ...(abstract === undefined ? {} : { abstract: passage(abstract) }),
  claims: claims.map(claim),
  description: description.map(passage),
  classifications: [],
  bibliography: NO_BIBLIOGRAPHY,
  translations: [],
  gaps: [],
  record: { provenance: 'real', extra: {}, ...(group === undefined ? {} : { group }) },
});

describe('documents belong together', () => {
  it.each<{ what: string; one: Parts; other: Parts }>([
    {
      what: 'whose corpus says so, whatever their texts',
      one: { group: 'F7', abstract: 'A wheelchair.' },
      other: { group: 'F7', abstract: 'A bicycle.' },
    },
    {
      what: 'with the same abstract',
      one: { abstract: 'A wheelchair.', title: 'Chair' },
      other: { abstract: 'A wheelchair.', title: 'Seat' },
    },
    {
      what: 'whose abstracts differ in case, blanks and punctuation alone',
      one: { abstract: 'A wheelchair (10), with\n two wheels.' },
      other: { abstract: '  A WHEELCHAIR 10 with two - wheels' },
    },
    {
      what: 'without abstracts, with the same title and first claim',
      one: { title: 'Wheelchair', claims: ['A chair on wheels.', 'The chair of claim 1.'] },
      other: { title: 'Wheelchair', claims: ['A chair on wheels.'], abstract: ' ' },
    },
    {
      what: 'with the same description and nothing else',
      one: { description: ['Background', 'Chairs are known.'] },
      other: { description: ['Background', 'Chairs are known.'] },
    },
  ])('$what', ({ one, other }) => {
    expect(groupOf(patent({ id: 'US1', ...one }))).toBe(groupOf(patent({ id: 'EP2', ...other })));
  });
});

describe('documents stand alone', () => {
  it.each<{ what: string; one: Parts; other: Parts }>([
    {
      what: 'with different abstracts, even under one title',
      one: { title: 'Chair', abstract: 'On wheels.' },
      other: { title: 'Chair', abstract: 'On rails.' },
    },
    {
      what: 'whose corpus says so, even with one abstract',
      one: { group: 'F1', abstract: 'A chair.' },
      other: { group: 'F2', abstract: 'A chair.' },
    },
    {
      what: 'when a group is called like a text',
      one: { group: 'a chair' },
      other: { abstract: 'a chair' },
    },
    {
      what: 'with the same title but another first claim',
      one: { title: 'Chair', claims: ['A chair.'] },
      other: { title: 'Chair', claims: ['A seat.'] },
    },
    {
      what: 'with an abstract that is a dash',
      one: { title: 'Chair', abstract: '—' },
      other: { title: 'Seat', abstract: '—' },
    },
    {
      what: 'with a group left empty',
      one: { group: '', abstract: 'A chair.' },
      other: { group: '', abstract: 'A seat.' },
    },
    {
      what: 'with different descriptions under the same heading and nothing else',
      one: { description: ['Background', 'Chairs are known.'] },
      other: { description: ['Background', 'Seats are known.'] },
    },
    { what: 'without any text', one: {}, other: {} },
    {
      what: 'in other scripts',
      one: { abstract: '車椅子の制動装置' },
      other: { abstract: '車椅子の駆動装置' },
    },
  ])('$what', ({ one, other }) => {
    expect(groupOf(patent({ id: 'US1', ...one }))).not.toBe(groupOf(patent({ id: 'EP2', ...other })));
  });
});
