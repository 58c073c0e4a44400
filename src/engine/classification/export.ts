/** Predictions as files that other tools read. */
import type { ClassifyOutcome, LabelPrediction } from '../../protocol/engine.ts';

/** One JSON object a document; the shape of `patent-lab classify --json`. */
export function outcomeRecord(outcome: ClassifyOutcome): Record<string, unknown> {
  if (outcome.kind === 'failed') return { path: outcome.path, index: outcome.index, error: outcome.error };
  const { document, labels, coverage, uncertainty } = outcome.prediction;
  return {
    id: document.id,
    path: document.path,
    title: document.title,
    labels: labels.map(labelRecord),
    uncertainty: round(uncertainty),
    view: coverage.view,
    missing: coverage.missing,
    cut: coverage.cut,
    gaps: coverage.gaps,
  };
}

const labelRecord = (label: LabelPrediction): Record<string, unknown> => ({
  id: label.id,
  probability: round(label.probability),
  assigned: label.status === 'assigned',
  threshold: round(label.threshold),
  basis: label.basis,
});

const round = (value: number): number => Number(value.toPrecision(6));

export const jsonLines = (outcomes: readonly ClassifyOutcome[]): string =>
  outcomes.map((outcome) => `${JSON.stringify(outcomeRecord(outcome))}\n`).join('');

const COLUMNS = ['id', 'path', 'title', 'labels', 'uncertainty', 'cut', 'error'];

/**
 * The first row of a table of predictions: id, file, title, assigned labels, uncertainty, then a probability column for
 * each label.
 */
export const csvHeader = (labels: readonly string[]): string => csvText([[...COLUMNS, ...labels]]);

/** One row a document (RFC 4180), under the header with the same labels. */
export const csvLines = (outcomes: readonly ClassifyOutcome[], labels: readonly string[]): string =>
  csvText(outcomes.map((outcome) => csvRow(outcome, labels)));

const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(csvField).join(',')}\r\n`).join('');

function csvRow(outcome: ClassifyOutcome, columns: readonly string[]): string[] {
  if (outcome.kind === 'failed') {
    return ['', outcome.path, '', '', '', '', outcome.error.message, ...columns.map(() => '')];
  }
  const { document, labels, coverage, uncertainty } = outcome.prediction;
  const probabilities = new Map(labels.map((label) => [label.id, label.probability]));
  return [
    document.id,
    document.path,
    document.title,
    labels
      .filter((label) => label.status === 'assigned')
      .map((label) => label.id)
      .join('; '),
    uncertainty.toFixed(4),
    coverage.cut.map(({ section, characters }) => `${section}: ${characters} characters`).join('; '),
    '',
    ...columns.map((id) => probabilities.get(id)?.toFixed(6) ?? ''),
  ];
}

/**
 * Quoted where the format needs it. A field that a spreadsheet would run as a formula gets a leading apostrophe:
 * titles come from files that anyone may have written.
 */
function csvField(field: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(field) && Number.isNaN(Number(field)) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
