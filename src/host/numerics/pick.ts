/** Which candidate to check: an execution provider of this machine, or a model in another precision. */
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import {
  PROVIDER_NAMES,
  ProvidersRequest,
  type NumericsCandidate,
  type ProviderStanding,
} from '../../protocol/numerics.ts';
import type { EngineClient } from '../engine/client.ts';

interface Item extends vscode.QuickPickItem {
  readonly choice: NumericsCandidate | 'file' | 'folder';
}

/** Undefined when nothing was chosen. Providers that are absent can be chosen too: the panel then says why. */
export async function pickCandidate(engine: EngineClient): Promise<NumericsCandidate | undefined> {
  const title = vscode.l10n.t('Check Numerics');
  const items = providerItems(engine).then((providers): readonly Item[] => [
    { label: vscode.l10n.t('Another precision'), kind: vscode.QuickPickItemKind.Separator, choice: 'file' },
    {
      label: vscode.l10n.t('$(file-binary) An ONNX file…'),
      detail: vscode.l10n.t('The same model in fp16, int8 or q4'),
      choice: 'file',
    },
    {
      label: vscode.l10n.t('$(folder) A folder with an encoder…'),
      detail: vscode.l10n.t('One in fp32 becomes the reference for the encoder in use'),
      choice: 'folder',
    },
    { label: vscode.l10n.t('Execution providers'), kind: vscode.QuickPickItemKind.Separator, choice: 'file' },
    ...providers,
  ]);
  const placeHolder = vscode.l10n.t('What shall be held against fp32 on the CPU?');
  const picked = await vscode.window.showQuickPick<Item>(items, { title, placeHolder, matchOnDetail: true });
  switch (picked?.choice) {
    case undefined:
      return undefined;
    case 'file':
      return openModel({ canSelectFiles: true, filters: { ONNX: ['onnx'] } });
    case 'folder':
      return openModel({ canSelectFiles: false, canSelectFolders: true });
    default:
      return picked?.choice;
  }
}

async function openModel(options: vscode.OpenDialogOptions): Promise<NumericsCandidate | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Model to Check'),
    openLabel: vscode.l10n.t('Check'),
    ...options,
  });
  const [file] = chosen ?? [];
  return file && { kind: 'model', path: file.fsPath };
}

async function providerItems(engine: EngineClient): Promise<readonly Item[]> {
  const standings = await engine.request(ProvidersRequest, {});
  return [...standings]
    .sort((a, b) => Number(b.state === 'ready') - Number(a.state === 'ready'))
    .map((standing) => ({
      label: `${standing.state === 'ready' ? '$(circuit-board)' : '$(circle-slash)'} ${PROVIDER_NAMES[standing.provider]}`,
      detail: standingText(standing),
      choice: { kind: 'provider', provider: standing.provider },
    }));
}

/** What can be said of a provider before it is checked. */
export function standingText({ state, reason }: ProviderStanding): string {
  switch (state) {
    case 'ready':
      return vscode.l10n.t('Works on this machine; whether it calculates rightly is what the check tells');
    case 'absent':
      return vscode.l10n.t('Not here: {0}', reason);
    case 'failed':
      return vscode.l10n.t('Does not work: {0}', reason);
    default:
      return unreachable(state);
  }
}
