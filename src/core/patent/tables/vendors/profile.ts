/** What is known of one database's exports: the names it gives its columns, and its habits inside a cell. */
import type { TableField } from '../mapping.ts';

type ByField<T> = Readonly<Partial<Record<TableField, T>>>;

export interface VendorProfile {
  /** As the person knows the database. */
  readonly name: string;
  /** Names that hardly any other table has; two of them are enough to know the database. */
  readonly telling: readonly string[];
  /** Names in order of preference: where an export has several of them, the first one counts. */
  readonly columns: ByField<readonly string[]>;
  /** Names that are all taken, one behind the other. */
  readonly joined?: ByField<readonly string[]>;
  /** Names that say something else than they do in other tables. */
  readonly meaningless?: readonly string[];
  /** What divides several values in one cell, where it cannot be seen from the cell itself. */
  readonly separators?: ByField<string>;
  /** What the database puts before a text and that is no part of it. */
  readonly prefixes?: ByField<RegExp>;
}
