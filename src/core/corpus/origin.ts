/**
 * How a synthetic document came about, as its record's provenance states it (METHODS 3 and 4): what it was made from,
 * by which model, strategy and run, and whether its prompt named its labels. Every field may be missing: other tools
 * write other things, and what is not known is counted as not known.
 */
import { z } from 'zod';
import type { Patent } from '../patent/model.ts';

const text = z.string();
const message = z.object({ content: text });

/** `conditioned`: full synthesis for a label set; `paraphrase`: a real document in other words. */
export const STRATEGIES = ['conditioned', 'paraphrase'] as const;
export type Strategy = (typeof STRATEGIES)[number];

const originSchema = z.object({
  /** Ids of the documents it was made from. */
  parents: z
    .union([text.transform((id) => [id]), z.array(text)])
    .optional()
    .catch(undefined),
  /** Ids of the documents that its prompt showed as examples. */
  exemplars: z.array(text).optional().catch(undefined),
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
  /** A {@link Strategy}, or another tool's own word. */
  strategy: text.optional().catch(undefined),
  /** The model that wrote it, as its provider names it. */
  model: text.optional().catch(undefined),
  /** The run that made it. */
  run: text.optional().catch(undefined),
});

export interface Origin {
  readonly parents: readonly string[];
  readonly exemplars?: readonly string[];
  readonly prompt?: string;
  readonly namedLabels?: readonly string[];
  readonly strategy?: string;
  readonly model?: string;
  readonly run?: string;
}

const UNKNOWN: Origin = { parents: [] };

export function originOf({ record }: Patent): Origin {
  const { success, data } = originSchema.safeParse(record?.extra['provenance']);
  if (!success) return UNKNOWN;
  const { parents = [], ...rest } = data;
  return { parents, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) };
}
