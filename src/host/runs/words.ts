/** When a run was, and how it ended, in words. */
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import type { RunState } from './run.ts';

export const moment = (at: Date): string =>
  new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);

export function stateText(state: RunState): string {
  switch (state) {
    case 'done':
      return vscode.l10n.t('Done');
    case 'unfinished':
      return vscode.l10n.t('Not finished');
    case 'replaced':
      return vscode.l10n.t('Replaced by a later run');
    case 'unknown':
      return vscode.l10n.t('How it stands could not be found out');
    case 'unreadable':
      return vscode.l10n.t('Its files cannot be read');
    default:
      return unreachable(state);
  }
}
