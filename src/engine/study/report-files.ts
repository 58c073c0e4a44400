/** The report of a study as files: for people, for spreadsheets and for programs. */
import type {
  ArmResult,
  Decomposition,
  Effect,
  Estimate,
  StudyCell,
  StudyReport,
} from '../../protocol/study.ts';

export type StudyReportFormat = 'md' | 'csv' | 'json';
/** The JSON comes last: where it stands, the others do. */
export const REPORT_FORMATS: readonly StudyReportFormat[] = ['md', 'csv', 'json'];

export function reportText(report: StudyReport, format: StudyReportFormat): string {
  switch (format) {
    case 'md':
      return studyMarkdown(report);
    case 'csv':
      return studyCsv(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 1)}\n`;
  }
}

// ── for people ─────────────────────────────────────────────────────────────────────────────────────────────────

export function studyMarkdown(report: StudyReport): string {
  const { gains, verdicts, power, arms, notes } = report;
  return [
    `# ${report.name}`,
    '',
    report.conclusion,
    '',
    '## Verdicts',
    '',
    ...table(
      [
        'regime',
        'schedule',
        'thresholds',
        'family',
        'verdict',
        'raw gain',
        'volume',
        'steps',
        'controlled gain',
      ],
      gains.map((gain, at) => [
        ...cellWords(gain),
        verdicts[at]?.verdict ?? 'none',
        effectWords(gain.raw),
        effectWords(gain.volume),
        effectWords(gain.steps),
        effectWords(gain.controlled),
      ]),
    ),
    '',
    ...power.map((one) => `- ${cellWords(one).join(', ')}: ${one.sentence}`),
    '',
    '## Where the gain comes from',
    '',
    ...report.decompositions.flatMap(decompositionLines),
    '## Arms',
    '',
    ...table(
      [
        'regime',
        'schedule',
        'thresholds',
        'family',
        'arm',
        'real',
        'synthetic',
        'steps',
        'micro-F1',
        'macro-F1',
        'micro-AP',
      ],
      arms.map(armCells),
    ),
    '',
    ...retrievalLines(report),
    '## How this was made',
    '',
    ...notes.map((note) => `- ${note}`),
    ...report.failures.map(({ message, remedy }) => `- ${message} ${remedy}`),
    ...madeLines(report),
  ]
    .join('\n')
    .concat('\n');
}

const cellWords = ({ regime, schedule, thresholds, family }: StudyCell): readonly string[] => [
  regime,
  schedule,
  thresholds,
  family,
];

const figure = (value: number): string => value.toFixed(3);
const estimateWords = ({ mean, low, high }: Estimate): string =>
  `${figure(mean)} (${figure(low)}–${figure(high)})`;
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
const changeWords = ({ mean, low, high }: Estimate): string =>
  `${signed(mean)} (${signed(low)} to ${signed(high)})`;
const effectWords = (effect: Effect | null): string => (effect ? changeWords(effect) : '–');

function decompositionLines({ regime, schedule, family, start, end, steps }: Decomposition): string[] {
  return [
    `### ${regime}, ${schedule}, ${family}`,
    '',
    ...table(
      ['', 'micro-F1', 'change'],
      [
        ['real only, threshold 0.5', estimateWords(start), ''],
        ...steps.map(({ step, after, change }) => [
          `+ ${STEP_WORDS[step]}`,
          figure(after),
          changeWords(change),
        ]),
        ['augmented, tuned threshold', estimateWords(end), ''],
      ],
    ),
    '',
  ];
}

const STEP_WORDS: Readonly<Record<Decomposition['steps'][number]['step'], string>> = {
  threshold: 'tuned threshold',
  steps: 'as many steps',
  volume: 'as many documents',
  synthetic: 'synthetic content',
};

function armCells(arm: ArmResult): readonly string[] {
  const identity = [...cellWords(arm), arm.name];
  if (arm.status === 'failed') return [...identity, `failed: ${arm.error.message}`];
  return [
    ...identity,
    String(arm.real),
    String(arm.synthetic),
    String(arm.steps),
    estimateWords(arm.microF1),
    estimateWords(arm.macroF1),
    estimateWords(arm.microAP),
  ];
}

