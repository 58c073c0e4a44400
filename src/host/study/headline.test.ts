import { expect, it } from 'vitest';
import { english } from '../l10n.ts';
import { studyHeadline } from './headline.ts';

const verdicts = (...all: readonly (string | null)[]) => all.map((verdict) => ({ verdict }));

it.each([
  [
    { name: 'A', verdicts: verdicts('no measurable effect', 'helps', 'helps') },
    'A: helps, no measurable effect',
  ],
  [{ name: 'A', verdicts: verdicts('hurts') }, 'A: hurts'],
  [{ name: 'A', verdicts: verdicts(null) }, 'A'],
  [{ name: 'A' }, undefined],
  [null, undefined],
])('%j', (report, headline) => {
  expect(studyHeadline(report, english)).toBe(headline);
});
