/** In a workspace that is not trusted, Patent Lab reads; it neither runs models on its texts nor writes. */
import * as vscode from 'vscode';
import { PatentLabError } from '../../core/errors.ts';

export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new PatentLabError({
    code: 'untrusted-workspace',
    message: vscode.l10n.t(
      'This workspace is not trusted, so nothing is trained, classified or recorded in it.',
    ),
    remedy: vscode.l10n.t('Trust it if you know where its files come from.'),
  });
}
