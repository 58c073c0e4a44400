/**
 * Which passages carried a label, and the sum that leads to its logit. What is not shown is one line of that sum, so
 * the numbers on the screen add up to the number at its foot.
 */
import type { EvidencePassage, LabelPrediction } from '../../src/protocol/engine.ts';
import { isZero, roundToSum } from '../ui/format.ts';

export interface Contribution {
  readonly passage: EvidencePassage;
  /** Position of the passage in the evidence. */
  readonly index: number;
  readonly value: number;
  /** The value as it is shown: rounded so that the sum holds. */
  readonly shown: number;
}

export interface EvidenceSum {
  /** Passages that speak for the label, strongest first. */
  readonly supporting: readonly Contribution[];
  /** Passages that speak against it, strongest first. */
  readonly opposing: readonly Contribution[];
  /** Passages that are summed but not shown. */
  readonly rest: { readonly passages: number; readonly shown: number };
  /** What no passage carries: intercepts and special tokens. */
  readonly baseline: number;
  /** What the parts leave open; zero unless the engine's numbers do not add up. */
  readonly unaccounted: number;
  readonly logit: number;
  /** The largest contribution of all passages, for the bars. */
  readonly scale: number;
}

export const SUPPORTING = 5;
export const OPPOSING = 2;

/** `undefined` where the prediction carries no evidence for the label. */
export function evidenceFor(
  label: LabelPrediction,
  passages: readonly EvidencePassage[] | undefined,
): EvidenceSum | undefined {
  const contributions = label.contributions;
  if (!contributions || !passages || contributions.length !== passages.length) return undefined;
  const entries = passages.map((passage, index) => ({ passage, index, value: contributions[index] ?? 0 }));
  const ranked = [...entries].sort((a, b) => b.value - a.value || a.index - b.index);
  const supporting = ranked.filter((entry) => entry.value > 0 && !isZero(entry.value)).slice(0, SUPPORTING);
  const opposing = ranked
    .filter((entry) => entry.value < 0 && !isZero(entry.value))
    .reverse()
    .slice(0, OPPOSING);

  const listed = [...supporting, ...opposing];
  const baseline = label.baseline ?? 0;
  const gap = label.logit - baseline - sum(contributions);
  const open = isZero(gap) ? [] : [gap];
  // A gap that is too small to show goes with the rest, so that the sum is the logit to the last digit.
  const rest = sum(contributions) - sum(listed.map((entry) => entry.value)) + (isZero(gap) ? gap : 0);
  const rounded = roundToSum([...listed.map((entry) => entry.value), rest, baseline, ...open]);
  const shown = (position: number): number => rounded.values[position] ?? 0;
  const withShown = (entry: (typeof listed)[number], position: number): Contribution => ({
    ...entry,
    shown: shown(position),
  });
  return {
    supporting: supporting.map((entry, position) => withShown(entry, position)),
    opposing: opposing.map((entry, position) => withShown(entry, supporting.length + position)),
    rest: { passages: passages.length - listed.length, shown: shown(listed.length) },
    baseline: shown(listed.length + 1),
    unaccounted: open.length === 0 ? 0 : shown(listed.length + 2),
    logit: rounded.sum,
    scale: Math.max(0, ...contributions.map(Math.abs)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
