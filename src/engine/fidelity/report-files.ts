/** The report of a fidelity run as files: for people, for spreadsheets and for programs. */
import { flatScores, type FlatScore } from '../../core/fidelity/flat.ts';
import { OFFENCES, type Offence } from '../../core/fidelity/offences.ts';
import { csvLine } from '../../core/patent/corpus-files/csv-line.ts';
import type { FidelityCell, FidelityDocument, FidelityReport } from '../../protocol/fidelity.ts';
import { writeRun } from '../runs/write-run.ts';

export type ReportFormat = 'md' | 'csv' | 'json';

export function fidelityText(report: FidelityReport, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return fidelityMarkdown(report);
    case 'csv':
      return fidelityCsv(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
  }
}

/** Writes all formats to a run of the workspace. @returns its folder. */
export const writeFidelityRun = (root: string, report: FidelityReport): Promise<string> =>
  writeRun(root, 'fidelity', report.createdAt, {
    'report.json': fidelityText(report, 'json'),
    'report.md': fidelityText(report, 'md'),
    'report.csv': fidelityText(report, 'csv'),
  });

/** Documents in the report for people; the others stand in `report.json`. [ours] */
const MOST_ROWS = 50;

export const OFFENCE_NAMES: Readonly<Record<Offence, string>> = {
  'is-real': 'has the words of a real document',
  copies: 'copies a long passage',
  empty: 'has no words',
  repeats: 'repeats another synthetic document',
  'near-copy': 'nearer to a real document than they are to each other',
  'misses-label': 'the classifier misses a label',
  far: 'far from every real document',
};

function fidelityMarkdown(report: FidelityReport): string {
  const [overall, ...others] = report.cells;
  return [
    `# Fidelity of ${report.subject}`,
    '',
    ...(overall ? [...overall.interpretation.map((sentence) => `- ${sentence}`), ''] : []),
    ...(report.gains.length > 0
      ? section(
          'Scores and gains',
          report.gains.map((line) => `- ${line}`),
        )
      : []),
    ...(overall ? section('Scores', scoreTable(overall)) : []),
    ...others.flatMap((cell) =>
      section(`${KIND_NAMES[cell.kind]}: ${cell.name}`, [
        ...cell.interpretation.slice(0, -1).map((sentence) => `- ${sentence}`),
        '',
        ...scoreTable(cell),
      ]),
    ),
    ...section('Documents to look at', documentTable(report.documents)),
    ...section('How this was made', madeLines(report)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const KIND_NAMES: Readonly<Record<FidelityCell['kind'], string>> = {
  overall: 'All',
  label: 'Label',
  strategy: 'Strategy',
  model: 'Model',
  run: 'Run',
};

const section = (title: string, lines: readonly string[]): string[] => [`## ${title}`, '', ...lines, ''];

function scoreTable({ scores }: FidelityCell): string[] {
  return [
    '| score | value | without a difference, or interval | remark |',
    '|---|---:|---|---|',
    ...flatScores(scores).map(
      (score) =>
        `| ${cell(score.name)} | ${number(score.value)} | ${cell(rangeOf(score))} | ${cell(score.note ?? '')} |`,
    ),
  ];
}

function rangeOf({ low, high, range }: FlatScore): string {
  if (high === undefined || range === undefined) return '';
  if (low === undefined) return `up to ${number(high)} (${range})`;
  return low === high ? `${number(low)} (${range})` : `${number(low)} to ${number(high)} (${range})`;
}

function documentTable(documents: readonly FidelityDocument[]): string[] {
  const told = documents.filter(({ offences }) => offences.length > 0);
  if (told.length === 0) return ['No synthetic document stands out.'];
  const counts = OFFENCES.map(
    (offence) => [offence, told.filter(({ offences }) => offences.includes(offence)).length] as const,
  );
  const shown = told.slice(0, MOST_ROWS);
  const more = told.length - shown.length;
  return [
    ...counts
      .filter(([, count]) => count > 0)
      .map(([offence, count]) => `- ${count}: ${OFFENCE_NAMES[offence]}`),
    '',
    '| document | why | nearest real document | similarity | words in a row | from |',
    '|---|---|---|---:|---:|---|',
    ...shown.map(({ id, offences, nearest, copied }) =>
      [
        '',
        cell(id),
        offences.map((offence) => OFFENCE_NAMES[offence]).join('; '),
        cell(nearest?.id ?? ''),
        nearest ? nearest.similarity.toFixed(3) : '',
        copied ? String(copied.words) : '',
        cell(copied?.from.id ?? ''),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    ...(more > 0 ? ['', `… and ${more} more.`] : []),
  ];
}

function madeLines(report: FidelityReport): string[] {
  const { options, classifier, inputs, notes, map } = report;
  return [
    ...notes.map((note) => `- ${note}`),
    `- Embeddings of ${report.encoder}${classifier ? `, classifier ${code(classifier.path)}` : ''}.`,
    `- ${options.permutations} permutations, ${options.splits} splits of the real documents, k = ${options.k}, seed ${options.seed}.`,
    `- ${map.umapNote}`,
    `- Patent Lab ${report.patentLab}, ONNX Runtime ${report.onnxruntime}; ${report.createdAt}, ${report.seconds.toFixed(1)} s.`,
    '',
    '| input | SHA-256 |',
    '|---|---|',
    ...inputs.map((input) => `| ${cell(input.path)} | ${code(input.sha256)} |`),
  ];
}

/** One line a cell and score. */
function fidelityCsv({ cells }: FidelityReport): string {
  const lines = cells.flatMap(({ kind, id, name, scores }) =>
    flatScores(scores).map((score) =>
      csvLine([
        kind,
        id,
        name,
        String(scores.n.uniqueReal),
        String(scores.n.uniqueSynthetic),
        score.name,
        plain(score.value),
        plain(score.low),
        plain(score.high),
        score.range ?? '',
        score.note ?? '',
      ]),
    ),
  );
  const header = 'part,id,name,real,synthetic,score,value,low,high,range,remark'.split(',');
  return [csvLine(header), ...lines].join('');
}

const plain = (value: number | undefined): string => (value === undefined ? '' : String(value));
const number = (value: number | undefined): string => {
  if (value === undefined) return '–';
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(2) : value.toFixed(3);
};
const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;
const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');
