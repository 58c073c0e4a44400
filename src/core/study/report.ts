/**
 * What a study has found, as plain data (METHODS 2 and 5). A figure is the mean over seeds; its interval comes from a
 * paired bootstrap over test groups and from the spread of the seeds, so a difference of two arms has an interval of its own that is not the
 * difference of theirs.
 */
import type { ErrorReport } from '../errors.ts';
import type { FamilyId, Schedule, ThresholdPolicy } from './plan.ts';

/** A figure with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A difference with what its intervals say: two-sided p, and the same after Holm's correction over the arms. */
export interface Effect extends Estimate {
  readonly p: number;
  readonly pHolm: number;
}

/** One cell of the study: everything but the arm. */
export interface StudyCell {
  /** As the plan states it: `165`, `100%`. */
  readonly regime: string;
  readonly schedule: Schedule;
  readonly thresholds: ThresholdPolicy;
  readonly family: FamilyId;
}

/** Figures that come with every arm. Higher is better but for the losses and errors. */
export interface ArmFigures {
  readonly microF1: Estimate;
  readonly macroF1: Estimate;
  readonly weightedF1: Estimate;
  readonly microAP: Estimate;
  readonly macroAP: Estimate;
  readonly lrap: Estimate;
  /** Means over the seeds. */
  readonly rankingLoss: number;
  readonly hammingLoss: number;
  readonly subsetAccuracy: number;
  readonly coverageError: number;
  readonly calibrationError: number;
}

export interface ArmSeed {
  readonly seed: number;
  readonly microF1: number;
  readonly macroF1: number;
  readonly microAP: number;
  /** The threshold in use. */
  readonly threshold: number;
  /** Optimiser steps; rounds of L-BFGS under convergence. */
  readonly steps: number;
}

interface ArmIdentity extends StudyCell {
  /** `real-only`, `mix-0.2`, `paraphrase-5`, `cell:MODEL/STRATEGY` … */
  readonly id: string;
  /** What it trains on, in words. */
  readonly name: string;
  /** Documents it trains on, copies counted as often as they stand there. */
  readonly real: number;
  readonly synthetic: number;
}

export interface ArmDone extends ArmIdentity, ArmFigures {
  readonly status: 'ok';
  /** Mean over the seeds. */
  readonly steps: number;
  readonly seeds: readonly ArmSeed[];
}

export interface ArmFailed extends ArmIdentity {
  readonly status: 'failed';
  readonly error: ErrorReport;
}

export type ArmResult = ArmDone | ArmFailed;

/**
 * What *augmented* gains in micro-F1, and where it comes from. An entry is null where an arm it needs was not asked for
 * or failed.
 */
export interface Gains extends StudyCell {
  /** augmented − real-only. */
  readonly raw: Effect | null;
  /** duplicate-to-match − real-only. */
  readonly volume: Effect | null;
  /** step-matched − real-only. */
  readonly steps: Effect | null;
  /** augmented − duplicate-to-match: what the synthetic content adds. */
  readonly controlled: Effect | null;
  /** real-only with tuned thresholds − real-only at 0.5. */
  readonly threshold: Effect | null;
  /** augmented − the best of the other losses, and which that is. */
  readonly overReweighting: (Effect & { readonly arm: string }) | null;
  /** The same differences in micro average precision, which knows no threshold. */
  readonly microAP: {
    readonly raw: Estimate | null;
    readonly volume: Estimate | null;
    readonly steps: Estimate | null;
    readonly controlled: Estimate | null;
  };
}

/** An arm against the two that matter; Holm's correction runs over the arms of one cell. */
export interface Comparison extends StudyCell {
  readonly arm: string;
  readonly overRealOnly: Effect | null;
  readonly overDuplicates: Effect | null;
}

/** One bar of the waterfall: from the figure before it to the figure after it. */
export interface WaterfallStep {
  readonly step: 'threshold' | 'steps' | 'volume' | 'synthetic';
  /** Micro-F1 after this step. */
  readonly after: number;
  readonly change: Estimate;
}

export interface LabelDecomposition {
  /** Position in {@link StudyFindings.labels}. */
  readonly label: number;
  /** Real documents of the regime that have it (mean over seeds), synthetic ones, and test documents. */
  readonly real: number;
  readonly synthetic: number;
  readonly test: number;
  /** F1 of real-only at 0.5, and of augmented with tuned thresholds. */
  readonly start: number;
  readonly end: number;
  readonly steps: readonly WaterfallStep[];
}

