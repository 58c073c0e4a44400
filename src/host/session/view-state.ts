/** The state the Patent view shows, projected from what the host knows. */
import path from 'node:path';
import { unreachable } from '../../core/errors.ts';
import type { Prediction, Span, WorkspaceSummary } from '../../protocol/engine.ts';
import type { FidelityTabState } from '../../protocol/fidelity-view.ts';
import type { LeakageViewState } from '../../protocol/leakage-view.ts';
import type { ActiveDocument, OpenDocument, PatentViewState } from '../../protocol/patent-view.ts';
import { withShortPath, type Relative } from '../errors/text.ts';
import { drift, EMPTY_FILE, latest, shownAt, type FileSession, type Shown } from './file-session.ts';

export interface OpenFile {
  readonly uri: string;
  readonly file: string;
}

/** The place the person looks at. */
export interface ActivePlace extends OpenFile {
  readonly cursor: Span;
  /** The record the cursor stands in, for a corpus file. */
  readonly unit?: { readonly span: Span; readonly id?: string };
}

export interface ViewInput {
  readonly open: readonly OpenFile[];
  readonly active?: ActivePlace;
  /** Leaks of the active document; undefined as long as nothing is known of them. */
  readonly leakage?: LeakageViewState | undefined;
  /** Of the active document; undefined as long as nothing is known of it. */
  readonly fidelity?: FidelityTabState | undefined;
  readonly sessions: ReadonlyMap<string, FileSession>;
  readonly summary?: WorkspaceSummary;
  readonly highlighted?: string;
  readonly relative: Relative;
}

export function patentViewState(input: ViewInput): PatentViewState {
  const { open, active, leakage, fidelity, sessions, summary, highlighted, relative } = input;
  const names = shortNames(open.map(({ file }) => file));
  const shown = active && shownAt(sessions.get(active.uri) ?? EMPTY_FILE, active.cursor, active.unit?.span);
  return {
    open: open.map(({ uri, file }) => {
      const isActive = uri === active?.uri;
      const speaker = isActive && shown ? shown : latest(sessions.get(uri) ?? EMPTY_FILE);
      return openDocument(uri, names.get(file) ?? path.basename(file), isActive, speaker);
    }),
    active: active && shown ? activeDocument(active, shown, relative) : { kind: 'none' },
    leakage,
    fidelity,
    ...(summary?.classifier ? { classifier: summary.classifier } : {}),
    decisionsSinceTraining: summary?.decisionsSinceTraining ?? 0,
    ...(highlighted === undefined ? {} : { highlighted }),
    taxonomy: summary?.taxonomy?.labels.map(({ id, name }) => ({ id, name })) ?? [],
  };
}

function openDocument(uri: string, name: string, active: boolean, shown: Shown): OpenDocument {
  const base = { uri, name, active };
  switch (shown.kind) {
    case 'unclassified':
    case 'failed':
      return { ...base, status: shown.kind, assigned: [] };
    case 'running':
      return { ...base, status: 'classifying', assigned: [] };
    case 'classified': {
      const { labels, document } = shown.prediction;
      return {
        ...base,
        ...(document.title === '' ? {} : { title: document.title }),
        status: shown.stale ? 'stale' : 'classified',
        assigned: labels.filter(({ status }) => status === 'assigned').map((label) => label.name),
      };
    }
    default:
      return unreachable(shown);
  }
}

function activeDocument(
  { uri: fileUri, file, unit }: ActivePlace,
  shown: Shown,
  relative: Relative,
): ActiveDocument {
  const base = path.basename(file);
  // Records of one file are different documents to the view.
  const uri = unit?.id === undefined ? fileUri : `${fileUri}#${encodeURIComponent(unit.id)}`;
  const name = unit?.id === undefined ? base : `${base} › ${unit.id}`;
  switch (shown.kind) {
    case 'unclassified':
      return { kind: 'unclassified', uri, name };
    case 'running':
      return { kind: 'classifying', uri, name, message: shown.message };
    case 'failed':
      return { kind: 'failed', uri, name, error: withShortPath(shown.error, relative) };
    case 'classified':
      return {
        kind: 'classified',
        uri,
        name,
        prediction: moved(shown.prediction, drift(shown)),
        stale: shown.stale,
        ...(shown.decided.length > 0 ? { decided: shown.decided } : {}),
      };
    default:
      return unreachable(shown);
  }
}

/** The prediction with its evidence at the offsets the text has now, so that "reveal" finds it. */
export function moved(prediction: Prediction, by: number): Prediction {
  if (by === 0 || !prediction.evidence) return prediction;
  const passages = prediction.evidence.passages.map((passage) =>
    passage.source
      ? { ...passage, source: { start: passage.source.start + by, end: passage.source.end + by } }
      : passage,
  );
  return { ...prediction, evidence: { ...prediction.evidence, passages } };
}

/** Base names; where two files share one, with as many parent folders as it takes to tell them apart. */
export function shortNames(files: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const file of new Set(files)) {
    const parts = file.split(/[\\/]/).filter((part) => part !== '');
    const others = files.filter((other) => other !== file && path.basename(other) === path.basename(file));
    let depth = 1;
    const tail = (of: readonly string[]): string => of.slice(-depth).join('/');
    while (
      depth < parts.length &&
      others.some((other) => tail(other.split(/[\\/]/).filter((part) => part !== '')) === tail(parts))
    ) {
      depth++;
    }
    names.set(file, tail(parts));
  }
  return names;
}
