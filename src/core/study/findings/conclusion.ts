/** The answer in a sentence or two, and what the trainer should do; both computed from the verdicts. */
import type { FamilyId, Schedule } from '../plan.ts';
import type { ArmResult, Recipe, StudyCell, Verdict } from '../report.ts';

interface Found {
  readonly verdicts: readonly Verdict[];
}

/**
 * The cell that speaks for a regime: the one in which steps and thresholds explain least. The product's own classifiers
 * are trained to convergence and have tuned thresholds, too.
 */
const STRICTEST: readonly Schedule[] = ['convergence', 'step-matched', 'fixed-epochs'];

/** The verdicts, with one of each regime leading: of the plan's first family that has any. */
export function withLeading(verdicts: readonly Omit<Verdict, 'leading'>[]): readonly Verdict[] {
  const known = verdicts.filter(({ verdict }) => verdict !== null);
  const [family] = known.map((verdict) => verdict.family);
  const rank = ({ schedule, thresholds }: Omit<Verdict, 'leading'>): number =>
    2 * STRICTEST.indexOf(schedule) + (thresholds === 'tuned' ? 0 : 1);
  const leading = new Map<string, Omit<Verdict, 'leading'>>();
  for (const one of known.filter((verdict) => verdict.family === family)) {
    const best = leading.get(one.regime);
    if (!best || rank(one) < rank(best)) leading.set(one.regime, one);
  }
  return verdicts.map((verdict) => ({ ...verdict, leading: leading.get(verdict.regime) === verdict }));
}

const SCHEDULE_WORDS: Readonly<Record<Schedule, string>> = {
  convergence: 'trained to convergence',
  'step-matched': 'with as many steps',
  'fixed-epochs': 'with fixed epochs',
};

const settingOf = ({ schedule, thresholds }: Verdict): string =>
  `${SCHEDULE_WORDS[schedule]}, ${thresholds === 'tuned' ? 'tuned thresholds' : 'threshold 0.5'}`;

export function conclusionOf({ verdicts }: Found): string {
  const leading = verdicts.filter((one) => one.leading);
  if (leading.length === 0) return verdicts[0]?.sentence ?? 'Nothing was compared.';
  const sentences = leading.map((one) => `${regimeWords(one.regime)} (${settingOf(one)}): ${one.sentence}`);
  const others = verdicts.filter(
    (one) =>
      one.verdict !== null &&
      leading.some(({ regime, verdict }) => regime === one.regime && verdict !== one.verdict),
  );
  if (others.length > 0) {
    const told = others.map(
      (one) => `${regimeWords(one.regime).toLowerCase()}, ${settingOf(one)}: ${one.verdict ?? ''}`,
    );
    sentences.push(`The setting matters: ${told.join('; ')}.`);
  }
  return sentences.join(' ');
}

const regimeWords = (regime: string): string =>
  regime === '100%'
    ? 'All real documents'
    : `${regime} ${regime.endsWith('%') ? 'of the real documents' : 'real documents'}`;

/** Only what is shown to help is recommended; a raw gain that copies explain is none. */
export function recipeOf({ verdicts, arms }: Found & { readonly arms: readonly ArmResult[] }): Recipe | null {
  const last = verdicts.filter((one) => one.leading).at(-1);
  if (!last?.verdict) return null;
  const helps = last.verdict === 'helps';
  const arm = helps ? 'augmented' : 'real-only';
  return {
    arm,
    regime: last.regime,
    syntheticUse: helps ? 'all' : 'none',
    reason: `${regimeWords(last.regime)}, ${settingOf(last)}. ${last.sentence}`,
    applied: [
      helps
        ? 'All synthetic documents of the workspace that no review rejected are trained on.'
        : 'No synthetic documents are trained on.',
      ...(last.schedule === 'convergence' ? ['Training goes on until nothing improves.'] : []),
      ...(last.thresholds === 'tuned'
        ? ['Thresholds come from cross-validation on the training documents.']
        : []),
    ],
    notApplied: notApplied(last, arm, arms),
  };
}

const FAMILY_WORDS: Readonly<Record<FamilyId, string>> = {
  'encoder-linear': 'a linear classifier on the encoder',
  'encoder-mlp': 'a hidden layer on the encoder',
  'tfidf-linear': 'a linear classifier on words',
  lora: 'an encoder with trained adapters (LoRA)',
  full: 'an encoder trained as a whole',
};

/** The trainer has one way to train; where the study's was another one, a person is told before it is taken. */
function notApplied(cell: Verdict, recommended: string, arms: readonly ArmResult[]): readonly string[] {
  const ofCell = arms.flatMap((arm) =>
    arm.status === 'ok' && isSameCell(arm, cell)
      ? [{ id: arm.id, name: arm.name, mean: arm.microF1.mean }]
      : [],
  );
  const own = ofCell.find(({ id }) => id === recommended);
  const best = ofCell.reduce(
    (a, b) => (b.mean > a.mean ? b : a),
    own ?? { id: '', name: '', mean: -Infinity },
  );
  return [
    `The study judged ${FAMILY_WORDS[cell.family]}; the trainer always puts encoder, words and label texts together.`,
    ...(cell.schedule === 'convergence'
      ? []
      : ['The trainer trains until nothing improves, not for so many steps.']),
    cell.thresholds === 'tuned'
      ? 'The study tuned one threshold for all labels; the trainer tunes one a label.'
      : 'The trainer tunes its thresholds, one a label; 0.5 is not kept.',
    ...(own && best.id !== recommended
      ? [
          `“${best.name}” scored highest here, ${best.mean.toFixed(3)} micro-F1 beside ${own.mean.toFixed(3)}: no loss, mix or order of an arm is taken over.`,
        ]
      : []),
  ];
}

const isSameCell = (a: StudyCell, b: StudyCell): boolean =>
  a.regime === b.regime &&
  a.schedule === b.schedule &&
  a.thresholds === b.thresholds &&
  a.family === b.family;
