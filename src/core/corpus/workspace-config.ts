/** `patent-lab.json`: where things are in a workspace. Every field has a default, and the file itself is optional. */
import { z } from 'zod';
import { rememberedMappingSchema } from '../patent/tables/mapping.ts';
import { TRAINING_NUMBERS } from './training-numbers.ts';

export const SYNTHETIC_USES = ['accepted', 'all', 'none'] as const;
export type SyntheticUse = (typeof SYNTHETIC_USES)[number];

/** Kinds of classifiers: a head on the encoder as it is, low-rank adapters in it, its last layers, or all of its weights trained. */
export const TRAINING_FAMILIES = ['frozen', 'lora', 'last-k', 'full'] as const;
export type TrainingFamily = (typeof TRAINING_FAMILIES)[number];
/** Those that train the encoder. */
export type TunedFamily = Exclude<TrainingFamily, 'frozen'>;

const trainingSchema = z.object({
  family: z.enum(TRAINING_FAMILIES).default('frozen'),
  /** Folder of the encoder that a head is trained on (the built-in one by default) or that is fine-tuned, in single precision. */
  base: z.string().min(1).optional(),
  /** What suits the family by default. */
  epochs: TRAINING_NUMBERS.epochs.optional(),
  batch: TRAINING_NUMBERS.batch.optional(),
  patience: TRAINING_NUMBERS.patience.optional(),
  certainty: TRAINING_NUMBERS.certainty.optional(),
  /** For the family `last-k`. */
  layers: TRAINING_NUMBERS.layers.optional(),
  rate: TRAINING_NUMBERS.rate.optional(),
  /** For the family `lora`: of its adapters, and the last parts of the names of the layers that get one. */
  rank: TRAINING_NUMBERS.rank.optional(),
  alpha: TRAINING_NUMBERS.alpha.optional(),
  targets: z.array(z.string().min(1)).min(1).optional(),
});

/** How *Adapt Encoder* trains; what suits the method by default. */
const adaptationSchema = z.object({
  epochs: TRAINING_NUMBERS.epochs.optional(),
  /** At least two: a pair alone has nothing to be told apart from. */
  batch: TRAINING_NUMBERS.batch.min(2).optional(),
  rate: TRAINING_NUMBERS.rate.optional(),
});

export const workspaceConfigSchema = z.object({
  $schema: z.string().optional(),
  /** The labels. */
  taxonomy: z.string().default('taxonomy.json'),
  /** Patent files, as globs relative to the workspace. */
  documents: z.array(z.string()).default(['**/*.{xml,txt,md}']),
  /** Labelled corpora (JSONL or CSV), as globs. */
  corpora: z.array(z.string()).default(['corpus/**/*.{jsonl,csv}']),
  /** Where synthetic documents are written. */
  synthetic: z.string().default('synthetic'),
  /** Which synthetic documents count as labelled ones: those accepted in a review, all that no review rejected, or none. */
  syntheticUse: z.enum(SYNTHETIC_USES).default('accepted'),
  /** Name of the classifier in use, a folder in `.patent-lab/classifiers`. */
  classifier: z.string().default('default'),
  /** How it is trained. */
  training: trainingSchema.default({ family: 'frozen' }),
  /** How an encoder is adapted to the patents of the workspace. */
  adaptation: adaptationSchema.default({}),
  /** What the columns of tables mean, as a person has confirmed it; each counts for the tables with its header row. */
  tables: z.array(rememberedMappingSchema).default([]),
});

export type WorkspaceConfig = z.infer<typeof workspaceConfigSchema>;
