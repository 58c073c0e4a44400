/** From what was trained to findings: every cell is measured, and what the measurements say is put together. */
import type { Compute } from '../../graph/compute.ts';
import type { Arm } from '../arms.ts';
import { cellsOf, type FailedArm, type Unit } from '../execute.ts';
import type { StudySetting } from '../outcomes.ts';
import type {
  ArmDone,
  ArmResult,
  Comparison,
  Decomposition,
  FidelityCell,
  Gains,
  MixingCurve,
  Power,
  RetrievalEffect,
  StudyFindings,
  Verdict,
} from '../report.ts';
import { effects, estimate, minus } from '../statistics/estimates.ts';
import { mixBudget } from '../training-sets.ts';
import type { MeasuredArm, MeasuredCell, OutcomeCounts } from './cell.ts';
import { conclusionOf, recipeOf, withLeading } from './conclusion.ts';
import { decompositionOf } from './decomposition.ts';
import { CellDistances, correlationsOf, fidelityOf, type EncodedDocuments } from './fidelity.ts';
import { comparisonsOf, gainsOf, identityOf, mixingOf, powerOf, verdictOfCell } from './gains.ts';
import { notesOf } from './notes.ts';

/** The units of a cell and those of its arms that failed. */
export interface ExecutedCell {
  readonly units: readonly Unit[];
  readonly failed: readonly FailedArm[];
}

export interface FindingsPorts {
  readonly compute: Compute;
  /** Measures cells, in their order; see {@link CellMeasurer}. */
  measure(cells: readonly ExecutedCell[]): Promise<readonly (MeasuredCell | undefined)[]>;
  checkpoint(): Promise<void>;
}

export interface Executed {
  readonly units: readonly Unit[];
  readonly failed: readonly FailedArm[];
  /** All documents as an encoder sees them; absent where fidelity against gain is not asked for. */
  readonly encoded?: EncodedDocuments;
  /** What was noted while the arms were laid out. */
  readonly notes: readonly string[];
}

export async function findingsOf(
  setting: StudySetting,
  { units, failed, encoded, notes }: Executed,
  ports: FindingsPorts,
): Promise<StudyFindings> {
  const { corpus, plan } = setting;
  const measured = await ports.measure(
    cellsOf(units).map((members) => ({
      units: members,
      failed: failed.filter(({ family, regime, schedule }) => {
        const [first] = members;
        return family === first?.family.id && regime === first.regime.name && schedule === first.schedule;
      }),
    })),
  );
  const cells = measured.filter((cell) => cell !== undefined);
  const distances = encoded && new CellDistances(encoded, corpus, plan, ports);
  const fidelity: FidelityCell[] = [];
  for (const cell of distances ? cells : []) {
    if (distances) fidelity.push(...fidelityOf(cell, plan.thresholds, await distances.of(cell), corpus));
  }
  return assembled(setting, cells, fidelity, [...notes, ...(distances?.notes ?? [])]);
}

function assembled(
  setting: StudySetting,
  cells: readonly MeasuredCell[],
  fidelity: readonly FidelityCell[],
  notes: readonly string[],
): StudyFindings {
  const { corpus, plan } = setting;
  const arms: ArmResult[] = [];
  const gains: Gains[] = [];
  const comparisons: Comparison[] = [];
  const decompositions: Decomposition[] = [];
  const mixing: MixingCurve[] = [];
  const retrieval: RetrievalEffect[] = [];
  const judged: Omit<Verdict, 'leading'>[] = [];
  const power: Power[] = [];
  for (const cell of cells) {
    for (const policy of plan.thresholds) {
      for (const arm of cell.arms.values()) arms.push(...armDone(cell, arm, policy));
      for (const { arm, error } of cell.failed) {
        arms.push({
          ...identityOf(cell, policy),
          ...named(arm),
          status: 'failed',
          error,
          real: 0,
          synthetic: 0,
        });
      }
      const compared = comparisonsOf(cell, policy);
      const gained = gainsOf(cell, policy, compared);
      comparisons.push(...compared);
      gains.push(gained);
      judged.push(verdictOfCell(cell, policy, gained));
      const [draw] = cell.draws;
      const curve = draw && mixingOf(cell, policy, mixBudget(draw, plan));
      if (curve) mixing.push(curve);
      const detectable = powerOf(cell, policy, corpus.test.length);
      if (detectable) power.push(detectable);
    }
    const decomposition = decompositionOf(cell, corpus);
    if (decomposition) decompositions.push(decomposition);
    retrieval.push(...retrievalOf(cell));
  }
  const verdicts = withLeading(judged);
  const { correlations, differences } = correlationsOf(fidelity);
  return {
    labels: corpus.labels,
    arms,
    gains,
    comparisons,
    decompositions,
    mixing,
    retrieval,
    fidelity,
    correlations,
    correlationDifferences: differences,
    verdicts,
    power,
    recipe: recipeOf({ verdicts, arms }),
    conclusion: conclusionOf({ verdicts }),
    notes: [...notes, ...notesOf(setting, cells)],
  };
}

const named = ({ id, name }: Arm): { readonly id: string; readonly name: string } => ({ id, name });

function armDone(
  cell: MeasuredCell,
  { arm, outcomes, ranking, assignments }: MeasuredArm,
  policy: ArmDone['thresholds'],
): readonly ArmDone[] {
  const assigned = assignments.get(policy);
  if (!assigned) return [];
  const mean = (pick: (outcome: OutcomeCounts) => number): number =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0) / outcomes.length;
  return [
    {
      ...identityOf(cell, policy),
      ...named(arm),
      status: 'ok',
      real: Math.round(mean(({ real }) => real)),
      synthetic: Math.round(mean(({ synthetic }) => synthetic)),
      steps: Math.round(mean(({ steps }) => steps)),
      microF1: estimate(assigned.microF1),
      macroF1: estimate(assigned.macroF1),
      weightedF1: estimate(assigned.weightedF1),
      microAP: estimate(ranking.microAP),
      macroAP: estimate(ranking.macroAP),
      lrap: estimate(ranking.lrap),
      rankingLoss: ranking.rankingLoss,
      hammingLoss: assigned.hammingLoss,
      subsetAccuracy: assigned.subsetAccuracy,
      coverageError: ranking.coverageError,
      calibrationError: ranking.calibrationError,
      seeds: outcomes.map(({ steps }, at) => ({
        seed: cell.draws[at]?.seed ?? 0,
        microF1: assigned.microF1s[at] ?? 0,
        macroF1: assigned.macroF1s[at] ?? 0,
        microAP: ranking.microAPs[at] ?? 0,
        threshold: assigned.thresholds[at] ?? 0.5,
        steps,
      })),
    },
  ];
}

/** Holm's correction runs over the arms. */
function retrievalOf(cell: MeasuredCell): readonly RetrievalEffect[] {
  const base = cell.baseNdcg;
  if (!base) return [];
  const measured = [...cell.arms.values()].flatMap(({ arm, ndcg }) => (ndcg ? [{ arm: arm.id, ndcg }] : []));
  const changes = effects(measured.map(({ ndcg }) => minus(ndcg, base)));
  return measured.flatMap(({ arm, ndcg }, at) => {
    const change = changes[at];
    if (!change) return [];
    return [
      {
        regime: cell.regime.name,
        schedule: cell.schedule,
        family: cell.family,
        arm,
        base: base.value,
        ndcg: estimate(ndcg),
        change,
        verdict: change.low > 0 ? 'helps' : change.high < 0 ? 'hurts' : 'no measurable effect',
      } as const,
    ];
  });
}
