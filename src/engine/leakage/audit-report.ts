/** The report of an audit as files: for people, for spreadsheets and for programs. */
import { auditCsv, auditMarkdown } from '../../core/leakage/audit/report.ts';
import type {
  AuditContamination,
  AuditCopying,
  AuditInstructions,
  AuditReport,
  ContaminationPair,
  Listed,
} from '../../protocol/audit.ts';
import { writeRun } from '../runs/write-run.ts';

export type ReportFormat = 'md' | 'csv' | 'json';

export const REPORT_FORMATS: readonly ReportFormat[] = ['md', 'csv', 'json'];

export function reportText(report: AuditReport, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return reportMarkdown(report);
    case 'csv':
      return auditCsv(report.audit);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
  }
}

/** Writes all formats to a run of the workspace. @returns its folder. */
export function writeAuditRun(root: string, report: AuditReport): Promise<string> {
  const files = REPORT_FORMATS.map((format) => [`report.${format}`, reportText(report, format)]);
  return writeRun(root, 'leakage', report.createdAt, Object.fromEntries(files));
}

/** Pairs in the report for people; the others stand in `report.json`. [ours] */
const MOST_ROWS = 50;

function reportMarkdown(report: AuditReport): string {
  const { audit, judgement, notes } = report;
  return [
    auditMarkdown(audit).trimEnd(),
    '',
    ...section('Documents on both sides of the split', contaminationLines(report.contamination)),
    ...section('Copied passages', copyingLines(report.copying)),
    ...section('Prompts that name labels', instructionLines(report.instructions)),
    ...section('How this was made', [
      ...(judgement.kind === 'none' ? [`- ${judgement.reason}`] : []),
      ...notes.map((note) => `- ${note}`),
      ...madeLines(report),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const section = (title: string, lines: readonly string[]): string[] => [`## ${title}`, '', ...lines, ''];

function contaminationLines(found: AuditContamination): string[] {
  const { testDocuments, otherDocuments, contaminated, pairs, leftOut } = found;
  if (testDocuments === 0) return ['There is no test split, so no document stands on both sides.'];
  if (otherDocuments === 0) return ['All documents are of the test split, so there is nothing to compare.'];
  const lines = [
    `${contaminated} of ${testDocuments} test documents share a family, a text or most of their words with one of the ${otherDocuments} others (${pairs.total} pairs).`,
  ];
  if (leftOut > 0) lines.push('', `${leftOut} pairs of documents that look alike were too many to compare.`);
  if (pairs.total === 0) return lines;
  return [
    ...lines,
    '',
    '| test document | other document | why | similarity | words in a row |',
    '|---|---|---|---:|---:|',
    ...rows(pairs, (pair) => [
      pair.test.id,
      pair.otherIs === 'synthetic' ? `${pair.other.id} (synthetic)` : pair.other.id,
      WHY[pair.why],
      pair.jaccard?.toFixed(2) ?? '–',
      String(pair.words),
    ]),
  ];
}

const WHY: Readonly<Record<ContaminationPair['why'], string>> = {
  'same-text': 'same text',
  'near-duplicate': 'near-duplicate',
  'same-family': 'same family',
};

function copyingLines({ syntheticDocuments, copying, passages }: AuditCopying): string[] {
  if (syntheticDocuments === 0) return ['There are no synthetic documents.'];
  const summary = `${copying} of ${syntheticDocuments} synthetic documents hold a run of 30 words or more of a real one.`;
  if (passages.total === 0) return [summary];
  return [
    summary,
    '',
    '| synthetic document | taken from | which is | words in a row |',
    '|---|---|---|---:|',
    ...rows(passages, ({ document, source, sourceIs, words }) => [
      document.id,
      source.id,
      { seed: 'its seed', test: 'a test document', real: 'another real document' }[sourceIs],
      String(words),
    ]),
  ];
}

function instructionLines(found: AuditInstructions): string[] {
  const { syntheticDocuments, withPrompt, leaking, named, unnamed } = found;
  if (syntheticDocuments === 0) return ['There are no synthetic documents.'];
  if (withPrompt === 0) {
    return [`The prompt of none of the ${syntheticDocuments} synthetic documents is known.`];
  }
  return [
    `Of ${withPrompt} synthetic documents whose prompt is known (of ${syntheticDocuments}), ${leaking} were asked for by the name of a label they have.`,
    '',
    '| the prompt | labels of documents | of them named in the text |',
    '|---|---:|---:|',
    `| named the label | ${named.pairs} | ${shareOf(named)} |`,
    `| did not name it | ${unnamed.pairs} | ${shareOf(unnamed)} |`,
  ];
}

const shareOf = ({ pairs, containing }: { pairs: number; containing: number }): string =>
  pairs === 0 ? '–' : `${((100 * containing) / pairs).toFixed(1)} %`;

function madeLines(report: AuditReport): string[] {
  const { classifier, documents, options, inputs, patentLab, onnxruntime, seconds, createdAt } = report;
  const { real, synthetic } = documents;
  return [
    `- ${real} real and ${synthetic} synthetic documents, ${report.audit.labels.length} labels of ${code(report.taxonomy)}.`,
    ...(classifier ? [`- Classifier ${code(classifier.path)}, encoder ${classifier.encoder}.`] : []),
    `- ${options.resamples} resamples of groups, seed ${options.seed}.`,
    `- Patent Lab ${patentLab}, ONNX Runtime ${onnxruntime}; ${createdAt}, ${seconds.toFixed(1)} s.`,
    '',
    '| input | SHA-256 |',
    '|---|---|',
    ...inputs.map((input) => `| ${cell(input.path)} | ${code(input.sha256)} |`),
  ];
}

function rows<T>({ shown, total }: Listed<T>, cells: (entry: T) => readonly string[]): string[] {
  const lines = shown.slice(0, MOST_ROWS).map((entry) => `| ${cells(entry).map(cell).join(' | ')} |`);
  const more = total - lines.length;
  return more > 0 ? [...lines, '', `… and ${more} more.`] : lines;
}

const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;
const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');
