/** Which model writes: one of this machine, one of the editor, or one of a server that the machine has set up. */
import * as vscode from 'vscode';
import { isLoopback } from '../../../core/generation/loopback.ts';
import type { ModelChoice } from '../../../protocol/generation.ts';
import type { Services } from '../../services.ts';
import { builtInModels, type BuiltInModels } from '../models/built-in.ts';
import { openEndpointSettings } from '../models/keys.ts';
import { presetOf, showPresets } from '../models/presets.ts';
import { serverModels } from '../models/server-models.ts';
import type { Draft } from './draft.ts';
import { inputText, pickOne, type Answer } from '../../quick-input.ts';
import { frame, type Step } from './steps.ts';

type Target =
  | { readonly kind: 'model'; readonly model: ModelChoice }
  /** Needs its name. */
  | { readonly kind: 'other'; readonly endpoint: string }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'presets' }
  | { readonly kind: 'file' }
  | { readonly kind: 'none' };

interface ModelItem extends vscode.QuickPickItem {
  readonly target: Target;
}

export const modelStep =
  (services: Pick<Services, 'engine' | 'models'>): Step =>
  async (draft) => {
    const { models: machine } = services;
    const builtIn = builtInModels(services);
    const items = await modelItems(services, builtIn, draft.model);
    for (;;) {
      const active = items.find(({ target }) => isChosen(target, draft.model));
      const answer = await pickOne({
        frame: frame(5),
        placeholder: machine.localOnly
          ? vscode.l10n.t('Which model writes? Only models on this machine are allowed')
          : vscode.l10n.t('Which model writes?'),
        items,
        ...(active ? { active } : {}),
      });
      if (answer.kind !== 'chosen') return answer;
      const chosen = await resolve(answer.value.target, draft, builtIn);
      if (chosen) return chosen;
    }
  };

/** Undefined asks again. */
async function resolve(
  target: Target,
  draft: Draft,
  builtIn: BuiltInModels,
): Promise<Answer<Draft> | undefined> {
  switch (target.kind) {
    case 'model':
      return { kind: 'chosen', value: { ...draft, model: target.model } };
    case 'other': {
      const { endpoint } = target;
      const name = await inputText({
        frame: frame(5),
        prompt: vscode.l10n.t('Id of the model at {0}', endpoint),
        value: '',
        validate: (text) => (text.trim() === '' ? vscode.l10n.t('An id is not empty.') : undefined),
      });
      if (name.kind === 'back') return undefined;
      if (name.kind === 'cancelled') return name;
      const model: ModelChoice = { client: 'endpoint', endpoint, model: name.value.trim() };
      return { kind: 'chosen', value: { ...draft, model } };
    }
    case 'file': {
      const model = await builtIn.chooseFile();
      return model && { kind: 'chosen', value: { ...draft, model } };
    }
    case 'presets':
      return (await showPresets()) ? { kind: 'cancelled' } : undefined;
    case 'set-up':
      await openEndpointSettings();
      return { kind: 'cancelled' };
    case 'none':
      return undefined;
  }
}

async function modelItems(
  services: Pick<Services, 'engine' | 'models'>,
  builtIn: BuiltInModels,
  chosen: ModelChoice | undefined,
): Promise<readonly ModelItem[]> {
  const { models: machine } = services;
  const [own, editor, servers] = await Promise.all([
    builtIn.items(),
    machine.localOnly ? [] : editorItems(),
    serverItems(services, chosen),
  ]);
  const heading = (label: string): ModelItem => ({
    target: { kind: 'none' },
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  return [
    ...(servers.length > 0 ? [heading(vscode.l10n.t('Servers')), ...servers] : []),
    ...(editor.length > 0 ? [heading(vscode.l10n.t('Models of VS Code')), ...editor] : []),
    heading(vscode.l10n.t('In this process, no server needed')),
    ...own.map(({ model, ...texts }): ModelItem => ({ ...texts, target: { kind: 'model', model } })),
    {
      target: { kind: 'file' },
      label: vscode.l10n.t('$(file) A GGUF file…'),
      detail: vscode.l10n.t('A model file on this machine'),
    },
    heading(vscode.l10n.t('More')),
    {
      target: { kind: 'presets' },
      label: vscode.l10n.t('$(book) Open models that write well enough…'),
      detail: vscode.l10n.t('Their licences, the memory they need, and how to get them'),
    },
    {
      target: { kind: 'set-up' },
      label: vscode.l10n.t('$(gear) Set up a server…'),
      detail: vscode.l10n.t(
        'Ollama, vLLM, llama.cpp, LM Studio, or a hosted one, in the settings of this machine',
      ),
    },
  ];
}

async function editorItems(): Promise<readonly ModelItem[]> {
  const models = await vscode.lm.selectChatModels();
  return models.map(({ id, name, vendor, family }) => ({
    target: { kind: 'model', model: { client: 'editor', model: id } },
    label: `$(sparkle) ${name}`,
    description: `${vendor} · ${family}`,
    detail: vscode.l10n.t('Texts go to {0} by way of VS Code, which may ask for your consent', vendor),
  }));
}

/** @param chosen before; a server need not list a model that it has */
async function serverItems(
  services: Pick<Services, 'engine' | 'models'>,
  chosen: ModelChoice | undefined,
): Promise<readonly ModelItem[]> {
  const { models: machine } = services;
  const items = await Promise.all(
    (await machine.endpoints()).map(async (endpoint): Promise<readonly ModelItem[]> => {
      const { name, url } = endpoint;
      const isLocal = isLoopback(url);
      if (machine.localOnly && !isLocal) return [];
      const detail = isLocal
        ? vscode.l10n.t('On this machine')
        : vscode.l10n.t('Texts go to {0}', new URL(url).host);
      const { models = [], problem } = await serverModels(services, endpoint);
      const offered = new Set([...models, ...(chosen?.endpoint === name ? [chosen.model] : [])]);
      return [
        ...[...offered].map((model): ModelItem => ({
          target: { kind: 'model', model: { client: 'endpoint', endpoint: name, model } },
          label: `$(server) ${model}`,
          description: name,
          detail: [detail, ...presetOf(model)].join(' · '),
        })),
        {
          target: { kind: 'other', endpoint: name },
          label: vscode.l10n.t('$(server) Another model of {0}…', name),
          detail:
            models.length > 0
              ? detail
              : (problem?.message ?? vscode.l10n.t('{0} · the server gives no list of its models', detail)),
        },
      ];
    }),
  );
  return items.flat();
}

const isChosen = (target: Target, model: ModelChoice | undefined): boolean =>
  target.kind === 'model' &&
  model !== undefined &&
  target.model.client === model.client &&
  target.model.model === model.model &&
  target.model.endpoint === model.endpoint;
