/** From outcomes to findings: cell by cell, so that the logits of one cell are in memory at a time. */
import type { Compute } from '../../graph/compute.ts';
import { relevanceTable } from '../../retrieval/label-relevance.ts';
import type { Arm } from '../arms.ts';
import type { FailedArm, Unit } from '../execute.ts';
import type { Outcome, StudySetting } from '../outcomes.ts';
import type { FamilyId } from '../plan.ts';
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
import { drawResampling, FEW_RESAMPLES, firstResamples } from '../statistics/resampling.ts';
import { ResampledSums } from '../statistics/sums.ts';
import { mixBudget } from '../training-sets.ts';
import { measureCell, type MeasuredArm, type MeasuredCell } from './cell.ts';
import { conclusionOf, recipeOf, withLeading } from './conclusion.ts';
import { decompositionOf } from './decomposition.ts';
import { CellDistances, correlationsOf, fidelityOf, type EncodedDocuments } from './fidelity.ts';
import { comparisonsOf, gainsOf, identityOf, mixingOf, powerOf, verdictOfCell } from './gains.ts';
import { notesOf } from './notes.ts';
import { RetrievalBase } from './retrieval.ts';

export interface FindingsPorts {
  readonly compute: Compute;
  read(unit: Unit): Promise<Outcome | undefined>;
  checkpoint(): Promise<void>;
  onCell(done: number, total: number): void;
}

export interface Executed {
  readonly units: readonly Unit[];
  readonly failed: readonly FailedArm[];
  /** Vectors of the test documents in each family's own space, row-major; for retrieval. */
  readonly spaces: ReadonlyMap<FamilyId, Float32Array>;
  /** All documents as an encoder sees them; absent where fidelity against gain is not asked for. */
  readonly encoded?: EncodedDocuments;
  /** What was noted while the arms were laid out. */
  readonly notes: readonly string[];
}

export async function findingsOf(
  setting: StudySetting,
  { units, failed, spaces, encoded, notes }: Executed,
  ports: FindingsPorts,
): Promise<StudyFindings> {
  const { corpus, plan, targets } = setting;
  const test = Array.from(corpus.test, (row) => corpus.documents[row]);
  const columns = corpus.labels.length;
  const truth = {
    rows: corpus.test.length,
    columns,
    data: Uint8Array.from(
      Array.from(corpus.test).flatMap((row) => [...targets.subarray(row * columns, (row + 1) * columns)]),
    ),
  };
  const all = drawResampling(
    test.map((document) => document?.group ?? ''),
    plan.resamples,
    plan.seed,
  );
  const resamplings = { all, few: firstResamples(all, FEW_RESAMPLES) };
  const sums = new ResampledSums(ports.compute);
  const cells: MeasuredCell[] = [];
  const fidelity: FidelityCell[] = [];
  const distances = encoded && new CellDistances(encoded, corpus, plan, ports);
  const grouped = byCell(units);
  const bases = new Map<FamilyId, RetrievalBase>();
  try {
    for (const [family, vectors] of spaces) {
      if (plan.retrieval === 'none') break;
      const table = relevanceTable(
        test.map((document) => document?.labels ?? []),
        test.map((document) => document?.id ?? ''),
        plan.retrieval,
      );
      bases.set(family, await RetrievalBase.make(ports.compute, table, vectors, columns, all, sums));
    }
    for (const [at, members] of grouped.entries()) {
      ports.onCell(at, grouped.length);
      const [first] = members;
      const ofCell = failed.filter(
        ({ family, regime, schedule }) =>
          family === first?.family && regime === first.regime && schedule === first.schedule,
      );
      const retrieval = first && bases.get(first.family.id);
      const cell = await measureCell(
        members,
        ofCell,
        { truth, policies: plan.thresholds, resamplings, ...(retrieval ? { retrieval } : {}) },
        { ...ports, sums },
      );
      if (!cell) continue;
      cells.push(cell);
      if (distances) {
        fidelity.push(...fidelityOf(cell, plan.thresholds, await distances.of(cell), corpus));
      }
    }
  } finally {
    await sums.release();
    for (const base of bases.values()) await base.release();
  }
  return assembled(setting, cells, fidelity, [...notes, ...(distances?.notes ?? [])]);
}

function byCell(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const cells = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = `${unit.family.id} ${unit.regime.name} ${unit.schedule}`;
    cells.set(key, [...(cells.get(key) ?? []), unit]);
  }
  return [...cells.values()];
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
    recipe: recipeOf({ verdicts }),
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
  const mean = (pick: (outcome: Outcome) => number): number =>
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
