/** Models that run in the engine: what there is, fetching weights after asking, and a file of one's own. */
import * as vscode from 'vscode';
import type { ModelChoice, ModelFile } from '../../../protocol/generation.ts';
import { BuiltInModelsRequest, FetchModelRequest, type BuiltInModel } from '../../../protocol/models.ts';
import type { EngineClient } from '../../engine/client.ts';
import type { Services } from '../../services.ts';
import { usage } from '../../errors/usage.ts';
import { ProgressReporter } from '../../progress.ts';

export interface BuiltInItem extends vscode.QuickPickItem {
  readonly model: ModelChoice;
}

export interface BuiltInModels {
  items(): Promise<readonly BuiltInItem[]>;
  /** A GGUF file on this machine, which gets a name in its settings; undefined when none was chosen. */
  chooseFile(): Promise<ModelChoice | undefined>;
  /** Sees to it that the weights are there; false when the person declined to fetch them. */
  prepare(model: ModelChoice): Promise<boolean>;
}

export function builtInModels({ engine, models }: Pick<Services, 'engine' | 'models'>): BuiltInModels {
  const all = async (): Promise<readonly BuiltInModel[]> =>
    (await engine.request(BuiltInModelsRequest, {})).models;
  return {
    items: async () => [
      ...(await all()).filter(({ state }) => state !== 'missing').map(itemOf),
      ...(await models.files()).map(fileItem),
    ],
    chooseFile: async () => {
      const file = await chosenFile();
      return file === undefined ? undefined : { client: 'built-in', model: await models.nameFile(file) };
    },
    prepare: async ({ client, model: id }) => {
      if (client !== 'built-in') return true;
      const model = (await all()).find((one) => one.id === id);
      if (!model || model.state === 'ready') return true;
      if (model.state === 'missing') {
        throw usage(
          vscode.l10n.t('The weights of {0} are not on this machine.', model.name),
          vscode.l10n.t('Put them here: {0}', model.place),
        );
      }
      return fetchAfterAsking(engine, model);
    },
  };
}

function itemOf({ id, name, licence, memory, weak, note, state, bytes }: BuiltInModel): BuiltInItem {
  const facts = [
    vscode.l10n.t('{0} licence', licence),
    vscode.l10n.t('{0} of memory', size(memory * 1e6)),
    ...(state === 'fetchable' ? [vscode.l10n.t('{0} to fetch', size(bytes))] : []),
  ];
  return {
    model: { client: 'built-in', model: id },
    label: `$(chip) ${name}`,
    description: weak
      ? vscode.l10n.t('weak: to try it out, not for training documents')
      : vscode.l10n.t('on this machine'),
    detail: [facts.join(' · '), ...(note === undefined ? [] : [note])].join(' — '),
  };
}

async function fetchAfterAsking(engine: EngineClient, model: BuiltInModel): Promise<boolean> {
  const fetchIt = vscode.l10n.t('Fetch');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Fetch {0} ({1})?', model.name, size(model.bytes)),
    {
      modal: true,
      detail: [
        vscode.l10n.t('From: {0}', model.place),
        vscode.l10n.t('Licence: {0}. It needs {1} of memory.', model.licence, size(model.memory * 1e6)),
        ...(model.note === undefined ? [] : [model.note]),
        vscode.l10n.t('Nothing of yours is sent; what comes is checked against its known SHA-256.'),
      ].join('\n\n'),
    },
    fetchIt,
  );
  if (chosen !== fetchIt) return false;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Fetching {0}', model.name),
    cancellable: true,
  };
  await vscode.window.withProgress(options, (progress, token) => {
    const reporter = new ProgressReporter(progress);
    return engine.request(
      FetchModelRequest,
      { id: model.id },
      { token, onProgress: (step) => reporter.report(step) },
    );
  });
  return true;
}

const fileItem = ({ name, path }: ModelFile): BuiltInItem => ({
  model: { client: 'built-in', model: name },
  label: `$(file) ${name}`,
  description: vscode.l10n.t('on this machine'),
  detail: path,
});

async function chosenFile(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('A model file'),
    openLabel: vscode.l10n.t('Use It'),
    filters: { GGUF: ['gguf'] },
  });
  return chosen?.[0]?.fsPath;
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
