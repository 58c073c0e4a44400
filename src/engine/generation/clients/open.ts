/** Opens the client that a plan names. */
import path from 'node:path';
import { unreachable } from '../../../core/errors.ts';
import { fileOf, modelFolder, TINYLLAMA } from '../../models/catalog.ts';
import { checkWeights } from '../../models/check.ts';
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

/** @param model id of a built-in model, or the path of a GGUF file */
async function openBuiltIn(model: string, { access, warn }: ClientContext): Promise<ChatClient> {
  const known = fileOf(model, modelFolder(access.modelFolder));
  const file = known ?? (path.isAbsolute(model) ? model : undefined);
  if (file === undefined) {
    throw new ModelError(
      {
        code: 'model-not-configured',
        message: `There is no built-in model "${model}".`,
        remedy: `Name ${TINYLLAMA.id}, another one of the list, or the whole path of a GGUF file.`,
      },
      { kind: 'stop' },
    );
  }
  if (model === TINYLLAMA.id) await checkWeights(TINYLLAMA, file);
  // With the first of them, the engine loads the library.
  const { openBuiltInClient } = await import('./built-in/client.ts');
  const { threads } = access;
  return openBuiltInClient(known === undefined ? path.basename(file) : model, {
    file,
    warn,
    ...(threads === undefined ? {} : { threads }),
  });
}