/**
 * real-only at 0.5 → tuned threshold → as many steps → as many documents → synthetic content. Each change is measured
 * with everything before it in place, so they add up to the whole. Under convergence there are no steps to match: that
 * change is left out.
 */
export interface Decomposition {
  readonly regime: string;
  readonly schedule: Schedule;
  readonly family: FamilyId;
  readonly start: Estimate;
  readonly end: Estimate;
  readonly steps: readonly WaterfallStep[];
  readonly perLabel: readonly LabelDecomposition[];
}

export interface MixPoint {
  /** Share of real documents. */
  readonly share: number;
  readonly microF1: Estimate;
}

export interface MixingCurve extends StudyCell {
  /** Documents in every mix. */
  readonly budget: number;
  /** Real documents that were there to be mixed in; a mix that needs more repeats them. */
  readonly points: readonly MixPoint[];
  readonly best: number | null;
  /** Shares whose difference from the best one does not exclude 0: the best region. */
  readonly region: readonly number[];
}

/** Retrieval of like-labelled test documents (METHODS 5): in the encoder's own space and in the arm's. */
export interface RetrievalEffect {
  readonly regime: string;
  readonly schedule: Schedule;
  readonly family: FamilyId;
  readonly arm: string;
  /** nDCG@10. */
  readonly base: number;
  readonly ndcg: Estimate;
  readonly change: Effect;
  readonly verdict: 'helps' | 'no measurable effect' | 'hurts';
}

export const VERDICTS = ['helps', 'only volume', 'no measurable effect', 'hurts'] as const;
export type StudyVerdict = (typeof VERDICTS)[number];

export interface Verdict extends StudyCell {
  /** Null where an arm that it needs was not asked for or failed. */
  readonly verdict: StudyVerdict | null;
  /** One sentence with the numbers it rests on. */
  readonly sentence: string;
  /** Whether it speaks for its regime: of its cells the one in which steps and thresholds explain least. */
  readonly leading: boolean;
}

/** What this test set could have shown. */
export interface Power extends StudyCell {
  /** The smallest controlled gain that would have been found four times out of five; null where that cannot be told. */
  readonly detectable: number | null;
  readonly sentence: string;
}

/** Fidelity and gain of the synthetic documents of one generator and strategy. */
export interface FidelityCell {
  readonly regime: string;
  readonly family: FamilyId;
  readonly schedule: Schedule;
  readonly thresholds: ThresholdPolicy;
  /** `MODEL/STRATEGY`. */
  readonly cell: string;
  readonly model: string;
  readonly strategy: string;
  readonly documents: number;
  /** Squared maximum mean discrepancy to the real documents of the regime. */
  readonly mmd2: number;
  /** Controlled gain in micro-F1. */
  readonly gain: Estimate;
}

/** Correlation of MMD² with gain over the cells of a regime; only with at least 4 of them. */
export interface FidelityCorrelation extends StudyCell {
  readonly cells: number;
  readonly r: Estimate;
}

/** Whether the correlations of two regimes differ (Fisher 1921). */
export interface FidelityDifference extends Omit<StudyCell, 'regime'> {
  /** The two regimes. */
  readonly first: string;
  readonly second: string;
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/** What the winner is, so that the trainer can do the same. */
export interface Recipe {
  /** The arm it is. */
  readonly arm: string;
  readonly regime: string;
  /** Which synthetic documents count, as `syntheticUse` of `patent-lab.json`. */
  readonly syntheticUse: 'all' | 'accepted' | 'none';
  /** Why, in one sentence. */
  readonly reason: string;
  /** What the trainer does as the study did, and what it does in its own way: sentences for a person. */
  readonly applied: readonly string[];
  readonly notApplied: readonly string[];
}

/** Plain data: the statistics of a study. */
export interface StudyFindings {
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly arms: readonly ArmResult[];
  readonly gains: readonly Gains[];
  readonly comparisons: readonly Comparison[];
  readonly decompositions: readonly Decomposition[];
  readonly mixing: readonly MixingCurve[];
  readonly retrieval: readonly RetrievalEffect[];
  readonly fidelity: readonly FidelityCell[];
  readonly correlations: readonly FidelityCorrelation[];
  readonly correlationDifferences: readonly FidelityDifference[];
  readonly verdicts: readonly Verdict[];
  readonly power: readonly Power[];
  readonly recipe: Recipe | null;
  /** The answer in one sentence: what the verdicts have in common, or where they differ. */
  readonly conclusion: string;
  /** What to keep in mind, sentences for a person. */
  readonly notes: readonly string[];
}
