/**
 * Fidelity of single documents: one that is open, or every record of a file, beside the real documents of the
 * workspace. What sets have (tests, coverage) is not asked here, so that the answer comes while a person looks on.
 */
import { factsOf, SHORTEST_RUN, type Facts } from '../../core/fidelity/facts.ts';
import { yardstickOf } from '../../core/fidelity/offences.ts';
import type { View } from '../../core/patent/view.ts';
import { CopyIndex } from '../../core/text/copying.ts';
import type {
  Comparison,
  DocumentFidelity,
  DocumentFidelityParams,
  DocumentFidelityResult,
} from '../../protocol/fidelity.ts';
import { readTarget } from '../classification/targets.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { placeOf } from '../leakage/compared.ts';
import { shortened } from '../leakage/explain.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { assignmentsOf, type Judge } from './assignments.ts';
import { encodedSet, scoredDocument, type ScoredDocument } from './documents.ts';
import type { RealDocuments } from './real-documents.ts';
import { documentRows } from './rows.ts';

export interface DocumentScoring {
  readonly workspace: Workspace;
  readonly view: View;
  readonly judge?: Judge;
  readonly embedder: Embedder;
  readonly reals: RealDocuments;
}

/** @throws PatentLabError where the target cannot be read at all, and `cancelled`. */
export async function documentFidelity(
  { target, compare }: Pick<DocumentFidelityParams, 'target' | 'compare'>,
  { workspace, view, judge, embedder, reals }: DocumentScoring,
  task: Task,
): Promise<DocumentFidelityResult> {
  const synthetic = await syntheticOf(target, workspace, view, task);
  const { real, prepared } = await reals.of(workspace, view, embedder, task);
  if (synthetic.length === 0) return { documents: [], real: real.length };
  const set = await encodedSet(synthetic, embedder, task, 'Encoding synthetic documents');
  const facts = await factsOf(onnxCompute, prepared, set, () => task.checkpoint());
  return rowsOf({ real, synthetic, facts }, judge, compare, task);
}

interface Scored {
  readonly real: readonly ScoredDocument[];
  readonly synthetic: readonly ScoredDocument[];
  readonly facts: Facts;
}

async function rowsOf(
  { real, synthetic, facts }: Scored,
  judge: Judge | undefined,
  compare: boolean,
  task: Task,
): Promise<DocumentFidelityResult> {
  const judged = judge && (await assignmentsOf(synthetic, judge, task));
  const rows = documentRows({
    real,
    synthetic,
    facts,
    ...(judged ? { assignments: judged.assignments } : {}),
  });
  const yardstick = yardstickOf(facts);
  const documents = synthetic.flatMap((document, at): DocumentFidelity[] => {
    const row = rows[at];
    if (!row) return [];
    const near = facts.synthetic[at]?.nearest;
    const other = near && real[near.position];
    return [
      {
        document: row,
        index: document.index,
        realNearest: yardstick
          ? { median: yardstick.median, low: yardstick.low, high: yardstick.high }
          : null,
        ...(compare && other ? { comparison: comparisonOf(document, other) } : {}),
      },
    ];
  });
  return { documents, real: real.length };
}

async function syntheticOf(
  target: DocumentFidelityParams['target'],
  workspace: Workspace,
  view: View,
  task: Task,
): Promise<readonly ScoredDocument[]> {
  const verdicts = new Map(workspace.synthetic.map(({ patent, verdict }) => [patent.id, verdict]));
  const documents: ScoredDocument[] = [];
  for await (const outcome of readTarget(target, { tables: workspace.config.tables })) {
    await task.checkpoint();
    // What cannot be read is told where the file is shown.
    if (outcome.kind === 'failure' || outcome.partial) continue;
    const { patent } = outcome;
    if (patent.record?.provenance !== 'synthetic') continue;
    documents.push(scoredDocument(patent, view, patent.record.labels ?? null, verdicts.get(patent.id)));
  }
  return documents;
}

function comparisonOf(own: ScoredDocument, nearest: ScoredDocument): Comparison {
  const runs = new CopyIndex([nearest.text], SHORTEST_RUN).runs(own.text);
  return {
    own: own.text,
    nearest: nearest.text,
    shared: runs
      .sort((a, b) => b.words - a.words)
      .map(({ words, span, sourceSpan }) => ({
        words,
        span: placeOf(own, span),
        otherSpan: placeOf(nearest, sourceSpan),
        passage: shortened(own.text.slice(span.start, span.end)),
        ownRange: span,
        nearestRange: sourceSpan,
      })),
  };
}
