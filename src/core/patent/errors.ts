/**
 * The errors that reading a file can end with. A message names file, line and column; a remedy says what to do.
 */
import type { ErrorCode, Place } from '../errors.ts';
import { PatentLabError } from '../errors.ts';
import type { Position } from '../text/position.ts';

/** `file, line 3, column 7` */
function at(file: string, position: Position): string {
  return `${file}, line ${position.line}, column ${position.column}`;
}

function place(file: string, { line, column, offset }: Position): Place {
  return { file, line, column, offset };
}

function errorAt(
  code: ErrorCode,
  file: string,
  position: Position,
  detail: string,
  remedy: string,
  cause?: unknown,
): PatentLabError {
  const message = `${at(file, position)}: ${detail}`;
  return new PatentLabError({ code, message, remedy, place: place(file, position) }, { cause });
}

const REPAIR = 'Correct the file at this place, or fetch it again from its source.';

export const fileEmpty = (file: string, detail = 'The file is empty.'): PatentLabError =>
  new PatentLabError({
    code: 'file-empty',
    message: `${file}: ${detail}`,
    remedy: 'Choose a file that holds at least one patent; if it should, fetch it again.',
    place: { file },
  });

export const unknownFormat = (file: string, detail: string): PatentLabError =>
  new PatentLabError({
    code: 'unknown-format',
    message: `${file}: ${detail}`,
    remedy:
      'Patent Lab reads office XML (USPTO, EPO, WIPO, CNIPA, JPO), the USPTO Green Book, PDF, plain text (.txt), Markdown (.md), JSONL, CSV, Excel (.xlsx) and Parquet, also in zip archives. Convert the file to one of these.',
    place: { file },
  });

export const notAPatent = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt(
    'not-a-patent',
    file,
    position,
    detail,
    'Choose a patent: a publication of the USPTO, EPO, WIPO, CNIPA or JPO in XML, or a text with title, abstract, claims or description.',
  );

export const xmlMalformed = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt('xml-malformed', file, position, `The XML is not well-formed: ${detail}`, REPAIR);

export const xmlTruncated = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt(
    'xml-truncated',
    file,
    position,
    `The document is cut off: ${detail}`,
    'Fetch the file again; the download or copy probably stopped early.',
  );

export const xmlEntitiesRefused = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt(
    'xml-entities-refused',
    file,
    position,
    detail,
    'Patent Lab does not expand entities that a document declares itself. If you trust the file, replace the entity by its text and remove the declaration.',
  );

export const xmlLimits = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt(
    'xml-limits',
    file,
    position,
    detail,
    'A patent does not look like this. Check where the file comes from; if it is right, split it into smaller documents.',
  );

export const fileTooLarge = (file: string, position: Position, detail: string): PatentLabError =>
  errorAt(
    'file-too-large',
    file,
    position,
    detail,
    'Split the file into one document or record for each patent.',
  );

export const recordMalformed = (
  file: string,
  position: Position,
  detail: string,
  remedy = 'Correct this record; the other records were read.',
): PatentLabError => errorAt('record-malformed', file, position, detail, remedy);

const NAME_THE_COLUMNS =
  'Name the columns in the first row: at least one of title, abstract, claims, description; and id, labels, group, split where you have them. Or say what its columns mean when you import it.';

export const tableNoColumns = (file: string, position: Position, found: readonly string[]): PatentLabError =>
  errorAt(
    'table-no-columns',
    file,
    position,
    `The first row names no column that Patent Lab can use (found: ${found.slice(0, 8).join(', ') || 'nothing'}).`,
    NAME_THE_COLUMNS,
  );

export const tableNoHeader = (file: string, position: Position, found: readonly string[]): PatentLabError =>
  errorAt(
    'table-no-columns',
    file,
    position,
    `The table has no header row: the first row already holds values (${shortened(found)}).`,
    `Add a first row. ${NAME_THE_COLUMNS}`,
  );

const shortened = (cells: readonly string[]): string =>
  cells
    .slice(0, 4)
    .map((cell) => (cell.length > 40 ? `${cell.slice(0, 39)}…` : cell))
    .join(', ');

/** A defect of ours while reading one document; costs only that document. */
export const readerDefect = (file: string, position: Position, cause: unknown): PatentLabError =>
  errorAt(
    'internal',
    file,
    position,
    `Reading failed unexpectedly (${cause instanceof Error ? cause.message : String(cause)}).`,
    'This is a defect in Patent Lab. Please report it with this file if you may share it.',
    cause,
  );
