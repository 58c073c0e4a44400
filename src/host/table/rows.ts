/** Outcomes of a classification as rows of the table panel. */
import path from 'node:path';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import { withShortPath } from '../errors/text.ts';
import type { TableRow } from '../../protocol/table-view.ts';

export function tableRow(outcome: ClassifyOutcome, root: string): TableRow {
  if (outcome.kind === 'failed') {
    return {
      // An archive may have several members without a path of their own, each with its failure.
      key: `${rowKey(outcome.path, outcome.index)}\n${outcome.error.message}`,
      id: '',
      title: '',
      path: outcome.path,
      name: relativeName(outcome.path, root),
      uncertainty: 0,
      labels: [],
      cut: false,
      error: withShortPath(outcome.error, (file) => relativeName(file, root)),
    };
  }
  const { document, labels, coverage, uncertainty } = outcome.prediction;
  return {
    key: rowKey(document.path, document.index),
    id: document.id,
    title: document.title,
    path: document.path,
    name: relativeName(document.path, root),
    uncertainty,
    labels: labels
      .filter(({ status }) => status !== 'rest')
      .map(({ id, name, probability, status }) => ({ id, name, probability, status })),
    cut: coverage.cut.length > 0,
  };
}

/** A file and which document of it: no two rows share it, whatever their ids. */
export const rowKey = (file: string, index: number): string => `${index}:${file}`;

function relativeName(file: string, root: string): string {
  const relative = path.relative(root, file);
  return relative === '' || relative.startsWith('..') ? file : relative.split(path.sep).join('/');
}
