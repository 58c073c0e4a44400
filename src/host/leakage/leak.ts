/** A patent with its leaks, and where they are after the text was edited. */
import type { Finding } from '../../core/leakage/finding.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';
import { moveThrough, type Edit } from '../documents/edits.ts';
import type { Located } from '../documents/passages.ts';
import type { Assigned } from './assigned.ts';

export interface Leak extends Finding {
  /** Position of the passage it stands in, and the range in that passage's text; absent between passages. */
  readonly within?: { readonly passage: number; readonly span: Span };
}

export interface CheckedPatent {
  readonly patent: Patent;
  readonly passages: readonly Located[];
  readonly assigned: Assigned | undefined;
  /** Most important first. */
  readonly leaks: readonly Leak[];
}

/** About a label's words in the text. */
export const isTerm = ({ kind }: Pick<Finding, 'kind'>): boolean =>
  kind === 'assigned-label' || kind === 'other-label' || kind === 'keyword';

/** Findings that only a comparison with other documents shows. */
export const isRelation = ({ kind }: Pick<Finding, 'kind'>): boolean =>
  kind === 'contamination' || kind === 'copying' || kind === 'instruction-leak';

/** The finding after some edits; undefined where its text is another one now. */
export function moved<F extends Finding>(finding: F, edits: readonly Edit[]): F | undefined {
  if (edits.length === 0) return finding;
  const { span, touched } = moveThrough(finding.span, edits);
  // A relation speaks of the document as a whole, so it stands until the document was compared again.
  if (touched && (!isRelation(finding) || span.end === span.start)) return undefined;
  return span.start === finding.span.start && span.end === finding.span.end ? finding : { ...finding, span };
}

/** The other side of the split: whatever is not set aside for testing is trained on. */
export const otherSide = (split: string | undefined): 'train' | 'test' =>
  split === 'test' ? 'train' : 'test';
