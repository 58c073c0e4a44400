import { expect, it } from 'vitest';
import { matcher } from './search.ts';

it('finds all words in any order, whatever the case and accents', () => {
  const accepts = matcher('rollstuhle FUR');
  expect(accepts('Steuerung für Rollstühle')).toBe(true);
  expect(accepts('Steuerung', 'für', 'Rollstühle')).toBe(true);
  expect(accepts('Steuerung für Treppen')).toBe(false);
});

it('accepts everything when nothing is asked for', () => {
  expect(matcher('  ')('x')).toBe(true);
  expect(matcher('')('')).toBe(true);
});
