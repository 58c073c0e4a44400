/** Answers the host's questions about built-in models. */
import type { BuiltInModel, BuiltInModelsParams, FetchModelParams } from '../../protocol/models.ts';
import type { Task } from '../task.ts';
import { builtInModels, modelFolder, TINYLLAMA } from './catalog.ts';
import { downloadFailed } from './errors.ts';
import { fetchModel } from './fetch.ts';

export async function handleBuiltInModels({
  modelFolder: given,
}: BuiltInModelsParams): Promise<{ readonly models: readonly BuiltInModel[] }> {
  return { models: await builtInModels(modelFolder(given)) };
}

export async function handleFetchModel(
  { id, modelFolder: given }: FetchModelParams,
  task: Task,
): Promise<{ readonly file: string }> {
  if (id !== TINYLLAMA.id)
    throw downloadFailed(
      `There is no model "${id}" to fetch.`,
      `The one that can be fetched is ${TINYLLAMA.id}.`,
    );
  return { file: await fetchModel(TINYLLAMA, modelFolder(given), task) };
}
