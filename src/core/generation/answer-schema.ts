/** The shape of an answer, as a JSON schema for servers and grammars that can enforce one. */
import type { JsonSchema } from './chat.ts';
import type { Length } from './plan.ts';

/** Claims of an answer, at most; the prompt asks for fewer. A grammar without a limit lets a weak model list for ever. */
const MOST_CLAIMS: Readonly<Record<Length, number>> = { short: 6, medium: 9, long: 14 };

export function answerSchema(length: Length, withDescription: boolean): JsonSchema {
  const text = { type: 'string' };
  return {
    type: 'object',
    properties: {
      title: text,
      abstract: text,
      claims: { type: 'array', items: text, minItems: 1, maxItems: MOST_CLAIMS[length] },
      ...(withDescription ? { description: text } : {}),
    },
    required: ['title', 'abstract', 'claims', ...(withDescription ? ['description'] : [])],
    additionalProperties: false,
  };
}
