/** `classifier.json`: what a classifier folder states of itself. The folder is self-contained but for the encoder. */
import { z } from 'zod';
import { VIEWS } from '../../core/patent/view.ts';

export const CLASSIFIER_FILE = 'classifier.json';
export const CARD_FILE = 'CARD.md';
/** Of exports: for those who have nothing of this tool. */
export const LABELS_FILE = 'labels.json';
export const EXPORTED_VOCABULARY_FILE = 'vocabulary.json';
export const FORMAT_VERSION = 1;

/** Weights and vocabulary have their hash in their names: a new classifier takes the old one's place in one step. */
export const weightsFile = (hash: string): string => `weights-${hash.slice(0, 12)}.bin`;
export const vocabularyFile = (hash: string): string => `vocabulary-${hash.slice(0, 12)}.json`;
export const tunedFile = (hash: string): string => `encoder-${hash.slice(0, 12)}.bin`;
const DATA_FILE = /^(?:(?:weights|encoder)-[0-9a-f]{12}\.bin|vocabulary(?:-[0-9a-f]{12})?\.json)$/;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const probability = z.number().min(0).max(1);
const interval = z.object({ value: z.number(), low: z.number(), high: z.number() });

const labelSchema = z.object({
  id: z.string(),
  name: z.string(),
  positives: z.number().int().min(0),
  basis: z.enum(['trained', 'few', 'zero-shot']),
  threshold: probability,
  /** λ of the label's head, where one was trained. */
  l2: z.number().positive().optional(),
});

const methodSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('lora'),
    rank: z.number().int().positive(),
    alpha: z.number().positive(),
    targets: z.array(z.string()),
  }),
  z.object({ kind: z.literal('last-k'), layers: z.number().int().positive() }),
  z.object({ kind: z.literal('full') }),
]);

/** What was trained of an encoder. */
const tuningSchema = z.object({
  method: methodSchema,
  /** Epochs that the classifier was trained for: as many as were best. 0: the frozen encoder's own head was kept. */
  bestEpoch: z.number().int(),
});

export type Tuning = z.infer<typeof tuningSchema>;

/** The changed numbers stand alone, and are put into the base when it is loaded. */
const finetunedSchema = tuningSchema.extend({
  base: z.object({ folder: z.string(), sha256 }),
  file: z.string().regex(DATA_FILE),
  sha256,
  /** What each epoch came to on the validation documents. */
  history: z.array(
    z.object({
      epoch: z.number().int(),
      loss: z.number().optional(),
      averagePrecision: z.number(),
      microF1: z.number(),
    }),
  ),
});

export type FinetunedDescription = z.infer<typeof finetunedSchema>;

export const classifierSchema = z.object({
  format: z.literal('patent-lab-classifier'),
  version: z.literal(FORMAT_VERSION),
  name: z.string(),
  trainedAt: z.string(),
  patentLab: z.string(),
  encoder: z.object({
    id: z.string(),
    precision: z.string(),
    sha256,
    dimension: z.number().int().positive(),
    maxTokens: z.number().int().positive(),
    /** Where it lies; absent: it is the built-in one, fine-tuned, or lies with the classifier. */
    folder: z.string().optional(),
  }),
  /** Absent: the encoder is frozen, or what was trained is in its weights. */
  finetuned: finetunedSchema.optional(),
  /** Of an export, whose encoder has in its weights what was trained. */
  merged: tuningSchema.optional(),
  taxonomy: z.object({ name: z.string(), sha256 }),
  view: z.enum(VIEWS),
  labels: z.array(labelSchema).min(1),
  thresholds: z.object({ global: probability }),
  /** Coefficients of z, 1, ln(1+n), z·ln(1+n), already folded into the weights. */
  calibration: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  training: z.object({
    documents: z.number().int().min(0),
    groups: z.number().int().min(0),
    synthetic: z.number().int().min(0),
    /** Over the ids, texts and labels of the training documents. */
    sha256,
    /** Hashes of what each training document shares with its group, so that an evaluation can tell it was seen. */
    groupKeys: z.string(),
    seed: z.number().int(),
    folds: z.number().int().optional(),
    priorWeight: z.number().optional(),
    lexicalScale: z.number().optional(),
    seconds: z.number(),
  }),
  /** Out-of-fold estimates with 95 % bootstrap intervals over groups. */
  metrics: z.object({ microF1: interval, macroF1: interval, microAP: interval }).optional(),
  weights: z.object({ file: z.string().regex(DATA_FILE), sha256 }),
  vocabulary: z.object({ file: z.string().regex(DATA_FILE), sha256, words: z.number().int().min(0) }),
  notes: z.array(z.string()),
});

export type ClassifierDescription = z.infer<typeof classifierSchema>;

export const vocabularySchema = z.object({
  words: z.array(z.string()),
  idf: z.array(z.number()),
});
