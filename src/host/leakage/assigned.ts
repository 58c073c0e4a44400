/**
 * Which labels a document has, as far as anybody knows: what the analyst decided, else what its record says, else what
 * the classifier assigned. A decision that accepts labels counts as all of them, as in training.
 */
import { findDecision } from '../../core/corpus/decision-keys.ts';
import type { DocumentDecision } from '../../core/corpus/decisions.ts';
import type { Patent } from '../../core/patent/model.ts';
import { decided, type Decided } from '../session/decisions.ts';
import type { ClassifiedItem, FileSession } from '../session/file-session.ts';

export interface Assigned {
  readonly standing: 'labelled' | 'predicted';
  /** Ids of labels; some may not be in the taxonomy. */
  readonly labels: readonly string[];
}

export interface LabelSources {
  /** The decisions of the workspace. */
  readonly decisions: ReadonlyMap<string, DocumentDecision>;
  /** What is known of the file the patent stands in. */
  readonly session: FileSession;
  /** The file relative to the workspace, with forward slashes. */
  readonly path: string;
}

/** Undefined where nothing is known. */
export function assignedLabels(
  patent: Patent,
  { decisions, session, path }: LabelSources,
): Assigned | undefined {
  const item = predictionOf(patent, session);
  const decision = latestDecision(item) ?? recorded(findDecision(decisions, patent.id, path));
  if (decision !== undefined && decision.accepted.length > 0) {
    return { standing: 'labelled', labels: decision.accepted };
  }
  const rejected = new Set(decision?.rejected);
  const kept = (labels: readonly string[]): string[] => labels.filter((label) => !rejected.has(label));
  if (patent.record?.labels) return { standing: 'labelled', labels: kept(patent.record.labels) };
  if (!item) return undefined;
  const predicted = item.prediction.labels.filter(({ status }) => status === 'assigned');
  return { standing: 'predicted', labels: kept(predicted.map(({ id }) => id)) };
}

/** The prediction of the patent as a whole, where its range is now. */
function predictionOf({ id, source }: Patent, { items }: FileSession): ClassifiedItem | undefined {
  return items.find(
    (item): item is ClassifiedItem =>
      item.kind === 'classified' &&
      item.prediction.document.id === id &&
      item.span.start < source.span.end &&
      source.span.start < item.span.end,
  );
}

/** Decisions made in this window are newer than those on disk. */
function latestDecision(item: ClassifiedItem | undefined): Decided | undefined {
  const known = item && decided(item);
  return known && known.accepted.length + known.rejected.length > 0 ? known : undefined;
}

const recorded = (decision: DocumentDecision | undefined): Decided | undefined =>
  decision && { accepted: decision.labels, rejected: decision.rejected ?? [] };
