/** CUDA is an opt-in: its libraries are too large to ship. Says whether they are there, how to get them, and checks them. */
import * as vscode from 'vscode';
import { ProvidersRequest } from '../../protocol/numerics.ts';
import type { Services } from '../services.ts';
import { showNumerics } from './panel.ts';
import { standingText } from './pick.ts';

export async function checkCuda(services: Services): Promise<void> {
  const standings = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for CUDA') },
    () => services.engine.request(ProvidersRequest, {}),
  );
  const cuda = standings.find(({ provider }) => provider === 'cuda');
  if (!cuda) return;
  if (cuda.state === 'ready') {
    await showNumerics(services, { kind: 'provider', provider: 'cuda' });
    return;
  }
  const { setUp = [] } = cuda;
  const copy = vscode.l10n.t('Copy Commands');
  const detail = [
    standingText(cuda),
    ...(setUp.length > 0
      ? [
          vscode.l10n.t(
            'With an NVIDIA driver, CUDA 12 and cuDNN 9 installed, run these commands, restart the engine and check again:',
          ),
          setUp.join('\n'),
        ]
      : []),
  ].join('\n\n');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('CUDA cannot be used.'),
    { modal: true, detail },
    ...(setUp.length > 0 ? [copy] : []),
  );
  if (answer === copy) await vscode.env.clipboard.writeText(`${setUp.join('\n')}\n`);
}
