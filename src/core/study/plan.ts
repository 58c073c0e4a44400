/**
 * `*.study.json`: what a study compares (METHODS 2). Every field has a default, and `{}` is a whole plan: it asks the
 * workspace's own documents whether its synthetic ones help, at two amounts of real documents, under both schedules and
 * both threshold policies.
 */
import { z } from 'zod';
import { VIEWS } from '../patent/view.ts';

export const STUDY_FILE_SUFFIX = '.study.json';

/** How long an arm is trained. */
export const SCHEDULES = ['fixed-epochs', 'step-matched', 'convergence'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** Where a probability becomes a label: 0.5, or what cross-validation on the training set alone finds best. */
export const THRESHOLD_POLICIES = ['fixed', 'tuned'] as const;
export type ThresholdPolicy = (typeof THRESHOLD_POLICIES)[number];

/** Families that train the encoder itself. */
export const TUNED_FAMILIES = ['lora', 'full'] as const;
export type TunedFamilyId = (typeof TUNED_FAMILIES)[number];
export const FAMILIES = ['encoder-linear', 'encoder-mlp', 'tfidf-linear', ...TUNED_FAMILIES] as const;
export type FamilyId = (typeof FAMILIES)[number];
export const isTuned = (id: FamilyId): id is TunedFamilyId =>
  (TUNED_FAMILIES as readonly FamilyId[]).includes(id);

/**
 * Kinds of arms (METHODS 2, the table). `mix` and `paraphrase` stand for one arm a share or scale; `cells` adds one
 * *augmented* arm for the documents of every generator and strategy, for fidelity against gain.
 */
export const ARM_KINDS = [
  'real-only',
  'step-matched',
  'duplicate-to-match',
  'inverse-frequency',
  'focal',
  'asymmetric',
  'distribution-balanced',
  'augmented',
  'synthetic-only',
  'mix',
  'curriculum-synthetic-first',
  'curriculum-real-first',
  'ensemble',
  'filtered',
  'sample-weighted',
  'paraphrase',
  'cells',
] as const;
export type ArmKind = (typeof ARM_KINDS)[number];

export const RETRIEVAL_GAINS = ['linear', 'exponential'] as const;

/** Numbers of documents, or shares of the training pool such as "10%". */
const REGIME_SHARE = /^(?:100|[1-9]?\d(?:\.\d+)?)%$/;

/** The smallest regime of the source paper, and everything there is. */
const DEFAULT_REGIMES = [165, '100%'];
/** The shares of real documents the paper mixes. */
const DEFAULT_SHARES = [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

const regimeSchema = z.union([z.number().int().min(2), z.string().regex(REGIME_SHARE)]);

export const studyPlanSchema = z.object({
  $schema: z.string().optional(),
  /** What a person calls it; by default the file's name. */
  name: z.string().optional(),
  /** Taxonomy and documents; paths and globs relative to the plan. What is left out comes from the workspace. */
  taxonomy: z.string().optional(),
  real: z.array(z.string().min(1)).optional(),
  synthetic: z.array(z.string().min(1)).optional(),
  /** Real test documents. Left out, they are the real ones whose split is "test". */
  test: z.array(z.string().min(1)).optional(),
  /** Folder of the encoder that lora and full fine-tune; left out, the workspace's (`training.base`). */
  base: z.string().min(1).optional(),
  /** The part of a patent that is read. */
  view: z.enum(VIEWS).default('TAC'),
  regimes: z.array(regimeSchema).min(1).default(DEFAULT_REGIMES),
  arms: z
    .array(z.enum(ARM_KINDS))
    .min(1)
    .default([...ARM_KINDS]),
  schedules: z.array(z.enum(SCHEDULES)).min(1).default(['fixed-epochs', 'convergence']),
  thresholds: z
    .array(z.enum(THRESHOLD_POLICIES))
    .min(1)
    .default([...THRESHOLD_POLICIES]),
  families: z.array(z.enum(FAMILIES)).min(1).default(['encoder-linear']),
  /** How many times every arm is trained: each with its own subsample, start and order. */
  seeds: z.number().int().min(1).max(100).default(5),
  /** The first of these seeds. */
  seed: z.number().int().min(0).default(0),
  /** Passes over the documents under fixed epochs. */
  epochs: z.number().int().min(1).max(1000).default(10),
  /** Documents in a mix; left out, the real documents of the regime and the synthetic ones that stand beside them. */
  mixBudget: z.number().int().min(2).optional(),
  /** Shares of real documents in a mix. */
  mixShares: z.array(z.number().min(0).max(1)).min(1).default(DEFAULT_SHARES),
  /** Paraphrases per real document. */
  paraphraseScales: z.array(z.number().int().min(1)).min(1).default([1, 5, 10]),
  /** The probability at which the model of the real documents lets a synthetic one pass. */
  filterThreshold: z.number().gt(0).lt(1).default(0.5),
  /** Resamples of micro-F1's intervals. */
  resamples: z.number().int().min(100).max(1_000_000).default(10_000),
  /** How relevance counts in nDCG@10; "none" leaves retrieval out. */
  retrieval: z.enum([...RETRIEVAL_GAINS, 'none']).default('linear'),
});

export type StudyPlan = z.infer<typeof studyPlanSchema>;
