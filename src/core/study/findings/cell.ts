/** Everything that is measured of one cell (regime, schedule, family): figures of every arm under both policies. */
import { PatentLabError } from '../../errors.ts';
import type { LabelMatrix } from '../../metrics/matrix.ts';
import type { Arm } from '../arms.ts';
import type { FailedArm, Unit } from '../execute.ts';
import type { Outcome } from '../outcomes.ts';
import type { FamilyId, Schedule, ThresholdPolicy } from '../plan.ts';
import type { Regime } from '../regimes.ts';
import {
  assignmentFigures,
  rankingFigures,
  type AssignmentFigures,
  type RankingFigures,
  type Resamplings,
} from '../statistics/arm-figures.ts';
import type { Distribution } from '../statistics/estimates.ts';
import type { ResampledSums } from '../statistics/sums.ts';
import type { Draw } from '../training-sets.ts';
import type { RetrievalBase } from './retrieval.ts';

/** What is told of a training beside its figures. */
export type OutcomeCounts = Pick<Outcome, 'steps' | 'real' | 'synthetic'>;

/** Plain data, so that it can come from another thread; the logits stay where they were measured. */
export interface MeasuredArm {
  readonly arm: Arm;
  /** One a seed. */
  readonly outcomes: readonly OutcomeCounts[];
  readonly ranking: RankingFigures;
  readonly assignments: ReadonlyMap<ThresholdPolicy, AssignmentFigures>;
  /** nDCG@10, where retrieval was asked for. */
  readonly ndcg?: Distribution;
}

export interface MeasuredCell {
  readonly family: FamilyId;
  readonly regime: Regime;
  readonly schedule: Schedule;
  readonly draws: readonly Draw[];
  readonly arms: ReadonlyMap<string, MeasuredArm>;
  readonly failed: readonly FailedArm[];
  /** nDCG@10 of the encoder itself. */
  readonly baseNdcg?: Distribution;
}

export interface MeasuringPorts {
  readonly sums: ResampledSums;
  read(unit: Unit): Promise<Outcome | undefined>;
  checkpoint(): Promise<void>;
}

export interface Measuring {
  readonly truth: LabelMatrix;
  readonly policies: readonly ThresholdPolicy[];
  readonly resamplings: Resamplings;
  /** Of the family; absent where retrieval was not asked for. */
  readonly retrieval?: RetrievalBase;
}

/** @param units all units of the cell */
export async function measureCell(
  units: readonly Unit[],
  failed: readonly FailedArm[],
  { truth, policies, resamplings, retrieval }: Measuring,
  ports: MeasuringPorts,
): Promise<MeasuredCell | undefined> {
  const [first] = units;
  if (!first) return undefined;
  const { family, regime, schedule } = first;
  const arms = new Map<string, MeasuredArm>();
  const known: { readonly id: string; readonly outcomes: readonly Outcome[] }[] = [];
  const ofArm = new Map<string, Unit[]>();
  for (const unit of units) ofArm.set(unit.arm.id, [...(ofArm.get(unit.arm.id) ?? []), unit]);
  for (const [id, members] of ofArm) {
    if (failed.some(({ arm }) => arm.id === id)) continue;
    const outcomes: Outcome[] = [];
    for (const unit of members) {
      const outcome = await ports.read(unit);
      if (!outcome) throw outcomeGone(unit);
      outcomes.push(outcome);
    }
    const [unit] = members;
    if (!unit) continue;
    // Arms that cannot differ under a schedule have taken over each other's outcomes.
    const counts = outcomes.map(({ steps, real, synthetic }) => ({ steps, real, synthetic }));
    const same = arms.get(known.find((other) => areSame(other.outcomes, outcomes))?.id ?? '');
    if (same) {
      arms.set(id, { ...same, arm: unit.arm, outcomes: counts });
      continue;
    }
    const one = { id, outcomes };
    known.push(one);
    const checkpoint = (): Promise<void> => ports.checkpoint();
    const assignments = new Map<ThresholdPolicy, AssignmentFigures>();
    for (const policy of policies) {
      assignments.set(
        policy,
        await assignmentFigures(one, policy, truth, resamplings, ports.sums, checkpoint),
      );
    }
    arms.set(id, {
      arm: unit.arm,
      outcomes: counts,
      ranking: await rankingFigures(one, truth, resamplings, ports.sums, checkpoint),
      assignments,
      ...(retrieval ? { ndcg: await retrieval.ofArm(outcomes, resamplings.all, ports.sums) } : {}),
    });
    await ports.checkpoint();
  }
  const seeds = new Map(units.map(({ draw }) => [draw.seed, draw]));
  return {
    family: family.id,
    regime,
    schedule,
    draws: [...seeds.values()],
    arms,
    failed,
    ...(retrieval ? { baseNdcg: retrieval.base } : {}),
  };
}

const outcomeGone = ({ arm, regime, schedule, draw }: Unit): PatentLabError =>
  new PatentLabError({
    code: 'study-outcome-missing',
    message: `What was trained for “${arm.name}” (${regime.name}, ${schedule}, seed ${draw.seed}) is not there any more, or was damaged.`,
    remedy: 'Go on with the study: what is missing is trained again.',
  });

const areSame = (these: readonly Outcome[], those: readonly Outcome[]): boolean =>
  these.length === those.length &&
  these.every(({ logits, threshold }, seed) => {
    const other = those[seed];
    return (
      threshold === other?.threshold &&
      logits.length === other.logits.length &&
      logits.every((value, at) => value === other.logits[at])
    );
  });

/** Micro-F1 of an arm; undefined where it was not asked for or failed. */
export const microF1Of = (
  cell: MeasuredCell,
  arm: string,
  policy: ThresholdPolicy,
): Distribution | undefined => cell.arms.get(arm)?.assignments.get(policy)?.microF1;
