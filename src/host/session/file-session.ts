/**
 * What is known of one open file: the predictions of the documents in it, a classified selection, what is running.
 * Each item knows the range of the file it speaks of. Edits move that range; an edit inside it makes the item stale
 * until the text is again the one that was classified (undo). All functions return new values.
 */
import type { ClassifyOutcome, Decision, ErrorReport, Prediction, Span } from '../../protocol/engine.ts';
import { moveThrough, type Edit } from '../documents/edits.ts';
import { fingerprint } from '../documents/fingerprint.ts';

/** A decision on a label that the prediction does not have. */
export interface ExtraDecision {
  readonly id: string;
  readonly name: string;
  readonly decision: Decision;
}

export interface ClassifiedItem {
  readonly kind: 'classified';
  readonly prediction: Prediction;
  /** Range in the file now; `prediction.document.span` is where it was when it was classified. */
  readonly span: Span;
  readonly fingerprint: string;
  readonly stale: boolean;
  readonly decided: readonly ExtraDecision[];
  /** Counts upward; the newest item speaks for a file that is not in front. */
  readonly order: number;
}

export interface FailedItem {
  readonly kind: 'failed';
  readonly error: ErrorReport;
  readonly span: Span;
  readonly order: number;
}

export type Item = ClassifiedItem | FailedItem;

export interface Running {
  readonly message: string;
  readonly span: Span;
}

export interface FileSession {
  readonly items: readonly Item[];
  /** A passage that was classified by itself. */
  readonly selection?: Item;
  readonly running?: Running;
  readonly nextOrder: number;
}

export const EMPTY_FILE: FileSession = { items: [], nextOrder: 0 };

/** How far a prediction's offsets are from the file's text now. */
export const drift = (item: ClassifiedItem): number => item.span.start - item.prediction.document.span.start;

const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

export function begin(file: FileSession, span: Span, message: string): FileSession {
  return { ...file, running: { span, message } };
}

export function progress(file: FileSession, message: string): FileSession {
  return file.running ? { ...file, running: { ...file.running, message } } : file;
}

export function ended(file: FileSession): FileSession {
  return { ...file, running: undefined };
}

/** Takes outcomes over, in place of what was known of the same ranges. `asked` is the range that was classified. */
export function takeOutcomes(
  file: FileSession,
  outcomes: readonly ClassifyOutcome[],
  about: { readonly text: string; readonly asked: Span; readonly selection: boolean },
): FileSession {
  let order = file.nextOrder;
  const items = outcomes.map((outcome): Item => {
    if (outcome.kind === 'failed') {
      return { kind: 'failed', error: outcome.error, span: failedSpan(outcome.error, about), order: order++ };
    }
    const { prediction } = outcome;
    // A selection's own range is the selection; the engine reports the document's.
    const span = about.selection ? about.asked : prediction.document.span;
    const known = file.items.find(
      (item): item is ClassifiedItem =>
        item.kind === 'classified' && item.prediction.document.id === prediction.document.id,
    );
    const predicted = new Set(prediction.labels.map((label) => label.id));
    return {
      kind: 'classified',
      prediction: about.selection
        ? { ...prediction, document: { ...prediction.document, span, partial: true } }
        : prediction,
      span,
      fingerprint: fingerprint(about.text.slice(span.start, span.end)),
      stale: false,
      decided: (known?.decided ?? prediction.decided ?? []).filter(({ id }) => !predicted.has(id)),
      order: order++,
    };
  });
  const base = { ...ended(file), nextOrder: order };
  if (about.selection) {
    const [selection] = items;
    return selection ? { ...base, selection } : base;
  }
  const kept = file.items.filter(
    (item) => !overlaps(item.span, about.asked) && !items.some((other) => overlaps(item.span, other.span)),
  );
  return {
    ...base,
    selection: undefined,
    items: [...kept, ...items].sort((a, b) => a.span.start - b.span.start),
  };
}

export function takeFailure(
  file: FileSession,
  error: ErrorReport,
  { asked, selection }: { readonly asked: Span; readonly selection: boolean },
): FileSession {
  const failed: FailedItem = { kind: 'failed', error, span: asked, order: file.nextOrder };
  const base = { ...ended(file), nextOrder: file.nextOrder + 1 };
  if (selection) return { ...base, selection: failed };
  const items = [...file.items.filter((item) => !overlaps(item.span, asked)), failed];
  return { ...base, items: items.sort((a, b) => a.span.start - b.span.start) };
}

function failedSpan(error: ErrorReport, { asked }: { readonly asked: Span }): Span {
  const offset = error.place?.offset;
  if (offset === undefined || offset < asked.start || offset >= asked.end) return asked;
  return { start: offset, end: offset + 1 };
}

/** `text` is the file's text after the edits. */
export function applyEdits(file: FileSession, edits: readonly Edit[], text: string): FileSession {
  const move = (item: Item): Item => {
    const { span, touched } = moveThrough(item.span, edits);
    if (item.kind === 'failed') return { ...item, span };
    if (!touched && !item.stale) return { ...item, span };
    return { ...item, span, stale: fingerprint(text.slice(span.start, span.end)) !== item.fingerprint };
  };
  const { selection, running } = file;
  return {
    ...file,
    items: file.items.map(move),
    ...(selection ? { selection: move(selection) } : {}),
    ...(running ? { running: { ...running, span: moveThrough(running.span, edits).span } } : {}),
  };
}

/** Compares with a text nobody watched change: a file that was closed, or edited by another program. */
export function verify(file: FileSession, text: string): FileSession {
  const check = (item: Item): Item =>
    item.kind === 'failed'
      ? item
      : { ...item, stale: fingerprint(text.slice(item.span.start, item.span.end)) !== item.fingerprint };
  const { selection } = file;
  return { ...file, items: file.items.map(check), ...(selection ? { selection: check(selection) } : {}) };
}

/** What stands at a place of the file. */
export type Shown = { readonly kind: 'unclassified' } | ({ readonly kind: 'running' } & Running) | Item;

/**
 * @param cursor the editor's selection
 * @param unit the record the cursor stands in; absent where the file as a whole is the document
 */
export function shownAt(file: FileSession, cursor: Span, unit?: Span): Shown {
  const { running, selection } = file;
  if (running && (!unit || overlaps(running.span, unit))) return { kind: 'running', ...running };
  if (selection && selection.span.start <= cursor.start && cursor.end <= selection.span.end) return selection;
  if (unit) return newest(file.items.filter((item) => overlaps(item.span, unit))) ?? { kind: 'unclassified' };
  return (
    file.items.findLast((item) => item.span.start <= cursor.start) ??
    file.items[0] ?? { kind: 'unclassified' }
  );
}

/** What speaks for a file that is not in front. */
export function latest(file: FileSession): Shown {
  if (file.running) return { kind: 'running', ...file.running };
  return newest(file.items) ?? file.selection ?? { kind: 'unclassified' };
}

const newest = (items: readonly Item[]): Item | undefined =>
  items.reduce<Item | undefined>((best, item) => (best && best.order > item.order ? best : item), undefined);

/** Replaces an item, found by its order. */
export function replaceItem(file: FileSession, item: Item): FileSession {
  if (file.selection?.order === item.order) return { ...file, selection: item };
  return { ...file, items: file.items.map((other) => (other.order === item.order ? item : other)) };
}
