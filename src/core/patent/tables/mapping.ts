/**
 * What the columns of a table mean. Databases name the same thing differently, so a mapping is proposed from the
 * headers, shown to the person, and kept under the headers it was made for.
 */
import { z } from 'zod';

/** What a column can be. `extra` columns, which are none of these, are kept as they are. */
export const TABLE_FIELDS = [
  'id',
  'title',
  'abstract',
  'claims',
  'description',
  'labels',
  'group',
  'split',
  'provenance',
  'office',
  'kind',
  'language',
  'publicationDate',
  'filingDate',
  'application',
  'priorities',
  'priorityDate',
  'applicants',
  'inventors',
  'ipc',
  'cpc',
  'uspc',
  'locarno',
  'citations',
  'familyId',
  'familyMembers',
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

export const columnMappingSchema = z.strictObject({
  /** Names of the columns of each field, in the order their contents are joined (an abstract in two languages). */
  columns: z.partialRecord(z.enum(TABLE_FIELDS), z.array(z.string().min(1)).min(1)),
  /** What divides several values in one cell; left out, it is found in each cell. */
  separator: z.string().min(1).optional(),
});

export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** A mapping as `patent-lab.json` remembers it: it counts for every table whose first row has these names. */
export const rememberedMappingSchema = columnMappingSchema.extend({ header: z.array(z.string()).min(1) });

export type RememberedMapping = z.infer<typeof rememberedMappingSchema>;

/** How much speaks for a proposed meaning: the vendor's own name, a usual name, or only what the cells look like. */
export type ProposalBasis = 'vendor' | 'name' | 'content';

export interface ProposedColumn {
  readonly name: string;
  readonly field?: TableField;
  readonly basis?: ProposalBasis;
  /** The first cells that hold something, shortened. */
  readonly samples: readonly string[];
}

export interface MappingProposal {
  /** The database the headers look like: `Lens`, `Patsnap`, `Derwent Innovation`, `Orbit`, `Google Patents`, `Espacenet`. */
  readonly vendor?: string;
  readonly columns: readonly ProposedColumn[];
  readonly mapping: ColumnMapping;
}
