/** Why an archive or one of its members cannot be read. */
import { PatentLabError } from '../../../core/errors.ts';
import { readError } from '../errors.ts';

const REPACK = 'Fetch the archive again, or unpack it with another program and open the files in it.';

/** An archive as a whole; `archive` is its path as shown. */
export const archiveUnreadable = (archive: string, detail: string, cause?: unknown): PatentLabError =>
  new PatentLabError(
    { code: 'file-unreadable', message: `${archive}: ${detail}`, remedy: REPACK, place: { file: archive } },
    { cause },
  );

/** A member; `shown` is its path with the archive as a folder. */
export const memberUnreadable = (
  archive: string,
  member: string,
  shown: string,
  detail: string,
  remedy = REPACK,
  cause?: unknown,
): PatentLabError =>
  new PatentLabError(
    {
      code: 'file-unreadable',
      message: `${archive}, member ${member}: ${detail}`,
      remedy,
      place: { file: shown },
    },
    { cause },
  );

export const memberTooLarge = (
  archive: string,
  member: string,
  shown: string,
  detail: string,
): PatentLabError =>
  new PatentLabError({
    code: 'file-too-large',
    message: `${archive}, member ${member}: ${detail}`,
    remedy:
      'Patents do not look like this. Check where the archive comes from; if it is right, unpack it and open the file itself.',
    place: { file: shown },
  });

export const memberMissing = (archive: string, member: string, shown: string): PatentLabError =>
  new PatentLabError({
    code: 'file-not-found',
    message: `${archive} has no member ${member}.`,
    remedy: 'Check the path.',
    place: { file: shown },
  });

/** Whether an error is zlib's on data that is damaged or ends too early. */
const isZlibError = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && /^Z_|^ERR_.*BUFFER/.test(String(cause.code));

/** What went wrong while a member was unpacked. */
export function unpackingError(
  archive: string,
  member: string,
  shown: string,
  cause: unknown,
): PatentLabError {
  if (cause instanceof PatentLabError) return cause;
  if (isZlibError(cause)) {
    const detail = 'Its compressed data is damaged or ends too early.';
    return memberUnreadable(archive, member, shown, detail, REPACK, cause);
  }
  return readError(shown, cause);
}
