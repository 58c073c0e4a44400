/** The shape of an answer, as a JSON schema for servers and grammars that can enforce one. */
import type { AnswerBounds, Range } from './answer-bounds.ts';
import type { JsonSchema } from './chat.ts';

export function answerSchema({ title, abstract, claim, claims, description }: AnswerBounds): JsonSchema {
  const text = ({ least, most }: Range): JsonSchema => ({
    type: 'string',
    minLength: least,
    maxLength: most,
  });
  return {
    type: 'object',
    properties: {
      title: text(title),
      abstract: text(abstract),
      claims: { type: 'array', items: text(claim), minItems: claims.least, maxItems: claims.most },
      ...(description ? { description: text(description) } : {}),
    },
    required: ['title', 'abstract', 'claims', ...(description ? ['description'] : [])],
    additionalProperties: false,
  };
}
