/** real-only at 0.5 → tuned threshold → as many steps → as many documents → synthetic content (METHODS 2). */
import type { Decomposition, WaterfallStep } from '../report.ts';
import { estimate, minus, type Distribution } from '../statistics/estimates.ts';
import type { ThresholdPolicy } from '../plan.ts';
import type { StudyCorpus } from '../corpus.ts';
import type { AssignmentFigures } from '../statistics/arm-figures.ts';
import type { MeasuredCell } from './cell.ts';

interface Stage {
  /** What leads to it; the first stage has none. */
  readonly step?: WaterfallStep['step'];
  readonly arm: string;
  readonly policy: ThresholdPolicy;
}

/** Under other schedules than fixed epochs all arms take as long, so there are no steps to match. */
function stagesOf({ schedule }: MeasuredCell): readonly Stage[] {
  return [
    { arm: 'real-only', policy: 'fixed' },
    { step: 'threshold', arm: 'real-only', policy: 'tuned' },
    ...(schedule === 'fixed-epochs'
      ? [{ step: 'steps', arm: 'step-matched', policy: 'tuned' } as const]
      : []),
    { step: 'volume', arm: 'duplicate-to-match', policy: 'tuned' },
    { step: 'synthetic', arm: 'augmented', policy: 'tuned' },
  ];
}

/** Undefined where one of its arms or policies is missing: a waterfall with a gap would tell something else. */
export function decompositionOf(cell: MeasuredCell, corpus: StudyCorpus): Decomposition | undefined {
  const stages = stagesOf(cell).map((stage) => ({
    ...stage,
    figures: cell.arms.get(stage.arm)?.assignments.get(stage.policy),
  }));
  const complete = stages.flatMap(({ step, figures }) => (figures ? [{ step, figures }] : []));
  const [first] = complete;
  const last = complete.at(-1);
  if (!first || !last || complete.length !== stages.length) return undefined;
  const whole = waterfall(complete, ({ microF1 }) => microF1);
  const counts = labelCounts(cell, corpus);
  return {
    regime: cell.regime.name,
    schedule: cell.schedule,
    family: cell.family,
    start: estimate(first.figures.microF1),
    end: estimate(last.figures.microF1),
    steps: whole,
    perLabel: corpus.labels.map((_, label) => ({
      label,
      real: counts.real[label] ?? 0,
      synthetic: counts.synthetic[label] ?? 0,
      test: counts.test[label] ?? 0,
      start: first.figures.labels[label]?.value ?? 0,
      end: last.figures.labels[label]?.value ?? 0,
      steps: waterfall(complete, ({ labels }) => labels[label]),
    })),
  };
}

function waterfall(
  stages: readonly {
    readonly step: WaterfallStep['step'] | undefined;
    readonly figures: AssignmentFigures;
  }[],
  pick: (figures: AssignmentFigures) => Distribution | undefined,
): readonly WaterfallStep[] {
  return stages.flatMap(({ step, figures }, at): WaterfallStep[] => {
    const before = stages[at - 1];
    const [from, to] = [before && pick(before.figures), pick(figures)];
    if (step === undefined || !from || !to) return [];
    return [{ step, after: to.value, change: estimate(minus(to, from)) }];
  });
}

/** Documents of each label: of the regime (mean over seeds), and of the test set. */
function labelCounts(
  { draws }: MeasuredCell,
  { documents, test, labels }: StudyCorpus,
): Readonly<Record<'real' | 'synthetic' | 'test', Float64Array>> {
  const count = (rows: Int32Array, weight: number, counts: Float64Array): void => {
    for (const row of rows) {
      for (const label of documents[row]?.labels ?? []) counts[label] = (counts[label] ?? 0) + weight;
    }
  };
  const counts = {
    real: new Float64Array(labels.length),
    synthetic: new Float64Array(labels.length),
    test: new Float64Array(labels.length),
  };
  for (const { real, synthetic } of draws) {
    count(real, 1 / draws.length, counts.real);
    count(synthetic, 1 / draws.length, counts.synthetic);
  }
  count(test, 1, counts.test);
  return counts;
}
