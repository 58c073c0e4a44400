/** The report of a numerics check as files: for people, for spreadsheets and for programs. */
import { cosineText, CRITERION_NAMES } from '../../core/numerics/words.ts';
import { csvLine } from '../../core/patent/corpus-files/csv-line.ts';
import type { Criterion, NumericsReport, NumericsSide } from '../../protocol/numerics.ts';
import { writeRun } from '../runs/write-run.ts';

export type ReportFormat = 'md' | 'csv' | 'json';

export function numericsText(report: NumericsReport, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return numericsMarkdown(report);
    case 'csv':
      return numericsCsv(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
  }
}

/** Writes all formats to a run of the workspace. @returns its folder. */
export const writeNumericsRun = (root: string, report: NumericsReport): Promise<string> =>
  writeRun(root, 'numerics', report.createdAt, {
    'report.json': numericsText(report, 'json'),
    'report.md': numericsText(report, 'md'),
    'report.csv': numericsText(report, 'csv'),
  });

function numericsMarkdown(report: NumericsReport): string {
  const { conclusion, farthest } = report;
  return [
    `# Numerics of ${report.candidate.name}`,
    '',
    conclusion,
    '',
    ...section('Criteria', criteriaTable(report)),
    ...section('Scores', scoreTable(report)),
    ...section('Labels whose assignments change', labelTable(report)),
    ...section('Documents that lie farthest apart', [
      '| document | cosine |',
      '|---|---:|',
      ...farthest.map(({ id, cosine }) => `| ${cell(id)} | ${cosineText(cosine)} |`),
    ]),
    ...section('How this was made', madeLines(report)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

const section = (title: string, lines: readonly string[]): string[] => [`## ${title}`, '', ...lines, ''];

function criteriaTable({ criteria }: NumericsReport): string[] {
  return [
    'The limits of cosine and of changed assignments are this tool’s own choice.',
    '',
    '| criterion | measured | limit | met | otherwise |',
    '|---|---:|---:|---|---|',
    ...criteria.map(
      (one) =>
        `| ${CRITERION_NAMES[one.name]} | ${measured(one)} | ${limitText(one)} | ${one.met === null ? 'not measured' : one.met ? 'yes' : 'no'} | ${one.otherwise} |`,
    ),
  ];
}

const atLeast = (name: Criterion['name']): boolean => name === 'worst-cosine' || name === 'micro-f1';

const limitText = ({ name, limit }: Criterion): string =>
  `${atLeast(name) ? 'at least' : 'at most'} ${limit}`;

function measured({ name, value }: Criterion): string {
  if (value === null) return '–';
  switch (name) {
    case 'worst-cosine':
      return cosineText(value);
    case 'flips':
    case 'micro-f1':
      return value.toFixed(4);
    case 'nan':
    case 'infinite':
      return String(value);
  }
}

/** Figure by figure; both exports have the same ones. */
function scores({
  comparison,
  reference,
  candidate,
}: NumericsReport): readonly (readonly [string, number | null])[] {
  const { cosine, flips, microF1, nonFinite, documents } = comparison;
  const f1 = (name: string, key: 'reference' | 'candidate' | 'difference') => {
    const interval = microF1?.[key];
    return [
      [name, interval?.value ?? null],
      [`${name}, lower end`, interval?.low ?? null],
      [`${name}, upper end`, interval?.high ?? null],
    ] as const;
  };
  return [
    ['documents', documents],
    ['NaN', nonFinite.nan],
    ['infinite', nonFinite.infinite],
    ['mean cosine', cosine.mean],
    ['worst cosine', cosine.worst],
    ['largest change of a logit', flips?.maxLogit ?? null],
    ['mean change of a logit', flips?.meanLogit ?? null],
    ['assignments', flips?.assignments ?? null],
    ['assignments that change', flips?.flipped ?? null],
    ['share of assignments that change', flips?.share ?? null],
    ['documents with a change', flips?.documents ?? null],
    ...f1('micro-F1 of the reference', 'reference'),
    ...f1('micro-F1 of the candidate', 'candidate'),
    ...f1('micro-F1, candidate − reference', 'difference'),
    ['documents a second, reference', reference.documentsPerSecond],
    ['documents a second, candidate', candidate.documentsPerSecond],
  ];
}

const scoreTable = (report: NumericsReport): string[] => [
  '| score | value |',
  '|---|---:|',
  ...scores(report).map(([name, value]) => `| ${name} | ${number(value)} |`),
];

function labelTable({ comparison: { flips }, labels }: NumericsReport): string[] {
  if (!flips) return ['There is no classifier.'];
  const changed = flips.perLabel
    .map((label, at) => ({ ...label, name: labels[at]?.name ?? '' }))
    .filter(({ gained, lost }) => gained + lost > 0)
    .sort((a, b) => b.gained + b.lost - (a.gained + a.lost) || a.name.localeCompare(b.name));
  if (changed.length === 0) return ['None.'];
  return [
    '| label | by the reference | gained | lost | largest change of the logit |',
    '|---|---:|---:|---:|---:|',
    ...changed.map(
      ({ name, reference, gained, lost, maxLogit }) =>
        `| ${cell(name)} | ${reference} | ${gained} | ${lost} | ${number(maxLogit)} |`,
    ),
  ];
}

function madeLines(report: NumericsReport): string[] {
  const { options, classifier, notes, documents, inputs } = report;
  const side = (title: string, { name, sha256, documentsPerSecond }: NumericsSide): string =>
    `- ${title}: ${name}, weights ${code(sha256)}, ${documentsPerSecond.toFixed(1)} documents a second (measured in turns).`;
  return [
    ...notes.map((note) => `- ${note}`),
    side('Reference', report.reference),
    side('Candidate', report.candidate),
    ...(classifier ? [`- Classifier ${code(classifier.path)}.`] : []),
    `- ${documents.compared} documents${documents.split === undefined ? '' : ` of split ${code(documents.split)}`}; ${options.resamples} resamples, seed ${options.seed}.`,
    `- ${report.machine}.`,
    `- Patent Lab ${report.patentLab}, ONNX Runtime ${report.onnxruntime}; ${report.createdAt}, ${report.seconds.toFixed(1)} s.`,
    '',
    '| input | SHA-256 |',
    '|---|---|',
    ...inputs.map((input) => `| ${cell(input.path)} | ${code(input.sha256)} |`),
  ];
}

/** One line a score, then one a label. */
function numericsCsv(report: NumericsReport): string {
  const { flips } = report.comparison;
  const header = 'part,id,name,score,value'.split(',');
  const line = (part: string, id: string, name: string, score: string, value: number | null): string =>
    csvLine([part, id, name, score, value === null ? '' : String(value)]);
  return [
    csvLine(header),
    csvLine(['overall', '', '', 'verdict', report.verdict]),
    ...scores(report).map(([score, value]) => line('overall', '', '', score, value)),
    ...(flips?.perLabel ?? []).flatMap((label, at) => {
      const { id = '', name = '' } = report.labels[at] ?? {};
      return [
        line('label', id, name, 'assigned by the reference', label.reference),
        line('label', id, name, 'assigned by the candidate', label.candidate),
        line('label', id, name, 'gained', label.gained),
        line('label', id, name, 'lost', label.lost),
        line('label', id, name, 'largest change of the logit', label.maxLogit),
      ];
    }),
  ].join('');
}

function number(value: number | null): string {
  if (value === null) return '–';
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toExponential(2) : value.toFixed(Math.abs(value) >= 100 ? 1 : 4);
}
const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;
const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');
