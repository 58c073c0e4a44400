/** Asks for a new document that belongs to certain subjects. */
export const CONDITIONED_TEMPLATE = `{{genre}}

The document must belong to {{subjectCount}}:
{{subjects}}
{{together}}{{unnamed}}
Make it differ from other documents on the same subject:
- The first claim is to {{claimType}}.
- Main discipline: {{field}}.
- Starting point: {{problem}}.
- Described as {{embodiment}}.
{{examples}}
Answer with the JSON object only.`;
