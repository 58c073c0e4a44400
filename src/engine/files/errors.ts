/** What the operating system says when files fail, in words a person can act on. */
import { PatentLabError } from '../../core/errors.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export function readError(file: string, cause: unknown): PatentLabError {
  if (cause instanceof PatentLabError) return cause;
  if (codeOf(cause) === '') return defect(file, cause);
  const missing = codeOf(cause) === 'ENOENT';
  return new PatentLabError(
    {
      code: missing ? 'file-not-found' : 'file-unreadable',
      message: missing ? `There is no file ${file}.` : `${file} cannot be read (${codeOf(cause)}).`,
      remedy: missing ? 'Check the path.' : 'Check the permissions and that it is a file.',
      place: { file },
    },
    { cause },
  );
}

/** What no operating system says went wrong in our own code. */
const defect = (file: string, cause: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'internal',
      message: `${file}: Reading failed unexpectedly (${cause instanceof Error ? cause.message : String(cause)}).`,
      remedy: 'This is a defect in Patent Lab. Please report it with this file if you may share it.',
      place: { file },
    },
    { cause },
  );

export function writeError(file: string, cause: unknown): PatentLabError {
  if (cause instanceof PatentLabError) return cause;
  const code = codeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PatentLabError(
      {
        code: 'disk-full',
        message: `There is no space left to write ${file}.`,
        remedy: 'Free some disk space and try again; what was there before is unchanged.',
        place: { file },
      },
      { cause },
    );
  }
  return new PatentLabError(
    {
      code: 'write-failed',
      message: `${file} cannot be written (${code || String(cause)}).`,
      remedy: 'Check the permissions of the folder.',
      place: { file },
    },
    { cause },
  );
}
