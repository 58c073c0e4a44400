/** Sentences that a request has or has not, depending on the plan. */

export const NAMED_SUBJECT = `- {{name}}: {{description}}`;
export const NAMED_SUBJECT_ALONE = `- {{name}}`;
export const DESCRIBED_SUBJECT = `- {{description}}`;

export const TOGETHER = `One invention must cover all of these together, not one after the other.
`;

export const UNNAMED = `Do not use any established name of these subjects, neither in the title nor anywhere else: say what the thing is by its parts and what it does.
`;

export const UNNAMED_PARAPHRASE = `Do not use the established name of what the document is about: say what the thing is by its parts and what it does.
`;

export const GAP_RULE = `Where a text has {{gap}}, a word was left out on purpose. Do not guess it, and do not write {{gap}} yourself.
`;

export const EXAMPLES = `
Real documents that belong to similar subjects, as examples of style and level of detail. Do not copy from them.
{{documents}}
`;
