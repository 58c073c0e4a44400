/**
 * What a leakage check reports, whichever check it is: where, what kind, how grave, and what it has to do with.
 * Kinds and severities follow METHODS, section 4.
 */
import type { Span } from '../text/span.ts';

export const FINDING_KINDS = [
  /** Name or alias of a label the document has. */
  'assigned-label',
  /** Name or alias of another label. */
  'other-label',
  /** A keyword of a label. */
  'keyword',
  /** A synthetic document whose instruction named the label. */
  'instruction-leak',
  /** Same family, same text or near-duplicate on the other side of a split. */
  'contamination',
  /** A long run of words shared with a document it was made from. */
  'copying',
  /** Zero-width, bidirectional or other characters that are not seen. */
  'hidden-text',
  /** Text that speaks to a language model instead of a reader. */
  'instruction-like',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const SEVERITIES = ['warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The other document a finding speaks of. */
export interface RelatedDocument {
  readonly id: string;
  readonly file: string;
  /** Range of the shared passage (or of the document) in that file. */
  readonly span: Span;
  /** What is shared, shortened. */
  readonly passage?: string;
}

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** Id of the label, where the finding is about one. */
  readonly label?: string;
  /** The taxonomy's spelling of what was matched. */
  readonly term?: string;
  /** Range in the source of the document, in UTF-16 units. */
  readonly span: Span;
  /** What stands there, as it reads. */
  readonly text: string;
  /** Why this is a leak, in one sentence for a person. */
  readonly reason: string;
  readonly related?: RelatedDocument;
}

const RANK: Readonly<Record<Severity, number>> = { warning: 1, information: 2, hint: 3 };
const rank = ({ kind, severity }: Finding): number => (kind === 'assigned-label' ? 0 : RANK[severity]);

/** The document's own labels first, then by severity, then in the order of the source. */
export const byImportance = (a: Finding, b: Finding): number =>
  rank(a) - rank(b) || a.span.start - b.span.start || a.span.end - b.span.end;
