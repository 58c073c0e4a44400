/**
 * Walks through all arms, regimes, schedules, seeds and families of a study. What was done before is taken from the
 * store, so a study that was stopped goes on where it was; an arm that fails becomes a failed row and the others go on.
 */
import { PatentLabError, toErrorReport, type ErrorReport } from '../errors.ts';
import { Random } from '../random.ts';
import { needsSynthetic, type Arm } from './arms.ts';
import type { Family } from './family.ts';
import { augmentedSteps, fitsOf, runArm, type Others, type Outcome, type StudySetting } from './outcomes.ts';
import type { FamilyId, Schedule } from './plan.ts';
import { drawRegimes, type Regime } from './regimes.ts';
import { durationOf, mixBudget, syntheticFor, type Draw } from './training-sets.ts';

/** One training: an arm in one regime, schedule, seed and family. */
export interface Unit {
  readonly family: Family;
  readonly regime: Regime;
  readonly schedule: Schedule;
  readonly arm: Arm;
  readonly draw: Draw;
}

/** What a unit takes, in parts that can be timed. */
export interface UnitWork {
  readonly fits: number;
  /** Optimiser steps of all fits. */
  readonly steps: number;
  /** Documents of all fits that are trained to convergence. */
  readonly converging: number;
}

export interface OutcomeStore {
  read(unit: Unit): Promise<Outcome | undefined>;
  write(unit: Unit, outcome: Outcome): Promise<void>;
}

export interface ExecutionPorts {
  readonly store: OutcomeStore;
  /** Called often; throws to stop. */
  checkpoint(): Promise<void>;
  /** Before a unit is trained (not before one that was done). */
  onUnit(unit: Unit): void;
  /** After each unit, with the seconds being the caller's to measure. */
  onDone(unit: Unit, wasKnown: boolean): void;
}

/** Plain data, so that it can come from another thread. */
export interface FailedArm {
  readonly family: FamilyId;
  readonly regime: string;
  readonly schedule: Schedule;
  readonly arm: Arm;
  readonly error: ErrorReport;
}

/** The documents of each regime, for each seed: `[seed][regime]`. */
export function drawAll(
  { corpus, plan }: StudySetting,
  regimes: readonly Regime[],
): readonly (readonly Draw[])[] {
  const pool = {
    rows: corpus.real,
    groups: corpus.documents.map(({ group }) => group),
    labels: corpus.documents.map(({ labels }) => labels),
  };
  return Array.from({ length: plan.seeds }, (_, index) => {
    const seed = plan.seed + index;
    return drawRegimes(pool, regimes, new Random(seed)).map((real) => ({
      seed,
      real,
      synthetic: syntheticFor(corpus, real),
    }));
  });
}

/** All units, those that others are made from first. */
export function unitsOf(
  setting: StudySetting,
  arms: readonly Arm[],
  families: readonly Family[],
  regimes: readonly Regime[],
  draws: readonly (readonly Draw[])[],
): readonly Unit[] {
  const first = ['real-only', 'synthetic-only', 'augmented'];
  const place = ({ id }: Arm): number => (first.includes(id) ? first.indexOf(id) : first.length);
  const ordered = [...arms].sort((a, b) => place(a) - place(b));
  return families.flatMap((family) =>
    regimes.flatMap((regime, at) =>
      setting.plan.schedules.flatMap((schedule) =>
        draws.flatMap((ofSeed) => {
          const draw = ofSeed[at];
          return draw ? ordered.map((arm): Unit => ({ family, regime, schedule, arm, draw })) : [];
        }),
      ),
    ),
  );
}

/** Which cell a unit belongs to. */
export const cellKey = ({ family, regime, schedule }: Unit): string =>
  `${family.id} ${regime.name} ${schedule}`;

/** The units of each cell. */
export const cellsOf = (units: readonly Unit[]): readonly (readonly Unit[])[] => grouped(units, cellKey);

/** The units of each cell and seed: some are made from others of the same group, none from one of another. */
export const seedGroupsOf = (units: readonly Unit[]): readonly (readonly Unit[])[] =>
  grouped(units, (unit) => `${cellKey(unit)} ${unit.draw.seed}`);

function grouped(units: readonly Unit[], keyOf: (unit: Unit) => string): readonly (readonly Unit[])[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const group = groups.get(keyOf(unit));
    if (group) group.push(unit);
    else groups.set(keyOf(unit), [unit]);
  }
  return [...groups.values()];
}

