/** One version everywhere. */
import { expect, it } from 'vitest';
import { readRepositoryText } from './testing/repository.ts';
import { VERSION } from './version.ts';

it('the engine states the version of the package', () => {
  expect(JSON.parse(readRepositoryText('package.json'))).toMatchObject({ version: VERSION });
});
