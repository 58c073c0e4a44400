/** Differences between arms of one cell: what *augmented* gains and from what, and every arm against the two that matter. */
import { REWEIGHTED } from '../arms.ts';
import type { ThresholdPolicy } from '../plan.ts';
import type { Comparison, Effect, Gains, MixingCurve, Power, StudyCell, Verdict } from '../report.ts';
import { effect, effects, estimate, minus, type Distribution } from '../statistics/estimates.ts';
import { detectable, verdictOf, verdictSentence } from '../statistics/verdict.ts';
import { microF1Of, type MeasuredCell } from './cell.ts';

/** What says which cell a row belongs to. */
export const identityOf = (cell: MeasuredCell, thresholds: ThresholdPolicy): StudyCell => ({
  regime: cell.regime.name,
  schedule: cell.schedule,
  thresholds,
  family: cell.family,
});

export function comparisonsOf(cell: MeasuredCell, policy: ThresholdPolicy): readonly Comparison[] {
  const ids = [...cell.arms.keys()];
  const over = (baseline: string): ReadonlyMap<string, Effect> => {
    const base = microF1Of(cell, baseline, policy);
    if (!base) return new Map();
    const others = ids.flatMap((id) => {
      const figure = id === baseline ? undefined : microF1Of(cell, id, policy);
      return figure ? [{ id, difference: minus(figure, base) }] : [];
    });
    const tested = effects(others.map(({ difference }) => difference));
    return new Map(others.flatMap(({ id }, at) => (tested[at] ? [[id, tested[at]]] : [])));
  };
  const [overRealOnly, overDuplicates] = [over('real-only'), over('duplicate-to-match')];
  return ids.map((arm) => ({
    ...identityOf(cell, policy),
    arm,
    overRealOnly: overRealOnly.get(arm) ?? null,
    overDuplicates: overDuplicates.get(arm) ?? null,
  }));
}

export function gainsOf(
  cell: MeasuredCell,
  policy: ThresholdPolicy,
  comparisons: readonly Comparison[],
): Gains {
  const compared = (id: string): Comparison | undefined => comparisons.find(({ arm }) => arm === id);
  const augmented = microF1Of(cell, 'augmented', policy);
  const best = bestReweighted(cell, policy);
  const [fixed, tuned] = [microF1Of(cell, 'real-only', 'fixed'), microF1Of(cell, 'real-only', 'tuned')];
  const inAP = (id: string, baseline: string): Gains['microAP']['raw'] => {
    const [a, b] = [cell.arms.get(id)?.ranking.microAP, cell.arms.get(baseline)?.ranking.microAP];
    return a && b ? estimate(minus(a, b)) : null;
  };
  return {
    ...identityOf(cell, policy),
    raw: compared('augmented')?.overRealOnly ?? null,
    volume: compared('duplicate-to-match')?.overRealOnly ?? null,
    steps: compared('step-matched')?.overRealOnly ?? null,
    controlled: compared('augmented')?.overDuplicates ?? null,
    threshold: fixed && tuned ? effect(minus(tuned, fixed)) : null,
    overReweighting: augmented && best ? { ...effect(minus(augmented, best.microF1)), arm: best.arm } : null,
    microAP: {
      raw: inAP('augmented', 'real-only'),
      volume: inAP('duplicate-to-match', 'real-only'),
      steps: inAP('step-matched', 'real-only'),
      controlled: inAP('augmented', 'duplicate-to-match'),
    },
  };
}

function bestReweighted(
  cell: MeasuredCell,
  policy: ThresholdPolicy,
): { readonly arm: string; readonly microF1: Distribution } | undefined {
  let best: { arm: string; microF1: Distribution } | undefined;
  for (const arm of REWEIGHTED) {
    const microF1 = microF1Of(cell, arm, policy);
    if (microF1 && (!best || microF1.value > best.microF1.value)) best = { arm, microF1 };
  }
  return best;
}

export function verdictOfCell(
  cell: MeasuredCell,
  policy: ThresholdPolicy,
  gains: Gains,
): Omit<Verdict, 'leading'> {
  const { raw, controlled } = gains;
  if (raw && controlled) {
    const verdict = verdictOf(raw, controlled);
    return { ...identityOf(cell, policy), verdict, sentence: verdictSentence(verdict, raw, controlled) };
  }
  const missing = ['real-only', 'duplicate-to-match', 'augmented'].filter((id) => !cell.arms.has(id));
  return {
    ...identityOf(cell, policy),
    verdict: null,
    sentence: `No verdict: it needs ${missing.join(', ')}, which the plan leaves out or which failed.`,
  };
}

export function powerOf(cell: MeasuredCell, policy: ThresholdPolicy, documents: number): Power | undefined {
  const [augmented, copies] = [
    microF1Of(cell, 'augmented', policy),
    microF1Of(cell, 'duplicate-to-match', policy),
  ];
  if (!augmented || !copies) return undefined;
  const gain = detectable(minus(augmented, copies));
  const seeds = cell.draws.length === 1 ? 'one seed' : `${cell.draws.length} seeds`;
  const given = `With ${documents} test documents and ${seeds}`;
  return {
    ...identityOf(cell, policy),
    detectable: gain,
    sentence:
      gain === null
        ? `${given} it cannot be told how small a gain over copies would have been found: there are too few to tell any from none.`
        : `${given}, a gain of ${gain.toFixed(3)} micro-F1 over copies would have been found four times out of five; a smaller one may be there and was not seen.`,
  };
}

export function mixingOf(
  cell: MeasuredCell,
  policy: ThresholdPolicy,
  budget: number,
): MixingCurve | undefined {
  const points = [...cell.arms.values()]
    .flatMap(({ arm, assignments }) => {
      const microF1 = assignments.get(policy)?.microF1;
      return arm.kind === 'mix' && microF1 ? [{ share: arm.share, microF1 }] : [];
    })
    .sort((a, b) => a.share - b.share);
  if (points.length === 0) return undefined;
  const best = points.reduce((a, b) => (b.microF1.value > a.microF1.value ? b : a));
  const region = points.filter(({ microF1 }) => estimate(minus(best.microF1, microF1)).low <= 0);
  return {
    ...identityOf(cell, policy),
    budget,
    points: points.map(({ share, microF1 }) => ({ share, microF1: estimate(microF1) })),
    best: best.share,
    region: region.map(({ share }) => share),
  };
}
