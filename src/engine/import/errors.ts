/** What stops an import before or while it runs; what goes wrong with one document only is a problem, not an error. */
import { PatentLabError } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';

export const journalDamaged = (file: string, cause: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'usage',
      message: `${file}, which says how far an interrupted import is, cannot be understood.`,
      remedy: 'Start the import anew (--restart on the command line).',
      place: { file },
    },
    { cause },
  );

export const anotherImport = (out: string, difference: string): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `An interrupted import into ${out} does not fit this one: ${difference}.`,
    remedy:
      'Run the interrupted import again as it was, or start this one anew (--restart on the command line).',
    place: { file: out },
  });

export const importRunning = (out: string, writer: number): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `Another import is writing ${out} (process ${writer}).`,
    remedy:
      'Wait until it has ended or cancel it there; if there is none any more, start anew (--restart on the command line).',
    place: { file: out },
  });

export const corpusExists = (out: string): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `${out} is there already.`,
    remedy: 'Choose another name, replace it (--overwrite on the command line), or add to it (--append).',
    place: { file: out },
  });

export const corpusUnreadable = (out: string, cause: PatentLabError): PatentLabError =>
  new PatentLabError(
    {
      code: cause.code,
      message: `Nothing can be added to ${out} while a record in it cannot be read: ${cause.message}`,
      remedy: cause.remedy,
      place: cause.place ?? { file: out },
    },
    { cause },
  );

export const nothingToImport = (sources: readonly string[]): PatentLabError =>
  new PatentLabError({
    code: 'corpus-empty',
    message: `There is nothing to import in ${sources.join(', ')}.`,
    remedy: 'Choose files that hold patents, folders with such files, or archives of them.',
  });

export const duplicateRecord = (patent: Patent, line: number, out: string): PatentLabError =>
  new PatentLabError({
    code: 'record-duplicate',
    message: `The id ${patent.id} occurs again (it is record ${line} of ${out} already); this document was left out.`,
    remedy: 'Give every document an id of its own, or map another column to the id.',
    place: { file: patent.source.file, offset: patent.source.span.start },
  });

export const mappingWithoutColumns = (
  file: string,
  missing: readonly string[],
  header: readonly string[],
): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `${file} has no column ${missing.map((name) => JSON.stringify(name)).join(', ')}. It has ${header.map((name) => JSON.stringify(name)).join(', ')}.`,
    remedy: 'Use the names of the first row; --propose prints a mapping to start from.',
    place: { file },
  });

export const mappingInvalid = (detail: string, file?: string): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `The column mapping cannot be used: ${detail}`,
    remedy: 'Write it as --map "title=Title;id=Publication Number", or edit what --propose prints.',
    ...(file === undefined ? {} : { place: { file } }),
  });

export const notATable = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'usage',
    message: `${file} is no table, so it has no columns to map.`,
    remedy: 'Import it as it is; what its parts mean is known from its format.',
    place: { file },
  });
