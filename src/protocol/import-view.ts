/** State in, intents out: the messages between the host and the Import panel, which maps the columns of a table. */
import type { ErrorReport } from '../core/errors.ts';
import { TABLE_FIELDS, type ProposalBasis, type TableField } from '../core/patent/tables/mapping.ts';
import type { ExistingCorpus, ImportResult } from './import.ts';

export { TABLE_FIELDS };
export type { ErrorReport, ExistingCorpus, ProposalBasis, TableField };

/** Why a column has its meaning: proposed for a reason, remembered by the workspace, or chosen here. */
export type MeaningBasis = ProposalBasis | 'remembered' | 'chosen';

export interface ImportColumn {
  /** As the first row has it, made unique. */
  readonly name: string;
  readonly samples: readonly string[];
  /** Absent for a column that is kept as it is. */
  readonly field?: TableField;
  readonly basis?: MeaningBasis;
}

/** One of the first records, as it would be read. */
export type PreviewRecord =
  | {
      readonly kind: 'record';
      readonly id: string;
      readonly title: string;
      readonly labels: readonly string[];
      readonly classifications: readonly string[];
      readonly dates: readonly { readonly what: 'published' | 'filed' | 'priority'; readonly date: string }[];
      readonly applicants: readonly string[];
      /** Parts with text, by name, with their lengths in characters. */
      readonly texts: readonly {
        readonly section: 'abstract' | 'claims' | 'description';
        readonly amount: number;
      }[];
      /** What could not be taken over. */
      readonly gaps: readonly string[];
    }
  | { readonly kind: 'problem'; readonly error: ErrorReport };

export type PreviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly records: readonly PreviewRecord[] }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export type ImportRun =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly message: string; readonly done?: number; readonly total?: number }
  | { readonly kind: 'done'; readonly result: ImportResult }
  /** What was read is kept: importing again goes on from there. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export interface ImportState {
  readonly file: {
    readonly name: string;
    /** Bytes. */
    readonly size: number;
    /** Rows that were looked at. */
    readonly rows: number;
    readonly vendor?: string;
    readonly delimiter: string;
    /** Further files and folders that are imported with it. */
    readonly others: number;
  };
  readonly columns: readonly ImportColumn[];
  /** What divides values in a cell; absent: found in each cell. */
  readonly separator?: string;
  readonly preview: PreviewState;
  /** Relative to the workspace where it lies in it. */
  readonly out: string;
  readonly outExists: boolean;
  readonly remember: boolean;
  readonly run: ImportRun;
}

export interface ImportMessage {
  readonly kind: 'state';
  readonly state: ImportState;
}

export type ImportIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'set-field'; readonly column: string; readonly field: TableField | undefined }
  | { readonly kind: 'set-separator'; readonly separator: string | undefined }
  | { readonly kind: 'set-out'; readonly out: string }
  | { readonly kind: 'choose-out' }
  | { readonly kind: 'set-remember'; readonly remember: boolean }
  | { readonly kind: 'import'; readonly existing: ExistingCorpus }
  /** Forgets an interrupted import that is in the way. */
  | { readonly kind: 'start-anew' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'open-corpus' }
  | { readonly kind: 'show-problems' }
  | { readonly kind: 'open-problem'; readonly index: number };
