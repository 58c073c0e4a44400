/**
 * What the figures of a numerics check come to. "Collapsed" is as METHODS 7 has it: a loss of micro-F1 whose interval
 * excludes zero, or any NaN. What is too far apart without having collapsed is this tool's own choice.
 */
import type { Comparison } from './compare.ts';

/** `execution`: the same numbers, calculated elsewhere; `precision`: other numbers for the same model. */
export type CandidateKind = 'execution' | 'precision';

export type NumericsVerdict = 'passed' | 'collapsed' | 'differs';

export interface Limits {
  /** Least cosine of a document's two embeddings. */
  readonly worstCosine: number;
  /** Largest share of the assignments that may change. */
  readonly flips: number;
}

/**
 * [ours] The same weights differ by the order of sums, and on some devices by half precision inside, which leaves the
 * cosine above 0.9999; a wrong kernel costs far more. A quantised model is another model: its cosine is 0.99 as a rule
 * (all-MiniLM-L6-v2 in int8), and it is worth its speed while nearly all decisions stay.
 */
export const LIMITS: Readonly<Record<CandidateKind, Limits>> = {
  execution: { worstCosine: 0.999, flips: 0.01 },
  precision: { worstCosine: 0.97, flips: 0.1 },
};

export type CriterionName = 'nan' | 'micro-f1' | 'infinite' | 'worst-cosine' | 'flips';

export interface Criterion {
  readonly name: CriterionName;
  /** What the verdict is when it is not met. */
  readonly otherwise: Exclude<NumericsVerdict, 'passed'>;
  /** Null where nothing was there to measure it on: it is then neither met nor failed. */
  readonly met: boolean | null;
  /** What was measured, and what it is held against. */
  readonly value: number | null;
  readonly limit: number;
}

export function criteriaOf(comparison: Comparison, kind: CandidateKind): readonly Criterion[] {
  const { nonFinite, microF1, cosine, flips } = comparison;
  const limits = LIMITS[kind];
  const atMost = (
    name: CriterionName,
    otherwise: Criterion['otherwise'],
    value: number | null,
    limit: number,
  ): Criterion => ({ name, otherwise, value, limit, met: value === null ? null : value <= limit });
  const f1 = microF1?.difference.high ?? null;
  return [
    atMost('nan', 'collapsed', nonFinite.nan, 0),
    // The upper end of the interval of the difference: under 0, the loss is beyond chance.
    { name: 'micro-f1', otherwise: 'collapsed', value: f1, limit: 0, met: f1 === null ? null : f1 >= 0 },
    atMost('infinite', 'differs', nonFinite.infinite, 0),
    {
      name: 'worst-cosine',
      otherwise: 'differs',
      value: cosine.worst,
      limit: limits.worstCosine,
      met: cosine.worst === null ? null : cosine.worst >= limits.worstCosine,
    },
    atMost('flips', 'differs', flips?.share ?? null, limits.flips),
  ];
}

/** Collapsed wins over differs; what was not measured decides nothing, but something must have been measured. */
export function verdictOf(criteria: readonly Criterion[]): NumericsVerdict {
  const failed = criteria.filter(({ met }) => met === false);
  if (failed.some(({ otherwise }) => otherwise === 'collapsed')) return 'collapsed';
  if (failed.length > 0) return 'differs';
  return criteria.some(({ name, met }) => name === 'worst-cosine' && met === true) ? 'passed' : 'differs';
}
