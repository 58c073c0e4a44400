import { expect, it } from 'vitest';
import { fill, plural, t } from './strings.ts';

it('fills placeholders and leaves unknown ones', () => {
  expect(fill('{0} of {1}, {0} again, {2}', [3, 'x'])).toBe('3 of x, 3 again, {2}');
});

it('falls back to English without a table', () => {
  expect(t('Show all {0}', 64)).toBe('Show all 64');
  expect(plural(1, '{0} token', '{0} tokens', '1')).toBe('1 token');
  expect(plural(2, '{0} token', '{0} tokens', '2')).toBe('2 tokens');
});

it('keeps what looks like markup or a pattern as text', () => {
  expect(t('No label matches “{0}”.', '<b>$&{1}')).toBe('No label matches “<b>$&{1}”.');
});
