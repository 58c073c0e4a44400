/** State in, intents out: the messages between the host and the Patent view's webview. */
import type { ClassifierInfo, Decision, ErrorReport, Prediction, Span } from './engine.ts';
import type { FidelityTabIntent, FidelityTabState } from './fidelity-view.ts';
import type { LeakageIntent, LeakageViewState } from './leakage-view.ts';

/** A patent file open in an editor. */
export interface OpenDocument {
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly active: boolean;
  readonly status: 'unclassified' | 'classifying' | 'classified' | 'failed' | 'stale';
  /** Names of the assigned labels, most probable first. */
  readonly assigned: readonly string[];
}

/** What the view shows for the active document. */
export type ActiveDocument =
  | { readonly kind: 'none' }
  | { readonly kind: 'unclassified'; readonly uri: string; readonly name: string }
  | { readonly kind: 'classifying'; readonly uri: string; readonly name: string; readonly message: string }
  | {
      readonly kind: 'classified';
      readonly uri: string;
      readonly name: string;
      readonly prediction: Prediction;
      /** The text changed since it was classified. */
      readonly stale: boolean;
      /** Decisions on labels that the prediction does not have, such as one added to the taxonomy after training. */
      readonly decided?: readonly {
        readonly id: string;
        readonly name: string;
        readonly decision: Decision;
      }[];
    }
  | { readonly kind: 'failed'; readonly uri: string; readonly name: string; readonly error: ErrorReport };

export interface PatentViewState {
  readonly open: readonly OpenDocument[];
  readonly active: ActiveDocument;
  /** Leaks of the active document, classified or not; undefined as long as nothing is known of them. */
  readonly leakage: LeakageViewState | undefined;
  /** How the active document stands to the real ones; undefined as long as nothing is known of it. */
  readonly fidelity: FidelityTabState | undefined;
  readonly classifier?: ClassifierInfo;
  readonly decisionsSinceTraining: number;
  /** Label whose evidence is highlighted in the editor. */
  readonly highlighted?: string;
  /** Every label of the taxonomy, for adding one that was not predicted. */
  readonly taxonomy: readonly { readonly id: string; readonly name: string }[];
}

export type PatentViewTab = 'labels' | 'leakage' | 'fidelity';

export type PatentViewMessage =
  | { readonly kind: 'state'; readonly state: PatentViewState }
  /** Puts a tab in front. */
  | { readonly kind: 'show-tab'; readonly tab: PatentViewTab };

export type PatentViewIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open-document'; readonly uri: string }
  | { readonly kind: 'classify' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'train' }
  | { readonly kind: 'highlight'; readonly label: string | undefined }
  | { readonly kind: 'decide'; readonly label: string; readonly decision: Decision | undefined }
  | { readonly kind: 'accept-assigned' }
  | { readonly kind: 'open-neighbour'; readonly path: string; readonly span: Span }
  | { readonly kind: 'show-card' }
  /** `reveal` among them, which the Labels tab uses too. */
  | LeakageIntent
  | FidelityTabIntent;
