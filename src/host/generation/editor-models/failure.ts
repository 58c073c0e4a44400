/**
 * What a failure of a model of the editor means: one of our codes, and what the run may do about it. VS Code tells
 * kinds apart by `code` (`NoPermissions`, `NotFound`, `Blocked`, `Unknown` with the provider's error as `cause`);
 * providers name theirs (`ChatQuotaExceeded`, `ChatRateLimited`).
 */
import type { ErrorReport } from '../../../core/errors.ts';
import type { HostChatError } from '../../../protocol/generation.ts';
import type { Localiser } from '../../l10n.ts';

type Cause = 'declined' | 'missing' | 'quota' | 'rate' | 'blocked' | 'filtered' | 'failed';

export function editorModelFailure(error: unknown, model: string, l10n: Localiser): HostChatError {
  const words = lastWords(error);
  switch (causeOf(error)) {
    case 'declined':
      return {
        ...report('model-not-consented', l10n.t('The use of {0} was declined.', model)),
        remedy: l10n.t('Allow it in the Accounts menu under "Manage Language Model Access", then resume.'),
        kind: 'stop',
      };
    case 'missing':
      return {
        ...report('model-missing', l10n.t('The editor has no model {0} any more.', model)),
        remedy: l10n.t('Choose another model in the plan.'),
        kind: 'stop',
      };
    case 'quota':
      return {
        ...report('model-rate-limited', l10n.t('The quota of {0} is used up: {1}', model, words)),
        remedy: l10n.t('Resume when there is quota again, or choose another model in the plan.'),
        kind: 'stop',
      };
    case 'rate':
      return {
        ...report('model-rate-limited', l10n.t('{0} takes no more requests just now: {1}', model, words)),
        remedy: l10n.t('It is asked again after a while.'),
        kind: 'retry',
      };
    case 'blocked':
      return {
        ...report('model-unauthorised', l10n.t('{0} may not be used here: {1}', model, words)),
        remedy: l10n.t('Choose another model in the plan.'),
        kind: 'stop',
      };
    case 'filtered':
      return {
        ...report('model-failed', l10n.t('{0} filtered the request: {1}', model, words)),
        remedy: l10n.t('The document is left out; the others are asked for.'),
        kind: 'skip',
      };
    case 'failed':
      return {
        ...report('model-failed', l10n.t('{0} failed: {1}', model, words)),
        remedy: l10n.t('It is asked again after a while.'),
        kind: 'retry',
      };
  }
}

const report = (code: ErrorReport['code'], message: string): Pick<ErrorReport, 'code' | 'message'> => ({
  code,
  message,
});

function causeOf(error: unknown): Cause {
  const names = chain(error).flatMap(({ name, code }) => [name, code]);
  if (names.includes('NoPermissions')) return 'declined';
  if (names.includes('NotFound')) return 'missing';
  const text = [...names, ...chain(error).map(({ message }) => message)].join(' ');
  if (/quota/i.test(text)) return 'quota';
  if (/rate.?limit|too many requests|\b429\b/i.test(text)) return 'rate';
  if (/filtered|responsible.?ai|content.?(filter|policy)/i.test(text)) return 'filtered';
  return names.includes('Blocked') ? 'blocked' : 'failed';
}

interface Link {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

/** How deep causes are followed: errors may be their own causes. */
const DEEPEST = 5;

function chain(error: unknown): readonly Link[] {
  const links: Link[] = [];
  for (let at: unknown = error; at instanceof Error && links.length < DEEPEST; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    links.push({ name: at.name, code, message: at.message });
  }
  return links;
}

/** What the innermost error says. */
const lastWords = (error: unknown): string =>
  chain(error)
    .map(({ message }) => message)
    .filter((message) => message !== '')
    .at(-1) ?? (error instanceof Error ? error.name : String(error));
