/** Synthetic documents whose prompt named the label they were to have (METHODS 4). */
import type { Finding } from '../../core/leakage/finding.ts';
import type { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Compared } from './compared.ts';

/**
 * The document's labels that its prompt named, with the words it named them by. Undefined where the prompt is not known.
 * Keywords do not name a label.
 */
export function namedLabels(
  { labels = [], origin: { prompt, namedLabels: named } }: Compared,
  matcher: TermMatcher,
): ReadonlyMap<string, string> | undefined {
  if (prompt === undefined && named === undefined) return undefined;
  const own = new Set(labels);
  const found = new Map<string, string>();
  const taxonomy = matcher.taxonomy.labels;
  for (const match of prompt === undefined ? [] : matcher.scan(prompt)) {
    const id = taxonomy[match.label]?.id ?? '';
    if (match.kind !== 'keyword' && own.has(id) && !found.has(id)) found.set(id, match.term);
  }
  for (const id of named ?? []) {
    const name = taxonomy.find((label) => label.id === id)?.name;
    if (name !== undefined && own.has(id) && !found.has(id)) found.set(id, name);
  }
  return found;
}

export function instructionFindings(document: Compared, matcher: TermMatcher): Finding[] {
  if (document.provenance !== 'synthetic') return [];
  return [...(namedLabels(document, matcher) ?? [])].map(([label, term]) => ({
    kind: 'instruction-leak',
    severity: 'warning',
    label,
    term,
    span: document.head,
    text: term,
    reason: `The prompt of this synthetic document names its label (“${term}”), so the label’s words can stand in the text as the answer.`,
  }));
}
