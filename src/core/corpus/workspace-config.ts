/** `patent-lab.json`: where things are in a workspace. Every field has a default, and the file itself is optional. */
import { z } from 'zod';
import { rememberedMappingSchema } from '../patent/tables/mapping.ts';

export const SYNTHETIC_USES = ['accepted', 'all', 'none'] as const;
export type SyntheticUse = (typeof SYNTHETIC_USES)[number];

/** Kinds of classifiers: a head on the encoder as it is, low-rank adapters in it, or all of its weights trained. */
export const TRAINING_FAMILIES = ['frozen', 'lora', 'full'] as const;
export type TrainingFamily = (typeof TRAINING_FAMILIES)[number];
/** Those that train the encoder. */
export type TunedFamily = Exclude<TrainingFamily, 'frozen'>;

const trainingSchema = z.object({
  family: z.enum(TRAINING_FAMILIES).default('frozen'),
  /** Folder of the encoder that is fine-tuned, in single precision. */
  base: z.string().min(1).optional(),
  /** Passes over the documents at most, and documents of a step; what suits the family by default. */
  epochs: z.number().int().min(1).max(1000).optional(),
  batch: z.number().int().min(1).max(1024).optional(),
});

/** How *Adapt Encoder* trains; what suits the method by default. */
const adaptationSchema = z.object({
  epochs: z.number().int().min(1).max(1000).optional(),
  /** At least two: a pair alone has nothing to be told apart from. */
  batch: z.number().int().min(2).max(1024).optional(),
  /** Highest learning rate of the encoder. */
  rate: z.number().positive().max(1).optional(),
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
