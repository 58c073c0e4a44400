/** The models a server says it has: `GET /models` of the OpenAI-compatible interface. No document's text is sent. */
import { z } from 'zod';
import type { ConfiguredEndpoint } from './endpoints.ts';

/** A server that does not answer by then is offered without a list. [ours] */
const PATIENCE_MS = 6000;

/** How many models are offered at most: hosted services have hundreds. [ours] */
const MOST_MODELS = 200;

const listSchema = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

/** Undefined where the server does not say. */
export async function serverModels(
  { url, models }: ConfiguredEndpoint,
  key: string | undefined,
): Promise<readonly string[] | undefined> {
  if (models) return models;
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/models`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      // A redirect could lead the key elsewhere.
      redirect: 'error',
      headers: {
        accept: 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
    });
    if (!response.ok) return undefined;
    const { data } = listSchema.parse(await response.json());
    return data.slice(0, MOST_MODELS).map(({ id }) => id);
  } catch {
    return undefined;
  }
}
