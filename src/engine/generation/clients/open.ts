/** Opens the client that a plan names. */
import path from 'node:path';
import { unreachable } from '../../../core/errors.ts';
import { fileOf, modelFolder, TINYLLAMA } from '../../models/catalog.ts';
import { checkWeights } from '../../models/check.ts';
import type { ModelAccess } from '../../../protocol/generation.ts';
import { ModelError, type ChatClient, type ClientContext, type OpenClient } from '../client.ts';
import { openHostClient } from './host.ts';
import { openOpenAiClient } from './openai/client.ts';

export const openClient: OpenClient = async (choice, context) => {
  switch (choice.client) {
    case 'editor':
      return openHostClient(choice.model, context);
    case 'endpoint':
      return openEndpoint(choice.model, choice.endpoint ?? '', context);
    case 'built-in':
      return openBuiltIn(choice.model, context);
    default:
      return unreachable(choice.client);
  }
};

function openEndpoint(model: string, name: string, { access, warn }: ClientContext): Promise<ChatClient> {
  const endpoint = access.endpoints.find((one) => one.name === name);
  if (endpoint) return openOpenAiClient({ endpoint, model, localOnly: access.localOnly, warn });
  const known = access.endpoints.map((one) => `"${one.name}"`).join(', ');
  throw new ModelError(
    {
      code: 'model-not-configured',
      message: `The plan names the endpoint "${name}", which this machine has not set up.`,
      remedy: `Add it to the setting patentLab.generation.endpoints${known === '' ? '' : `; there are: ${known}`}.`,
    },
    { kind: 'stop' },
  );
}

/**
 * A plan comes from a workspace, which must not choose what file a native parser opens: it names a built-in model, or a
 * file by the name that this machine gave it.
 *
 * @param model id of a built-in model, or name of a model file
 */
async function openBuiltIn(model: string, { access, warn }: ClientContext): Promise<ChatClient> {
  const known = fileOf(model, modelFolder(access.modelFolder));
  const file = known ?? access.modelFiles?.find(({ name }) => name === model)?.path;
  if (file === undefined) throw unknownModel(model, access);
  if (model === TINYLLAMA.id) await checkWeights(TINYLLAMA, file);
  // With the first of them, the engine loads the library.
  const { openBuiltInClient } = await import('./built-in/client.ts');
  const { threads } = access;
  return openBuiltInClient(model, {
    file,
    warn,
    ...(threads === undefined ? {} : { threads }),
  });
}

function unknownModel(model: string, { modelFiles = [] }: ModelAccess): ModelError {
  const isPath = path.posix.isAbsolute(model) || path.win32.isAbsolute(model);
  const names = [TINYLLAMA.id, ...modelFiles.map(({ name }) => name)].join(', ');
  return new ModelError(
    {
      code: 'model-not-configured',
      message: isPath
        ? `The plan names the file ${model}; a plan may not choose a file of this machine by its path.`
        : `There is no built-in model or model file "${model}" on this machine.`,
      remedy: isPath
        ? 'Give the file a name in the setting patentLab.generation.modelFiles (on the command line: --model-file NAME=PATH), and name that in the plan.'
        : `There are: ${names}. Other files get a name in the setting patentLab.generation.modelFiles (on the command line: --model-file NAME=PATH).`,
    },
    { kind: 'stop' },
  );
}
