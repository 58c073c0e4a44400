/** State in, intents out: the messages between the host and the panel in which synthetic patents are read and judged. */
import type { SyntheticUse } from '../core/corpus/workspace-config.ts';
import type { Section } from '../core/patent/model.ts';
import type { Span } from '../core/text/span.ts';
import type { ErrorReport } from './engine.ts';

export type { ErrorReport, Section, Span, SyntheticUse };

/**
 * What became of an output. `new`: nobody has judged it; `invalid`: the checks refused it, so that it stands in the
 * run's log and not among the documents.
 */
export type Standing = 'new' | 'accepted' | 'rejected' | 'invalid';

/** An output in the list. */
export interface ReviewRow {
  /** Unlike in all files: the record's id, or the refused answer's. */
  readonly key: string;
  readonly title: string;
  readonly standing: Standing;
  /** Ids of labels. */
  readonly labels: readonly string[];
  readonly model: string;
  readonly strategy: string;
  /** Name of the run's file. */
  readonly run: string;
  /** Why it was refused: the kind, its name, and what exactly. */
  readonly reason?: { readonly code: string; readonly name: string; readonly text: string };
  /** A person changed the text. */
  readonly edited?: true;
  /** It is one of the first few that are shown before a run goes on. */
  readonly sample?: true;
}

export type MarkKind = 'assigned-label' | 'other-label' | 'keyword' | 'shared' | 'hidden';

export interface ReviewMark {
  /** In the passage's text. */
  readonly start: number;
  readonly end: number;
  readonly kind: MarkKind;
  /** Why it is marked, in a sentence. */
  readonly reason: string;
}

export interface ReviewPassage {
  readonly section: Section;
  /** Number of the claim. */
  readonly claim?: number;
  readonly text: string;
  readonly marks: readonly ReviewMark[];
}

/** A real document that the model was shown. */
export interface ReviewSource {
  readonly id: string;
  readonly title: string;
  /** `seed`: what was put into other words; `exemplar`: an example of what to write. */
  readonly role: 'seed' | 'exemplar';
  readonly labels: readonly string[];
  readonly passages: readonly ReviewPassage[];
  /** Words of the longest passage that both have. */
  readonly sharedWords: number;
  /** It no longer stands in the corpus. */
  readonly missing?: true;
}

export interface ReviewCheck {
  readonly name: string;
  readonly outcome: 'passed' | 'remarked' | 'failed';
  readonly text: string;
}

/** A line of the provenance: what, and its value. */
export interface ReviewFact {
  readonly name: string;
  readonly value: string;
}

/** One output with everything beside it. */
export interface ReviewDetail {
  readonly key: string;
  /** A refused answer, word for word: it has no parts. */
  readonly raw?: string;
  readonly passages: readonly ReviewPassage[];
  readonly sources: readonly ReviewSource[];
  readonly checks: readonly ReviewCheck[];
  readonly facts: readonly ReviewFact[];
  /** Which texts of the exchange with the model were kept. */
  readonly kept: readonly KeptText[];
  /** A refused answer has no record that could be changed. */
  readonly editable: boolean;
}

/** What was asked, and what came back before it was cleaned. */
export type KeptText = 'prompt' | 'answer';

/** A label and how far its documents reach. */
export interface ReviewLabel {
  readonly id: string;
  readonly name: string;
  /** Real labelled documents. */
  readonly real: number;
  /** Wanted altogether. */
  readonly target: number;
}

export interface RunFigures {
  readonly done: number;
  readonly total: number;
  readonly accepted: number;
  readonly refused: number;
  /** Words on speed and cost. */
  readonly note: string;
}

export type ReviewRun =
  | { readonly kind: 'idle' }
  /** The first few are being written. */
  | { readonly kind: 'sampling'; readonly figures: RunFigures }
  /** They are there, and the run waits for a word. `rest` more are to be written. */
  | { readonly kind: 'asking'; readonly rest: number; readonly model: string; readonly note: string }
  | { readonly kind: 'running'; readonly figures: RunFigures }
  /** It stopped before its end. */
  | { readonly kind: 'stopped'; readonly missing: number; readonly error?: ErrorReport };

export interface ReviewViewState {
  /** Name of the workspace folder. */
  readonly folder: string;
  readonly use: SyntheticUse;
  readonly labels: readonly ReviewLabel[];
  readonly run: ReviewRun;
  /** The list has been read. */
  readonly loaded: boolean;
  readonly error?: ErrorReport;
  /** Records that could not be taken over. */
  readonly problems: number;
  /** How many changes of verdict can be taken back. */
  readonly undoable: number;
}

export interface EditedText {
  readonly title: string;
  readonly abstract: string;
  readonly claims: readonly string[];
}

export type ReviewViewMessage =
  | { readonly kind: 'state'; readonly state: ReviewViewState }
  /** Rows that are new or have changed; all of them when `all` is set, so that what is not among them is gone. */
  | { readonly kind: 'rows'; readonly rows: readonly ReviewRow[]; readonly all: boolean }
  | { readonly kind: 'detail'; readonly detail: ReviewDetail }
  | { readonly kind: 'detail-failed'; readonly key: string; readonly error: ErrorReport }
  | { readonly kind: 'text'; readonly key: string; readonly which: KeptText; readonly text: string }
  /** Puts a row in front. */
  | { readonly kind: 'select'; readonly key: string }
  | { readonly kind: 'saved'; readonly key: string };

export type ReviewViewIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'show'; readonly key: string }
  /** Null takes the verdict back. */
  | {
      readonly kind: 'decide';
      readonly keys: readonly string[];
      readonly verdict: 'accepted' | 'rejected' | null;
    }
  | { readonly kind: 'undo' }
  | { readonly kind: 'save'; readonly key: string; readonly text: EditedText }
  | { readonly kind: 'show-text'; readonly key: string; readonly which: KeptText }
  | { readonly kind: 'set-use'; readonly use: SyntheticUse }
  /** The record, or a document the model was shown, in its file. */
  | { readonly kind: 'open'; readonly key: string; readonly source?: string }
  /** The answer to the samples. */
  | { readonly kind: 'go-on' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'generate' }
  | { readonly kind: 'show-problems' };
