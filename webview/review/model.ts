/** What the review knows: its state, the rows, and the details that were asked for. Messages in, the next model out. */
import type {
  ErrorReport,
  KeptText,
  ReviewDetail,
  ReviewRow,
  ReviewViewMessage,
  ReviewViewState,
} from '../../src/protocol/review-view.ts';
import { mergeRows } from './rows.ts';

export interface Model {
  readonly state: ReviewViewState | undefined;
  readonly rows: readonly ReviewRow[];
  /** The one that was asked for last. */
  readonly detail: ReviewDetail | undefined;
  readonly failure: { readonly key: string; readonly error: ErrorReport } | undefined;
  /** Texts of the output in {@link detail}. */
  readonly texts: Readonly<Partial<Record<KeptText, string>>>;
  /** The host puts this row in front; a new object each time. */
  readonly wanted: { readonly key: string } | undefined;
  /** The edit of this row was written; a new object each time. */
  readonly saved: { readonly key: string } | undefined;
}

export const EMPTY: Model = {
  state: undefined,
  rows: [],
  detail: undefined,
  failure: undefined,
  texts: {},
  wanted: undefined,
  saved: undefined,
};

export function receive(model: Model, message: ReviewViewMessage): Model {
  switch (message.kind) {
    case 'state':
      return { ...model, state: message.state };
    case 'rows':
      return { ...model, rows: message.all ? message.rows : mergeRows(model.rows, message.rows) };
    case 'detail': {
      const texts = model.detail?.key === message.detail.key ? model.texts : {};
      return { ...model, detail: message.detail, failure: undefined, texts };
    }
    case 'detail-failed':
      return { ...model, failure: message };
    case 'text':
      return message.key === model.detail?.key
        ? { ...model, texts: { ...model.texts, [message.which]: message.text } }
        : model;
    case 'select':
      return { ...model, wanted: { key: message.key } };
    case 'saved':
      return { ...model, saved: { key: message.key } };
  }
}
