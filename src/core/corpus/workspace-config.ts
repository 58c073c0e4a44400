/** `patent-lab.json`: where things are in a workspace. Every field has a default, and the file itself is optional. */
import { z } from 'zod';
import { rememberedMappingSchema } from '../patent/tables/mapping.ts';

export const SYNTHETIC_USES = ['accepted', 'all', 'none'] as const;
export type SyntheticUse = (typeof SYNTHETIC_USES)[number];

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
  /** What the columns of tables mean, as a person has confirmed it; each counts for the tables with its header row. */
  tables: z.array(rememberedMappingSchema).default([]),
});

export type WorkspaceConfig = z.infer<typeof workspaceConfigSchema>;
