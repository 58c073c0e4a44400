/** Writes the analyst's verdicts on synthetic documents into the review file, one after the other. */
import path from 'node:path';
import { formatReview, REVIEW_FILE } from '../../core/corpus/synthetic-review.ts';
import type { RecordVerdictsParams, RecordVerdictsResult } from '../../protocol/synthetic.ts';
import { appendLines } from '../files/write.ts';
import { findSynthetic, standingWorkspace } from './standing-workspace.ts';

export class VerdictWriter {
  /** Writes are queued, so that two verdicts on a document stand in the order they were given. */
  #writing: Promise<unknown> = Promise.resolve();

  /** Throws `generation-document-missing` where an id is of no synthetic document; then nothing is recorded. */
  record({ root, verdicts }: RecordVerdictsParams): Promise<RecordVerdictsResult> {
    const write = async (): Promise<RecordVerdictsResult> => {
      const workspace = await standingWorkspace(root);
      for (const { id } of verdicts) findSynthetic(workspace, id);
      const file = path.resolve(root, workspace.config.synthetic, REVIEW_FILE);
      const at = new Date().toISOString();
      const lines = verdicts.map(({ id, verdict }) => formatReview({ id, verdict, at })).join('');
      if (lines !== '') await appendLines(file, lines);
      return { file };
    };
    const result = this.#writing.then(write, write);
    this.#writing = result;
    return result;
  }
}
