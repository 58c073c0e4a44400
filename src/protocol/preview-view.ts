/**
 * State in, intents out: the messages between the host and a Patent Preview. Places of the text are a passage's key and
 * an offset in its text; only the host knows where that is in the source. They count for the revision they name.
 */
import type { Bibliography, SectionCertainty } from '../core/patent/bibliography.ts';
import type { Classification } from '../core/patent/model.ts';
import type { ErrorReport, Format } from './engine.ts';

export type { Bibliography, Classification, SectionCertainty };
export type { Citation, DocumentNumber, Person, RelatedDocument } from '../core/patent/bibliography.ts';

/** Words that refer to claims: `[start, end)` of the passage's text. */
export interface PreviewReference {
  readonly start: number;
  readonly end: number;
  readonly claims: readonly number[];
}

export interface PreviewPassage {
  readonly key: string;
  readonly text: string;
  readonly references: readonly PreviewReference[];
}

export interface PreviewClaim extends PreviewPassage {
  readonly number: number;
  /** How far below an independent claim it stands, from 0. */
  readonly depth: number;
  readonly dependsOn: readonly number[];
}

export interface PreviewParagraph extends PreviewPassage {
  readonly number?: string;
  readonly heading: boolean;
}

/** The patent's texts in one language. */
export interface PreviewVersion {
  readonly language?: string;
  readonly languageName: string;
  readonly title?: PreviewPassage;
  readonly abstract?: PreviewPassage;
  /** Each after the claim it depends on. */
  readonly claims: readonly PreviewClaim[];
  readonly description: readonly PreviewParagraph[];
}

export interface PreviewGap {
  readonly message: string;
  /** It has a place in the source that can be shown. */
  readonly placed: boolean;
}

export interface PreviewPatent {
  readonly id: string;
  readonly office: string;
  readonly format: Format;
  readonly kind?: string;
  readonly bibliography: Bibliography;
  readonly classifications: readonly Classification[];
  /** The document's own language first; never empty. */
  readonly versions: readonly PreviewVersion[];
  readonly certainty: readonly SectionCertainty[];
  readonly gaps: readonly PreviewGap[];
}

export type PreviewState =
  | {
      readonly kind: 'patent';
      readonly uri: string;
      readonly name: string;
      readonly revision: number;
      /** Which patent of the file, from 0, of how many. */
      readonly index: number;
      readonly count: number;
      /** Documents of the file that could not be read. */
      readonly failures: readonly ErrorReport[];
      readonly patent: PreviewPatent;
    }
  /** Nothing to show; `errors` say why, or the text is too long to be read with every edit. */
  | {
      readonly kind: 'nothing';
      readonly uri: string;
      readonly name: string;
      readonly tooLong: boolean;
      readonly errors: readonly ErrorReport[];
    };

export type PreviewMessage =
  | { readonly kind: 'state'; readonly state: PreviewState }
  /** Where the cursor or the selection of the source is; without a key, nowhere in the text. */
  | {
      readonly kind: 'cursor';
      readonly revision: number;
      readonly key?: string;
      readonly start: number;
      readonly end: number;
      /** The person moved in the source, so the preview follows. */
      readonly reveal: boolean;
    }
  /** The passage at the top of the source, and how much of it is scrolled past, in [0, 1]. */
  | { readonly kind: 'scroll'; readonly revision: number; readonly key: string; readonly fraction: number };

export interface PreviewPlace {
  readonly key: string;
  readonly offset: number;
}

export type PreviewIntent =
  | { readonly kind: 'ready' }
  /** Equal places stand for the whole passage. */
  | {
      readonly kind: 'select';
      readonly revision: number;
      readonly from: PreviewPlace;
      readonly to: PreviewPlace;
    }
  | { readonly kind: 'show-gap'; readonly revision: number; readonly gap: number }
  /** Another patent of the file. */
  | { readonly kind: 'go'; readonly index: number };