/** Arms that cannot differ from another one under a schedule: they take over its outcome. */
function aliasOf({ kind }: Arm, schedule: Schedule): string | undefined {
  if (kind === 'step-matched' && schedule !== 'fixed-epochs') return 'real-only';
  const ordered = kind === 'curriculum-synthetic-first' || kind === 'curriculum-real-first';
  return ordered && schedule === 'convergence' ? 'augmented' : undefined;
}

/** @returns the arms that failed, each once a regime, schedule and family */
export async function execute(
  units: readonly Unit[],
  setting: StudySetting,
  ports: ExecutionPorts,
): Promise<readonly FailedArm[]> {
  const failed = new Map<string, FailedArm>();
  const known = new Map<string, Outcome>();
  let seed = '';
  for (const unit of units) {
    const { family, regime, schedule, arm, draw } = unit;
    const cell = cellKey(unit);
    // Outcomes of other seeds are of no use any more, and all of them would fill the memory.
    if (seed !== `${cell} ${draw.seed}`) known.clear();
    seed = `${cell} ${draw.seed}`;
    if (failed.has(`${cell} ${arm.id}`)) continue;
    await ports.checkpoint();
    const done = await ports.store.read(unit);
    if (done) {
      known.set(arm.id, done);
      ports.onDone(unit, true);
      continue;
    }
    ports.onUnit(unit);
    try {
      const outcome =
        known.get(aliasOf(arm, schedule) ?? '') ??
        (await runArm(unit, setting, othersIn(known), () => ports.checkpoint()));
      known.set(arm.id, outcome);
      await ports.store.write(unit, outcome);
    } catch (cause) {
      if (cause instanceof PatentLabError && STOPS.has(cause.code)) throw cause;
      failed.set(`${cell} ${arm.id}`, {
        family: family.id,
        regime: regime.name,
        schedule,
        arm,
        error: toErrorReport(cause),
      });
    }
    ports.onDone(unit, false);
  }
  return [...failed.values()];
}

/** What ends a study instead of an arm. */
const STOPS: ReadonlySet<string> = new Set(['cancelled', 'disk-full', 'write-failed', 'memory-insufficient']);

function othersIn(known: ReadonlyMap<string, Outcome>): Others {
  const [realOnly, syntheticOnly] = [known.get('real-only'), known.get('synthetic-only')];
  return { ...(realOnly ? { realOnly } : {}), ...(syntheticOnly ? { syntheticOnly } : {}) };
}

/** What a unit will take, told before anything is trained. A filter is assumed to let everything pass. */
export function workOf(unit: Unit, { plan }: StudySetting, arms: readonly Arm[]): UnitWork {
  const { arm, draw, family, schedule } = unit;
  const alias = aliasOf(arm, schedule);
  const impossible = needsSynthetic(arm.kind) && draw.synthetic.length === 0;
  if (impossible || arm.kind === 'ensemble' || arms.some(({ id }) => id === alias)) {
    return { fits: 0, steps: 0, converging: 0 };
  }
  const fits = fitsOf(arm, plan);
  const { distinct, sizes } = sizesOf(unit, plan.mixShares.length > 0 ? mixBudget(draw, plan) : 0);
  if (schedule === 'convergence') return { fits, steps: 0, converging: fits * distinct };
  const duration = durationOf(arm, schedule, plan, augmentedSteps(family, draw, plan));
  return { fits, steps: fits * family.steps(sizes, duration), converging: 0 };
}

/** Documents of each phase, copies counted, and how many of them are distinct. */
function sizesOf({ arm, draw }: Unit, budget: number): { distinct: number; sizes: readonly number[] } {
  const [real, synthetic] = [draw.real.length, draw.synthetic.length];
  switch (arm.kind) {
    case 'duplicate-to-match':
      return { distinct: real, sizes: [real + synthetic] };
    case 'synthetic-only':
      return { distinct: synthetic, sizes: [synthetic] };
    case 'mix':
      return {
        distinct:
          Math.min(real, Math.round(arm.share * budget)) +
          Math.min(synthetic, Math.round((1 - arm.share) * budget)),
        sizes: [budget],
      };
    case 'curriculum-real-first':
      return { distinct: real + synthetic, sizes: [real, synthetic] };
    case 'curriculum-synthetic-first':
      return { distinct: real + synthetic, sizes: [synthetic, real] };
    case 'paraphrase': {
      const all = real + Math.min(synthetic, real * arm.scale);
      return { distinct: all, sizes: [all] };
    }
    default: {
      const all = needsSynthetic(arm.kind) && arm.kind !== 'step-matched' ? real + synthetic : real;
      return { distinct: all, sizes: [all] };
    }
  }
}
