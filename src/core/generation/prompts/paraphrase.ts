/** Asks for a real document in other words. */
export const PARAPHRASE_TEMPLATE = `Write the document below anew. Keep what it is about, its technical content and its purpose. Change everything else: the order, the sentences, the words where others mean the same, the division into claims. No run of more than eight words may stand in both.

{{genre}}
- The first claim is to {{claimType}}, as far as the content allows.
{{unnamed}}
{{document}}
{{examples}}
Answer with the JSON object only.`;
