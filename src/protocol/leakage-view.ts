/** The *Leakage* tab of the Patent view: what the host shows in it, and what a person can ask for there. */
import type { Section } from '../core/patent/model.ts';
import type { Span } from '../core/text/span.ts';
import type { ErrorReport } from './engine.ts';
import type { FindingKind, MaskedLabel, Severity } from './leakage.ts';

export interface ShownFinding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly label?: string;
  readonly term?: string;
  /** What stands there, as it reads. */
  readonly text: string;
  readonly reason: string;
  /** Range in the file, for *reveal* and for the quick fixes. */
  readonly span: Span;
  readonly related?: {
    readonly id: string;
    readonly path: string;
    readonly span: Span;
    readonly passage?: string;
  };
}

/** A stretch of a passage that findings stand in; marks may overlap and are ordered by start. */
export interface Mark {
  /** Offsets in the passage's text. */
  readonly start: number;
  readonly end: number;
  /** Position in {@link LeakageShown.findings}. */
  readonly finding: number;
}

export interface MarkedPassage {
  readonly section: Section;
  readonly claim?: number;
  /** Number of a description's paragraph. */
  readonly number?: string;
  readonly heading?: true;
  /** ISO 639-1 code, where the passage is part of a translation. */
  readonly language?: string;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Passages without findings that are left out right before this one; part of {@link LeakageShown.leftOut}. */
  readonly skipped?: number;
}

export interface LabelLeakage {
  readonly id: string;
  readonly name: string;
  /** The document has this label, by its record, by decision, or (`predicted`) by the classifier. */
  readonly standing: 'labelled' | 'predicted' | 'other';
  readonly names: number;
  readonly keywords: number;
  /** Hue of the label's colour in degrees, the same in the editor and in the view. */
  readonly hue: number;
}

export type MaskedState =
  | { readonly kind: 'not-asked' }
  /** The workspace has no classifier yet. */
  | { readonly kind: 'no-classifier' }
  | { readonly kind: 'running' }
  /** `stale`: the text changed since. */
  | {
      readonly kind: 'done';
      readonly masks: number;
      readonly labels: readonly MaskedLabel[];
      readonly stale: boolean;
    }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface LeakageShown {
  readonly kind: 'checked';
  readonly labels: readonly LabelLeakage[];
  readonly findings: readonly ShownFinding[];
  /** In the order of the document. A finding without a mark in any of them stands in no text that is read. */
  readonly passages: readonly MarkedPassage[];
  /** Passages without findings that are left out of {@link passages} because the document is long. */
  readonly leftOut: number;
  /** Passages without findings are shown only because somebody asked for them. */
  readonly whole?: true;
  /** The comparison with the other documents of the workspace. */
  readonly relations: 'running' | 'done' | 'not-possible';
  readonly masked: MaskedState;
}

export type LeakageViewState =
  | LeakageShown
  /** There is no taxonomy, so there are no names to look for. */
  | { readonly kind: 'no-taxonomy' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export type LeakageIntent =
  | { readonly kind: 'reveal'; readonly span: Span }
  | { readonly kind: 'leakage-open-related'; readonly path: string; readonly span: Span }
  | { readonly kind: 'leakage-mask'; readonly scope: 'occurrence'; readonly span: Span }
  | { readonly kind: 'leakage-mask'; readonly scope: 'label'; readonly label: string }
  | { readonly kind: 'leakage-mask'; readonly scope: 'document' }
  | { readonly kind: 'leakage-allow'; readonly label: string; readonly term: string }
  | { readonly kind: 'leakage-compare' }
  /** Sends the passages without findings too, or leaves them out again. */
  | { readonly kind: 'leakage-show-all'; readonly all: boolean }
  /** Creates the workspace's files where there is no taxonomy. */
  | { readonly kind: 'leakage-create-files' }
  | { readonly kind: 'leakage-audit' };
