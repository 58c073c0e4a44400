/** State in, intents out: the messages between the host and the table of a classified folder. */
import type { ErrorReport, LabelStatus } from './engine.ts';

export interface TableRow {
  /** Stable key of the row. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  /** Path relative to the workspace folder. */
  readonly name: string;
  readonly uncertainty: number;
  /** Labels that are assigned or borderline, most probable first. */
  readonly labels: readonly {
    readonly id: string;
    readonly name: string;
    readonly probability: number;
    readonly status: LabelStatus;
  }[];
  readonly cut: boolean;
  readonly error?: ErrorReport;
}

export interface TableState {
  readonly title: string;
  readonly running: boolean;
  readonly done: number;
  /** Absent while the documents are still being counted. */
  readonly total?: number;
  readonly cancelled: boolean;
  readonly classifier: string;
}

export type TableMessage =
  | { readonly kind: 'state'; readonly state: TableState }
  /** Rows are appended in batches so that thousands do not travel twice. */
  | { readonly kind: 'rows'; readonly rows: readonly TableRow[] };

export type TableIntent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly key: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'export'; readonly format: 'csv' | 'jsonl' };
