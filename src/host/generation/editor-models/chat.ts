/**
 * Asks a model that VS Code offers, for the engine: which model, the request, the whole answer, its tokens. VS Code asks
 * a person for consent with the first request; the run it belongs to was started by one.
 */
import type { CancellationToken } from 'vscode';
import type { ChatAnswer, HostChatParams } from '../../../protocol/generation.ts';
import type { Localiser } from '../../l10n.ts';
import type { EditorModel, EditorModels } from './api.ts';

/** Thrown where the editor has no such model; read like VS Code's own error of that kind. */
export class ModelNotFound extends Error {
  readonly code = 'NotFound';
}

export async function askEditorModel<Message>(
  { model: name, request }: HostChatParams,
  models: EditorModels<Message>,
  token: CancellationToken,
  l10n: Localiser,
): Promise<ChatAnswer> {
  const model = await selectModel(name, models);
  const messages = request.messages.map(({ role, content }) =>
    // There is no system role; instructions go ahead as the person's.
    role === 'assistant' ? models.assistant(content) : models.user(content),
  );
  const response = await model.sendRequest(
    messages,
    {
      justification: l10n.t('Patent Lab writes synthetic patents with this model, as you asked it to.'),
      modelOptions: {
        temperature: request.temperature,
        max_tokens: request.maxTokens,
        ...(request.seed === undefined ? {} : { seed: request.seed }),
      },
    },
    token,
  );
  let text = '';
  for await (const part of response.text) text += part;
  const [promptTokens, completionTokens] = await Promise.all([
    sumOfTokens(model, messages, token),
    sumOfTokens(model, [text], token),
  ]);
  return {
    text,
    // VS Code does not say whether the model was done.
    finish: 'unknown',
    model: `${model.vendor}/${model.id}`,
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(completionTokens === undefined ? {} : { completionTokens }),
  };
}

/** An id, or `vendor/family`; ids may have a slash themselves. */
async function selectModel<Message>(
  name: string,
  models: EditorModels<Message>,
): Promise<EditorModel<Message>> {
  const [byId] = await models.select({ id: name });
  if (byId) return byId;
  const slash = name.indexOf('/');
  if (slash > 0) {
    const vendor = name.slice(0, slash);
    const rest = name.slice(slash + 1);
    const [byFamily] = await models.select({ vendor, family: rest });
    if (byFamily) return byFamily;
    const [byVendorAndId] = await models.select({ vendor, id: rest });
    if (byVendorAndId) return byVendorAndId;
  }
  throw new ModelNotFound(name);
}

/** Undefined where the provider does not count; a guess would end up in the costs. */
async function sumOfTokens<Message>(
  model: EditorModel<Message>,
  texts: readonly (string | Message)[],
  token: CancellationToken,
): Promise<number | undefined> {
  try {
    const counts = await Promise.all(texts.map((text) => model.countTokens(text, token)));
    const known = counts.every((count) => Number.isFinite(count) && count > 0);
    return known ? counts.reduce((sum, count) => sum + count, 0) : undefined;
  } catch {
    return undefined;
  }
}
