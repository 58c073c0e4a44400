/** Setting and forgetting the key of a model server. */
import * as vscode from 'vscode';
import { usage } from '../../errors/usage.ts';
import type { MachineModels } from './access.ts';
import type { ConfiguredEndpoint } from './endpoints.ts';

const ENDPOINTS_SETTING = 'patentLab.generation.endpoints';

export async function setModelKey(models: MachineModels): Promise<void> {
  const endpoint = await pickEndpoint(models, vscode.l10n.t('Set the key of which server?'));
  if (!endpoint) return;
  const { name } = endpoint;
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Key of {0}', name),
    prompt: vscode.l10n.t('It is kept in the secret storage of this machine and sent to this server alone.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A key is not empty.') : undefined),
  });
  if (key === undefined) return;
  await models.setKey(endpoint, key.trim());
  void vscode.window.showInformationMessage(vscode.l10n.t('The key of {0} is kept.', name));
}

export async function forgetModelKey(models: MachineModels): Promise<void> {
  const endpoint = await pickEndpoint(models, vscode.l10n.t('Forget the key of which server?'));
  if (!endpoint) return;
  const { name } = endpoint;
  await models.forgetKey(endpoint);
  void vscode.window.showInformationMessage(vscode.l10n.t('The key of {0} is forgotten.', name));
}

async function pickEndpoint(models: MachineModels, title: string): Promise<ConfiguredEndpoint | undefined> {
  const endpoints = await models.endpoints();
  if (endpoints.length === 0) {
    await openEndpointSettings();
    throw usage(
      vscode.l10n.t('No model server is set up on this machine.'),
      vscode.l10n.t('Add it to the setting {0}, then set its key.', ENDPOINTS_SETTING),
    );
  }
  const items = await Promise.all(
    endpoints.map(async (endpoint) => ({
      endpoint,
      label: endpoint.name,
      description: endpoint.url,
      detail:
        (await models.key(endpoint)) === undefined ? vscode.l10n.t('no key') : vscode.l10n.t('has a key'),
    })),
  );
  return (await vscode.window.showQuickPick(items, { title }))?.endpoint;
}

export const openEndpointSettings = (): Thenable<unknown> =>
  vscode.commands.executeCommand('workbench.action.openSettings', ENDPOINTS_SETTING);
