/**
 * The verdict of one cell, from intervals alone (METHODS 2): a point estimate never decides.
 *
 * *helps*: synthetic documents beat real-only, and beat as many copies of real ones. *only volume*: they beat real-only,
 * and copies do as well. *hurts*: worse than real-only; or worse than copies and no better than real-only.
 */
import type { Estimate, StudyVerdict } from '../report.ts';
import { estimate, standardError, type Distribution } from './estimates.ts';

/** Standard errors that four estimates of five do not fall short of the effect by. */
const FOUR_OF_FIVE = 0.84;
/** Gains are told to three digits; one that they show as nothing is none that could be told. */
const LEAST_TOLD = 0.0005;

export function verdictOf(raw: Estimate, controlled: Estimate): StudyVerdict {
  if (raw.high < 0) return 'hurts';
  if (raw.low > 0) return controlled.low > 0 ? 'helps' : 'only volume';
  return controlled.high < 0 ? 'hurts' : 'no measurable effect';
}

export function verdictSentence(verdict: StudyVerdict, raw: Estimate, controlled: Estimate): string {
  const gain = `${signed(raw.mean)} micro-F1 over real documents alone (95 % interval ${interval(raw)})`;
  const content = `${signed(controlled.mean)} over as many copies of real ones (${interval(controlled)})`;
  switch (verdict) {
    case 'helps':
      return `Synthetic documents help: ${gain}, and ${content}.`;
    case 'only volume':
      return controlled.high < 0
        ? `Only volume: ${gain}, but copies of real documents do better, ${content}.`
        : `Only volume: ${gain}, and ${content}, which may be nothing.`;
    case 'no measurable effect':
      return `No measurable effect: ${gain}, and ${content}.`;
    case 'hurts':
      return `Synthetic documents hurt: ${gain}, and ${content}.`;
  }
}

/**
 * The smallest gain that this test set and these seeds find in four of five studies. Null where it cannot be told: no
 * resample differed from another, or only a gain beyond all that micro-F1 can gain would have been found.
 */
export function detectable(controlled: Distribution): number | null {
  const { low, high } = estimate(controlled);
  const gain = (high - low) / 2 + FOUR_OF_FIVE * standardError(controlled);
  return gain > LEAST_TOLD && gain < 1 ? gain : null;
}

export const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
export const interval = ({ low, high }: Estimate): string => `${signed(low)} to ${signed(high)}`;
