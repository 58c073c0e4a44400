/**
 * How a synthetic document came about, as its record's provenance states it: the documents it was made from, and
 * whether its prompt named its labels (METHODS 4, instruction-level leak). Every field may be missing: other tools
 * write other things, and what is not known is counted as not known.
 */
import { z } from 'zod';
import type { Patent } from '../../core/patent/model.ts';

const text = z.string();
const message = z.object({ content: text });

const originSchema = z.object({
  /** Ids of the documents it was made from. */
  parents: z
    .union([text.transform((id) => [id]), z.array(text)])
    .optional()
    .catch(undefined),
  /** What the model was asked: a text, or the messages of a chat. */
  prompt: z
    .union([
      text,
      z.array(message).transform((messages) => messages.map(({ content }) => content).join('\n')),
    ])
    .optional()
    .catch(undefined),
  /** Ids of the labels that the prompt named, where its text was not kept. */
  namedLabels: z.array(text).optional().catch(undefined),
});

export interface Origin {
  readonly parents: readonly string[];
  readonly prompt?: string;
  readonly namedLabels?: readonly string[];
}

const UNKNOWN: Origin = { parents: [] };

export function originOf({ record }: Patent): Origin {
  const { success, data } = originSchema.safeParse(record?.extra['provenance']);
  if (!success) return UNKNOWN;
  const { parents = [], prompt, namedLabels } = data;
  return {
    parents,
    ...(prompt === undefined ? {} : { prompt }),
    ...(namedLabels === undefined ? {} : { namedLabels }),
  };
}
