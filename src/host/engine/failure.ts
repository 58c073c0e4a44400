/** What a failed call becomes: the engine's own report, or what the way to it says. */
import { ConnectionError, ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import { ERROR_CODES, PatentLabError, type ErrorReport } from '../../core/errors.ts';
import { PATENT_LAB_ERROR } from '../../protocol/engine.ts';
import type { Localiser } from '../l10n.ts';
import { cancelled, engineDied, internal } from './errors.ts';

/** JSON-RPC's code for a request the server gave up because it was asked to. */
const REQUEST_CANCELLED = -32800;

export function toCallError(error: unknown, l10n: Localiser): PatentLabError {
  if (error instanceof PatentLabError) return error;
  if (error instanceof ConnectionError) return engineDied(l10n, error.message);
  if (error instanceof ResponseError) {
    if (error.code === PATENT_LAB_ERROR && isReport(error.data)) return new PatentLabError(error.data);
    if (error.code === REQUEST_CANCELLED) return cancelled(l10n);
    if (error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.MessageWriteError) {
      return engineDied(l10n, error.message);
    }
  }
  return internal(l10n, error);
}

function isReport(data: unknown): data is ErrorReport {
  if (typeof data !== 'object' || data === null) return false;
  const { code, message, remedy } = data as Partial<Record<keyof ErrorReport, unknown>>;
  return (
    typeof message === 'string' && typeof remedy === 'string' && ERROR_CODES.some((known) => known === code)
  );
}
