/** The stored reference values; `reference.py` beside this file makes them. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const numbers = z.array(z.number());

const schema = z.object({
  cases: z.array(
    z.object({
      dimension: z.number(),
      real: numbers,
      synthetic: numbers,
      medianDistance: z.number(),
      mmd2: z.number(),
      frechet: z.number(),
      prdc: z.object({
        precision: z.number(),
        recall: z.number(),
        density: z.number(),
        coverage: z.number(),
      }),
      vendi: z.number(),
      meanCosine: z.number(),
    }),
  ),
  words: z.object({
    real: z.array(z.string()),
    synthetic: z.array(z.string()),
    jsd: z.number(),
    selfBleu4: z.number(),
    distinct1: z.number(),
    distinct2: z.number(),
  }),
  linear: z.object({
    symmetric: numbers,
    eigenvalues: numbers,
    tall: numbers,
    singularValues: numbers,
  }),
});

export const reference = (): z.infer<typeof schema> =>
  schema.parse(JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')));
