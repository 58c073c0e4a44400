/** The models that a server says it has, or those that the settings name for it. */
import { ServerModelsRequest, type ServerModels } from '../../../protocol/generation.ts';
import type { Services } from '../../services.ts';
import type { ConfiguredEndpoint } from './endpoints.ts';

/** The engine asks, as it asks for documents: local only where that is set, and never where a redirect leads. */
export async function serverModels(
  { engine, models: machine }: Pick<Services, 'engine' | 'models'>,
  { models, ...endpoint }: ConfiguredEndpoint,
): Promise<ServerModels> {
  if (models) return { models };
  const key = await machine.key(endpoint);
  return engine.request(ServerModelsRequest, {
    endpoint: key === undefined ? endpoint : { ...endpoint, key },
    localOnly: machine.localOnly,
  });
}
