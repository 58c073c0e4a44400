/** The errors of the way to the engine: everything the engine itself says arrives as a finished report. */
import { PatentLabError } from '../../core/errors.ts';
import type { Localiser } from '../l10n.ts';

export const cancelled = (l10n: Localiser): PatentLabError =>
  new PatentLabError({
    code: 'cancelled',
    message: l10n.t('Cancelled.'),
    remedy: l10n.t('Start it again when you want to.'),
  });

export const engineDied = (l10n: Localiser, how: string): PatentLabError =>
  new PatentLabError({
    code: 'engine-died',
    message: l10n.t('The engine stopped unexpectedly ({0}).', how),
    remedy: l10n.t('It starts again with your next command. The log says what it was doing.'),
  });

export const engineUnavailable = (l10n: Localiser, why: string, cause?: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'engine-unavailable',
      message: l10n.t('The engine does not run: {0}', why),
      remedy: l10n.t('Restart it. If that does not help, the log says why.'),
    },
    { cause },
  );

export const brokenInstall = (l10n: Localiser, host: number, engine: number): PatentLabError =>
  new PatentLabError({
    code: 'engine-unavailable',
    message: l10n.t('The extension and its engine do not match (protocol {0} and {1}).', host, engine),
    remedy: l10n.t('Reload the window; if that does not help, reinstall Patent Lab.'),
  });

export const internal = (l10n: Localiser, error: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'internal',
      message: error instanceof Error ? error.message : String(error),
      remedy: l10n.t('This is a defect in Patent Lab. Please report it with the log.'),
    },
    { cause: error },
  );
