/** The models that a server of the settings says it has; what fails is told beside them, and stops nobody. */
import { toErrorReport } from '../../core/errors.ts';
import type { ServerModels, ServerModelsParams } from '../../protocol/generation.ts';
import { listModels } from './clients/openai/client.ts';

/** How many are offered at most: hosted services have hundreds. [ours] */
const MOST_MODELS = 200;

export async function serverModels(params: ServerModelsParams): Promise<ServerModels> {
  try {
    const models = await listModels(params);
    return models ? { models: models.slice(0, MOST_MODELS) } : {};
  } catch (cause) {
    return { problem: toErrorReport(cause) };
  }
}