function retrievalLines({ retrieval, plan }: StudyReport): string[] {
  if (retrieval.length === 0) return [];
  return [
    '## Retrieval of like-labelled documents',
    '',
    `nDCG@10 among the test documents, ${plan.retrieval} gain of shared labels: in the encoder’s own space, and in that of each arm’s logits.`,
    '',
    ...table(
      ['regime', 'schedule', 'family', 'arm', 'encoder', 'arm’s space', 'change', 'verdict'],
      retrieval.map((one) => [
        one.regime,
        one.schedule,
        one.family,
        one.arm,
        figure(one.base),
        estimateWords(one.ndcg),
        changeWords(one.change),
        one.verdict,
      ]),
    ),
    '',
  ];
}

function madeLines(report: StudyReport): string[] {
  const { documents, training, plan } = report;
  return [
    `- ${documents.real} real, ${documents.synthetic} synthetic and ${documents.test} test documents (${documents.testGroups} families); ${report.labels.length} labels of ${code(report.taxonomy)}; encoder ${report.encoder}.`,
    `- ${training.optimiser}: learning rate ${training.learningRate}, weight decay ${training.weightDecay}, batches of ${training.batch}, ${plan.epochs} epochs; ridge ${training.l2} to convergence. Defaults of this tool.`,
    `- Seeds ${plan.seed} to ${plan.seed + plan.seeds - 1}. Patent Lab ${report.patentLab}, ONNX Runtime ${report.onnxruntime}; ${report.createdAt}, ${report.seconds.toFixed(0)} s.`,
    '',
    ...table(
      ['input', 'role', 'SHA-256'],
      report.inputs.map(({ path, role, sha256 }) => [path, role, code(sha256)]),
    ),
  ];
}

const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;
const markdownCell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)];
}

// ── for spreadsheets ───────────────────────────────────────────────────────────────────────────────────────────

/** One row an arm of a cell, with its figures and its differences from the two arms that matter. */
export function studyCsv({ arms, comparisons, verdicts }: StudyReport): string {
  const sameCell = (a: StudyCell, b: StudyCell): boolean =>
    cellWords(a).join('\n') === cellWords(b).join('\n');
  const spread = (name: string): string[] => [name, `${name}_low`, `${name}_high`];
  const header = [
    ...['regime', 'schedule', 'thresholds', 'family', 'arm', 'status', 'real', 'synthetic', 'steps'],
    ...['micro_f1', 'macro_f1', 'weighted_f1', 'micro_ap', 'macro_ap', 'lrap'].flatMap(spread),
    ...['ranking_loss', 'hamming_loss', 'subset_accuracy', 'coverage_error', 'calibration_error'],
    ...['over_real_only', 'over_duplicates'].flatMap((name) => [
      ...spread(name),
      `${name}_p`,
      `${name}_p_holm`,
    ]),
    'cell_verdict',
  ];
  const rows = arms.map((arm) => {
    const identity = [...cellWords(arm), arm.id, arm.status, String(arm.real), String(arm.synthetic)];
    if (arm.status === 'failed') return identity;
    const compared = comparisons.find((one) => one.arm === arm.id && sameCell(one, arm));
    return [
      ...identity,
      String(arm.steps),
      ...[arm.microF1, arm.macroF1, arm.weightedF1, arm.microAP, arm.macroAP, arm.lrap].flatMap(numbers),
      ...[arm.rankingLoss, arm.hammingLoss, arm.subsetAccuracy, arm.coverageError, arm.calibrationError].map(
        String,
      ),
      ...[compared?.overRealOnly, compared?.overDuplicates].flatMap((effect) =>
        effect ? [...numbers(effect), String(effect.p), String(effect.pHolm)] : ['', '', '', '', ''],
      ),
      verdicts.find((verdict) => sameCell(verdict, arm))?.verdict ?? '',
    ];
  });
  return [header, ...rows]
    .map((cells) => cells.map(csvCell).join(','))
    .join('\n')
    .concat('\n');
}

const numbers = ({ mean, low, high }: Estimate): readonly string[] => [
  String(mean),
  String(low),
  String(high),
];

/** A text that a spreadsheet would take for a formula gets an apostrophe. */
function csvCell(text: string): string {
  const safe = /^[=+@\t]|^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
