/**
 * A zip archive on disk: its members by name, each readable as a stream. Members are never written anywhere under their
 * own names, so a hostile name cannot reach a file; it is refused all the same, because no path shows such a member.
 * What is wrong with one member costs only that member: the library's own checks, which end the whole archive, are off
 * and made here.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { PatentLabError } from '../../../core/errors.ts';
import { archiveUnreadable, memberTooLarge, memberUnreadable, unpackingError } from './errors.ts';
import type { ArchiveLimits } from './limits.ts';
import type { OnRead } from '../content.ts';
import { memberPath } from './member-path.ts';
import { unpacked } from './unpack.ts';

export interface ZipMember {
  /** With forward slashes, as the archive has it. */
  readonly name: string;
  /** Path with the archive as a folder. */
  readonly shown: string;
  /** Why it cannot be read; undefined when it may be tried. */
  readonly refusal: PatentLabError | undefined;
  /** Its bytes; throws {@link PatentLabError}, a wrong checksum at the end. Read one member at a time. */
  bytes(): AsyncGenerator<Buffer>;
}

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  close(): void;
}

const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;
const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};
const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

/**
 * Opens an archive and reads its directory.
 * @param shown path of the archive in errors and of the members.
 * @param onRead told up to which byte of the archive reading has come
 * @throws PatentLabError `file-unreadable` when the directory is damaged or hostile.
 */
export async function openZip(
  file: string,
  shown: string,
  limits: ArchiveLimits,
  onRead?: OnRead,
): Promise<ZipArchive> {
  const refuse = (detail: string, cause?: unknown): PatentLabError => archiveUnreadable(shown, detail, cause);
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount > limits.members) {
      throw refuse(`The archive has ${zip.entryCount} members; more than ${limits.members} are not read.`);
    }
    const entries: Entry[] = [];
    let directory = 0;
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      directory += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (directory > limits.directoryBytes) {
        throw refuse(`The names in its directory take more than ${limits.directoryBytes} bytes.`);
      }
    }
    const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
    if (packed > zip.fileSize) {
      throw refuse('Its members overlap, as in archives that are made to fill a machine.');
    }
    const opened = zip;
    return { members: membersOf(opened, entries, shown, { limits, onRead }), close: () => opened.close() };
  } catch (cause) {
    zip?.close();
    const known = cause instanceof PatentLabError || (cause instanceof Error && 'syscall' in cause);
    throw known ? cause : refuse(`The archive is damaged or incomplete (${reasonOf(cause)}).`, cause);
  }
}

const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.replace(/\.$/, '') ?? '';

function membersOf(
  zip: ZipFile,
  entries: readonly Entry[],
  archive: string,
  { limits, onRead }: Pick<Where, 'limits' | 'onRead'>,
): ZipMember[] {
  const met = new Set<string>();
  return entries.flatMap((entry) => {
    const raw = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
    // A folder; its files are members of their own.
    if (raw.endsWith('/')) return [];
    const path = memberPath(raw, limits.nameBytes);
    const name = path.name;
    const shown = path.shownIn(archive);
    const refuse = (detail: string, remedy?: string): PatentLabError =>
      memberUnreadable(archive, name, shown, detail, remedy);
    const twice = met.has(name) ? 'The archive has this name twice; only the first is read.' : undefined;
    met.add(name);
    const problem = path.problem ?? twice;
    const refusal = problem === undefined ? entryRefusal(entry, refuse) : refuse(problem);
    const large = (detail: string): PatentLabError => memberTooLarge(archive, name, shown, detail);
    return [
      {
        name,
        shown,
        refusal:
          refusal ??
          (entry.uncompressedSize > limits.memberBytes
            ? large(
                `It would unpack to ${entry.uncompressedSize} bytes; more than ${limits.memberBytes} are not read.`,
              )
            : undefined),
        bytes: () => memberBytes(zip, entry, { archive, name, shown, limits, onRead }),
      },
    ];
  });
}

function entryRefusal(
  entry: Entry,
  refuse: (detail: string, remedy?: string) => PatentLabError,
): PatentLabError | undefined {
  if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) {
    return refuse('It is encrypted.', 'Unpack the archive with its password and open the files in it.');
  }
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) {
    return refuse('It is a symbolic link, which is not followed.', 'Put the file itself into the archive.');
  }
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) {
    return refuse(
      `It is compressed with ${METHODS[method] ?? `method ${method}`}; only Deflate is read.`,
      'Unpack the archive with another program and open the files in it.',
    );
  }
  if (method === STORED && entry.compressedSize !== entry.uncompressedSize) {
    return refuse('Its two sizes contradict each other.');
  }
  return undefined;
}

interface Where {
  readonly archive: string;
  readonly name: string;
  readonly shown: string;
  readonly limits: ArchiveLimits;
  readonly onRead: OnRead | undefined;
}

/** Packed bytes on their way to be unpacked. */
async function* counted(packed: AsyncIterable<Buffer>, from: number, onRead: OnRead): AsyncGenerator<Buffer> {
  let at = from;
  for await (const chunk of packed) {
    yield chunk;
    onRead((at += chunk.length));
  }
}

async function* memberBytes(zip: ZipFile, entry: Entry, where: Where): AsyncGenerator<Buffer> {
  const { archive, name, shown, limits, onRead } = where;
  const damaged = (detail: string, cause?: unknown): PatentLabError =>
    memberUnreadable(archive, name, shown, detail, undefined, cause);
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false }).catch((cause: unknown) => {
    throw damaged(`Its place in the archive is damaged (${reasonOf(cause)}).`, cause);
  });
  let checksum = 0;
  let length = 0;
  try {
    const tooLarge = (detail: string): PatentLabError => memberTooLarge(archive, name, shown, detail);
    const inflater = entry.compressionMethod === DEFLATED ? createInflateRaw() : undefined;
    const from = entry.relativeOffsetOfLocalHeader;
    const told = onRead ? counted(packed, from, onRead) : packed;
    for await (const chunk of unpacked(told, inflater, { limits, tooLarge })) {
      checksum = crc32(chunk, checksum);
      length += chunk.length;
      if (length > entry.uncompressedSize) {
        throw damaged(`It is longer than the ${entry.uncompressedSize} bytes that the archive states.`);
      }
      yield chunk;
    }
  } catch (cause) {
    throw unpackingError(archive, name, shown, cause);
  }
  if (length !== entry.uncompressedSize) {
    throw damaged(`It has ${length} bytes, but the archive states ${entry.uncompressedSize}.`);
  }
  if (checksum !== entry.crc32) {
    throw damaged('Its checksum is wrong: what was read from it may be damaged.');
  }
}
