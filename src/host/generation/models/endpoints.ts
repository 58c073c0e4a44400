/** The servers that the machine's settings name, checked: what is wrong there is said and not guessed at. */
import { z } from 'zod';
import { PatentLabError } from '../../../core/errors.ts';
import type { Endpoint } from '../../../protocol/generation.ts';

export interface ConfiguredEndpoint extends Omit<Endpoint, 'key'> {
  /** Models to offer; left out, the server is asked. */
  readonly models?: readonly string[];
}

const webAddress = z.string().refine((text) => /^https?:$/.test(protocolOf(text)), {
  error: 'an address begins with http:// or https://',
});

const endpointsSchema = z.array(
  z.object({
    name: z.string().trim().min(1),
    url: webAddress,
    models: z.array(z.string().min(1)).optional(),
    concurrency: z.int().min(1).optional(),
    structured: z.boolean().optional(),
  }),
);

/** @throws PatentLabError `settings-invalid`, naming the entry. */
export function readEndpoints(value: unknown): readonly ConfiguredEndpoint[] {
  const { success, data, error } = endpointsSchema.safeParse(value);
  if (!success) {
    const issue = error.issues[0];
    throw invalid(`${(issue?.path ?? []).join('.')}: ${issue?.message ?? ''}`);
  }
  const names = data.map(({ name }) => name);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double !== undefined) throw invalid(`two servers are called "${double}"`);
  return data.map(({ name, url, models, concurrency, structured }) => ({
    name,
    url,
    ...(models === undefined ? {} : { models }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(structured === undefined ? {} : { structured }),
  }));
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

const invalid = (what: string): PatentLabError =>
  new PatentLabError({
    code: 'settings-invalid',
    message: `The setting patentLab.generation.endpoints cannot be used: ${what}.`,
    remedy: 'Correct it in the settings of your user or of this machine.',
  });
