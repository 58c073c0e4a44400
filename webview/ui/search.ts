/** Text search as a person expects it: no difference between cases or accents, all words must occur. */

export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** A test for texts; each word of the query must occur somewhere in them. An empty query accepts all. */
export function matcher(query: string): (...texts: readonly string[]) => boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  return (...texts) => {
    const haystack = fold(texts.join(' '));
    return words.every((word) => haystack.includes(word));
  };
}
