/** The messages about importing: what the columns of a table mean, how its records will read, and the import itself. */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import type { Bibliography } from '../core/patent/bibliography.ts';
import type { InspectedPatent } from '../core/patent/inspect.ts';
import type { ColumnMapping, MappingProposal, RememberedMapping } from '../core/patent/tables/mapping.ts';

export type { ColumnMapping, InspectedPatent, MappingProposal, RememberedMapping };

export interface ProposeMappingParams {
  /** The workspace whose `patent-lab.json` may remember a mapping for these columns. */
  readonly root: string;
  readonly path: string;
}

export interface TableFacts {
  /** Names in the first row. */
  readonly header: readonly string[];
  readonly proposal: MappingProposal;
  /** The mapping that counts: the remembered one, else the proposed one. */
  readonly mapping: ColumnMapping;
  /** The mapping comes from `patent-lab.json`. */
  readonly remembered: boolean;
  /** What divides the cells of a row. */
  readonly delimiter: string;
  /** Rows that were looked at, without the first. */
  readonly rows: number;
  /** Bytes of the file. */
  readonly size: number;
}

export const ProposeMappingRequest = new RequestType<ProposeMappingParams, TableFacts, ErrorReport>(
  'import/propose',
);

export interface PreviewImportParams {
  readonly path: string;
  readonly header: readonly string[];
  readonly mapping: ColumnMapping;
  /** How many records to read. */
  readonly records: number;
}

export type PreviewedRecord =
  | { readonly kind: 'patent'; readonly patent: InspectedPatent; readonly bibliography: Bibliography }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

export const PreviewImportRequest = new RequestType<
  PreviewImportParams,
  { readonly records: readonly PreviewedRecord[] },
  ErrorReport
>('import/preview');

export type CorpusFormat = 'jsonl' | 'csv';

/** What happens to a corpus that is there already. */
export type ExistingCorpus = 'refuse' | 'overwrite' | 'append';

export interface ImportParams {
  readonly root: string;
  /** Files, folders and archives. */
  readonly sources: readonly string[];
  readonly out: string;
  readonly format: CorpusFormat;
  /** Win over what `patent-lab.json` remembers. */
  readonly tables: readonly RememberedMapping[];
  readonly existing: ExistingCorpus;
  /** Forgets an interrupted import into the same file instead of continuing it. */
  readonly restart: boolean;
  readonly progress?: string;
}

export interface ImportResult {
  readonly out: string;
  /** Records in the corpus, those it had before included. */
  readonly records: number;
  /** Records that this import added. */
  readonly added: number;
  /** Records that an interrupted import had read already. */
  readonly resumed: number;
  readonly failed: number;
  /** Documents left out because their id was there already. */
  readonly duplicateIds: number;
  /** Records whose text another record has too; they are kept, in one group. */
  readonly sameText: number;
  /** Records whose readers stated gaps. */
  readonly withGaps: number;
  /** Groups of two and more records that were linked by text or family, and how many records are in one. */
  readonly groups: number;
  readonly grouped: number;
  readonly files: number;
  readonly bytes: number;
  /** Seconds of this run. */
  readonly seconds: number;
  /** The first problems; all of them stand in `problemsFile`. */
  readonly problems: readonly ErrorReport[];
  readonly problemCount: number;
  readonly problemsFile?: string;
}

export const ImportRequest = new RequestType<ImportParams, ImportResult, ErrorReport>('import/run');
