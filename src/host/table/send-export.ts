/**
 * Hands predictions to the engine in parts, because one message holds some tens of thousands of them at most. Free of
 * `vscode`, so that it is tested against a real engine.
 */
import type { RequestType } from 'vscode-jsonrpc';
import { PatentLabError, type ErrorReport } from '../../core/errors.ts';
import {
  AppendExportRequest,
  BeginExportRequest,
  FinishExportRequest,
  type ClassifyOutcome,
  type Prediction,
} from '../../protocol/engine.ts';

/** Outcomes in a message: a few megabytes with a hundred labels each. [ours] */
const PART = 500;

/** What an export needs of the engine. */
interface Requests {
  request<P extends object, R>(type: RequestType<P, R, ErrorReport>, params: P): Promise<R>;
}

interface ExportOptions {
  readonly path: string;
  readonly format: 'csv' | 'jsonl';
  /** Told after each part. */
  readonly onSent?: (rows: number) => void;
  readonly isCancelled?: () => boolean;
}

/** Resolves to the number of rows, or to undefined when it was cancelled and nothing was written. */
export async function sendExport(
  engine: Requests,
  outcomes: readonly ClassifyOutcome[],
  { path, format, onSent, isCancelled }: ExportOptions,
): Promise<number | undefined> {
  const { id } = await engine.request(BeginExportRequest, { path, format, labels: labelIds(outcomes) });
  try {
    for (let from = 0; from < outcomes.length; from += PART) {
      if (isCancelled?.() === true) {
        await engine.request(FinishExportRequest, { id, keep: false });
        return undefined;
      }
      const { rows } = await engine.request(AppendExportRequest, {
        id,
        outcomes: outcomes.slice(from, from + PART).map(withoutEvidence),
      });
      onSent?.(rows);
    }
  } catch (error) {
    // The engine forgets a part that it could not write; whatever else went wrong, it must not keep the rest.
    await engine.request(FinishExportRequest, { id, keep: false }).catch(() => undefined);
    throw error;
  }
  const { rows } = await engine.request(FinishExportRequest, { id, keep: true });
  if (rows !== outcomes.length) {
    throw new PatentLabError({
      code: 'internal',
      message: `${rows} of ${outcomes.length} rows were written.`,
      remedy: 'Export again.',
    });
  }
  return rows;
}

/** An export holds no evidence, which is most of a prediction's bulk. */
function withoutEvidence(outcome: ClassifyOutcome): ClassifyOutcome {
  if (outcome.kind === 'failed') return outcome;
  const prediction: { -readonly [Key in keyof Prediction]: Prediction[Key] } = { ...outcome.prediction };
  delete prediction.evidence;
  delete prediction.neighbours;
  return { kind: 'classified', prediction };
}

function labelIds(outcomes: readonly ClassifyOutcome[]): readonly string[] {
  const ids = new Set<string>();
  for (const outcome of outcomes) {
    if (outcome.kind === 'classified') for (const label of outcome.prediction.labels) ids.add(label.id);
  }
  return [...ids].sort();
}
