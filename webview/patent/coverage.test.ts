import { expect, it } from 'vitest';
import { prediction } from '../dev/fixtures/prediction.ts';
import { notRead, readSummary, sectionName } from './coverage.ts';

it('says nothing when everything was read', () => {
  const { coverage } = prediction();
  expect(notRead(coverage)).toEqual([]);
  expect(readSummary(coverage)).toEqual(['title + abstract + claims', '1,284 tokens', '6 windows']);
});

it('says what was cut, what is missing and what the reader could not take over', () => {
  const { coverage } = prediction({
    coverage: {
      cut: [
        { section: 'claims', characters: 2310, reason: 'over the limit of 32 windows' },
        { section: 'abstract', characters: 1, reason: 'It is unreadable.' },
      ],
      missing: ['title'],
      gaps: ['A table was left out.'],
    },
  });
  expect(notRead(coverage)).toEqual([
    '2,310 characters of the claims were not read: over the limit of 32 windows.',
    '1 character of the abstract was not read: It is unreadable.',
    'The document has no title.',
    'A table was left out.',
  ]);
});

it('names passages as in the document', () => {
  expect(sectionName('claims', 3)).toBe('claim 3');
  expect(sectionName('abstract')).toBe('abstract');
});
