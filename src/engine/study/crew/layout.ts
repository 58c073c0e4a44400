/** What a study's work is done on: plain data, so that a thread can be given all of it. */
import type { Arm } from '../../../core/study/arms.ts';
import { unitsOf, type Unit } from '../../../core/study/execute.ts';
import type { Family } from '../../../core/study/family.ts';
import type { StudySetting } from '../../../core/study/outcomes.ts';
import type { Regime } from '../../../core/study/regimes.ts';
import type { Draw } from '../../../core/study/training-sets.ts';
import { familyOf, type FamilyFeatures } from '../families.ts';

export interface StudyLayout {
  readonly setting: StudySetting;
  readonly regimes: readonly Regime[];
  readonly arms: readonly Arm[];
  /** `[seed][regime]`. */
  readonly draws: readonly (readonly Draw[])[];
  readonly features: readonly FamilyFeatures[];
  /** The run's folder, where outcomes are kept. */
  readonly folder: string;
}

export interface StudyUnits {
  readonly families: readonly Family[];
  readonly units: readonly Unit[];
}

/** The families, made from their features, and all units; the same ones in the same order in every thread. */
export function unitsIn({ setting, arms, features, regimes, draws }: StudyLayout): StudyUnits {
  const families = features.map((one) => familyOf(one, setting));
  return { families, units: unitsOf(setting, arms, families, regimes, draws) };
}
