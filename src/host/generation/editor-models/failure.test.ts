import { expect, it } from 'vitest';
import { english } from '../../l10n.ts';
import { editorModelFailure } from './failure.ts';

function failure(message: string, more: { name?: string; code?: string; cause?: unknown } = {}): Error {
  return Object.assign(new Error(message), more);
}

it.each([
  ['declined', failure('No', { code: 'NoPermissions' }), 'model-not-consented', 'stop'],
  ['gone', failure('Gone', { code: 'NotFound' }), 'model-missing', 'stop'],
  ['blocked', failure('Off limits', { code: 'Blocked' }), 'model-unauthorised', 'stop'],
  ['quota', failure('Used up', { name: 'ChatQuotaExceeded' }), 'model-rate-limited', 'stop'],
  [
    'quota behind Blocked',
    failure('Monthly quota exceeded', { code: 'Blocked' }),
    'model-rate-limited',
    'stop',
  ],
  [
    'quota as a cause',
    failure('Unknown', { code: 'Unknown', cause: failure('x', { name: 'ChatQuotaExceeded' }) }),
    'model-rate-limited',
    'stop',
  ],
  ['rate', failure('Slow down', { name: 'ChatRateLimited' }), 'model-rate-limited', 'retry'],
  ['rate by status', failure('answered 429'), 'model-rate-limited', 'retry'],
  ['filter', failure('Response got filtered.'), 'model-failed', 'skip'],
  ['anything else', failure('socket hang up'), 'model-failed', 'retry'],
  ['no error at all', 'down', 'model-failed', 'retry'],
])('%s', (_, error, code, kind) => {
  const result = editorModelFailure(error, 'acme/large', english);
  expect({ code: result.code, kind: result.kind }).toEqual({ code, kind });
  expect(result.message).toContain('acme/large');
  expect(result.remedy).not.toBe('');
});

it('ends where an error is its own cause', () => {
  const error = failure('round');
  error.cause = error;
  expect(editorModelFailure(error, 'm', english).kind).toBe('retry');
});

it('says the innermost words', () => {
  const error = failure('outer', { cause: failure('the server is asleep') });
  expect(editorModelFailure(error, 'm', english).message).toBe('m failed: the server is asleep');
});
