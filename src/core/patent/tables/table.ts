/** A table whose header row has been read. */
import { BIBLIOGRAPHY_PARTS } from '../corpus-files/record-schema.ts';
import type { Delimiter } from '../corpus-files/csv-scan.ts';
import type { Format } from '../model.ts';
import type { AppliedMapping } from './apply.ts';
import type { TableField } from './mapping.ts';
import type { VendorProfile } from './vendors/profile.ts';

export interface Table extends AppliedMapping {
  readonly format: Format;
  readonly delimiter: Delimiter;
  /** Cells of the header row. */
  readonly header: readonly string[];
  /** What divides several values in one cell, where the mapping says so. */
  readonly separator?: string;
  readonly vendor?: VendorProfile;
  /**
   * Other columns that hold a text, best first, for rows where the mapped one is empty: a database fills the column of
   * the translation, or that of the original, but seldom both. None where a person has decided.
   */
  readonly spare: ReadonlyMap<TableField, readonly number[]>;
  /** What stands before the header row. */
  readonly before: string;
}

/** Behind the name of a column whose cells are JSON: fields of a record that no plain cell can hold. */
export const JSON_SUFFIX = ' (JSON)';

/** What a JSON column may give; a column of another name is one of the person's own fields. */
export const JSON_FIELDS: ReadonlySet<string> = new Set([
  ...[
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
  ],
  ...['language', 'classifications', 'translations'],
  ...Object.keys(BIBLIOGRAPHY_PARTS),
]);
