/** The folder that a command without a file of its own is about; refuses with the way out where none is open. */
import * as vscode from 'vscode';
import { usage } from '../errors/usage.ts';
import type { Roots } from './roots.ts';

export function requireRoot({ current }: Pick<Roots, 'current'>): string {
  if (current !== undefined) return current;
  throw usage(vscode.l10n.t('No folder is open.'), vscode.l10n.t('Open the folder with your patents.'));
}
