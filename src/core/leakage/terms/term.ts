/** What is looked for, and what was found. */
import type { Span } from '../../text/span.ts';

/** How a label uses the term: its name, another name, or a word that goes with it. */
export type TermKind = 'name' | 'alias' | 'keyword';

export interface TermMatch extends Span {
  /** Position of the label in the taxonomy. */
  readonly label: number;
  readonly kind: TermKind;
  /** As the taxonomy spells it. */
  readonly term: string;
}

/** A term that is not looked for like the others, and why. */
export interface TermNote {
  readonly label: number;
  readonly kind: TermKind;
  readonly term: string;
  /** `exact`: found only in exactly this spelling; `unchecked`: not looked for at all. */
  readonly treatment: 'exact' | 'unchecked';
  /** One sentence for a person. */
  readonly reason: string;
}

/** A term ready to be looked for. */
export interface Pattern {
  readonly label: number;
  /** `allowed` stands in the text without being a leak of the label. */
  readonly kind: TermKind | 'allowed';
  readonly term: string;
  /** Matches only in this capitalisation. */
  readonly exact: boolean;
  /** Holds marks that stand for themselves, so blanks beside them count. */
  readonly marked: boolean;
}
