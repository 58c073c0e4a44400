/**
 * A path becomes text. A path may go on inside an archive as if the archive were a folder: `weekly.zip/ipg130416.xml`;
 * a gzip file is an archive of one member, named without `.gz`. What a file is, its first bytes say, not its name, so a
 * renamed file is read as what it is. Text streams with constant memory, also out of an archive; what needs random
 * access inside one (another archive, a PDF, a spreadsheet, a Parquet file) is copied to a temporary folder first.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import type { PatentLabError } from '../../core/errors.ts';
import { archiveUnreadable, memberMissing, memberTooLarge, unpackingError } from './archive/errors.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive/limits.ts';
import { joinMember } from './archive/member-path.ts';
import { unpacked } from './archive/unpack.ts';
import { openZip, type ZipMember } from './archive/zip.ts';
import { fileBytes, onDisk, peek, SIGNATURE, type Content, type OnRead, type Peeked } from './content.ts';
import { FileText, PlainText, type SourceText } from './decoding.ts';
import { readError } from './errors.ts';
import { countedByExtension, holdsNoPatents } from './patent-files.ts';
import { TRANSCRIBED, transcriberFor, type TranscribedKind } from './transcribers.ts';

/** A text that a path stands for, or why there is none. */
export type SourcePart =
  | { readonly kind: 'text'; readonly shown: string; readonly text: SourceText }
  | { readonly kind: 'failure'; readonly shown: string; readonly error: PatentLabError };

/** Where a path leads: a file on disk and, where that is an archive, what to read inside it. */
export interface Location {
  readonly file: string;
  readonly inside: readonly string[];
}

/** Finds the file of a path that may go on inside an archive. Throws `file-not-found`. */
export async function locate(target: string): Promise<Location> {
  const inside: string[] = [];
  let file = target;
  for (;;) {
    const information = await stat(file).catch((cause: unknown) => {
      if (isMissing(cause)) return undefined;
      throw readError(target, cause);
    });
    if (information && (inside.length === 0 || information.isFile())) return { file, inside };
    const parent = path.dirname(file);
    if (information || parent === file) {
      throw readError(target, Object.assign(new Error('no such file'), { code: 'ENOENT' }));
    }
    inside.unshift(path.basename(file));
    file = parent;
  }
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');

/** Changes whenever what a path stands for may have changed; empty where there is nothing. */
export async function sourceStamp(target: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat((await locate(target)).file);
    return `${size}:${mtimeMs}`;
  } catch {
    return '';
  }
}

export interface SourceOptions {
  readonly limits?: ArchiveLimits;
  /** Told up to which byte of the file on disk reading has come; of an archive's members in their order. */
  readonly onRead?: OnRead;
}

/**
 * The texts of a path, one after the other; each must be read, or left, before the next is asked for. Only a path that
 * leads nowhere throws; what is wrong with a member is a failure of that member.
 */
export async function* openSource(
  target: string,
  shown = target,
  { limits = ARCHIVE_LIMITS, onRead }: SourceOptions = {},
): AsyncGenerator<SourcePart> {
  const { file, inside } = await locate(target);
  const content: Content = {
    shown: inside.length === 0 ? shown : shownAbove(shown, inside.length),
    file,
    bytes: () => fileBytes(file, onRead),
  };
  yield* partsOf(content, inside, { limits, depth: 0, ...(onRead ? { onRead } : {}) });
}

/** The path of the archive, as a person gave it, from that of a member `levels` below. */
function shownAbove(shown: string, levels: number): string {
  let above = shown;
  for (let level = 0; level < levels; level++) above = path.dirname(above);
  return above;
}

interface Reading {
  readonly limits: ArchiveLimits;
  /** Of the file on disk; undefined inside a copy of a member. */
  readonly onRead?: OnRead;
  /** Archives around this content. */
  readonly depth: number;
}

async function* partsOf(
  content: Content,
  inside: readonly string[],
  reading: Reading,
): AsyncGenerator<SourcePart> {
  const { shown } = content;
  try {
    const opened = await peek(content.bytes());
    try {
      const kind = kindOf(opened.head, shown);
      switch (kind) {
        case 'text':
          requireEnd(shown, inside);
          // An editor opens a file by itself, and shows a member of an archive as it is read here.
          yield {
            kind: 'text',
            shown,
            text: new FileText(opened.bytes(), { lineFeeds: content.file === undefined }),
          };
          return;
        case 'gzip':
          yield* gzipParts(content, opened, inside, deeper(shown, reading));
          return;
        case 'zip':
          yield* onDisk(content, opened, reading.limits.copyBytes, (file) =>
            zipParts(file, shown, inside, reading),
          );
          return;
        case 'pdf':
        case 'xlsx':
        case 'parquet':
          requireEnd(shown, inside);
          yield* onDisk(content, opened, reading.limits.copyBytes, (file) => transcribed(kind, file, shown));
      }
    } finally {
      await opened.close();
    }
  } catch (cause) {
    yield { kind: 'failure', shown, error: readError(shown, cause) };
  }
}

type Kind = 'text' | 'gzip' | 'zip' | TranscribedKind;

/** How XML begins, also in UTF-16, whatever the file is called. */
const MARKUP = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<\0?[?!a-z]/i;

/** By content; a name counts only where the content says nothing, so that the right reader says what is wrong. */
function kindOf(head: Buffer, name: string): Kind {
  const signature = head.toString('latin1', 0, SIGNATURE);
  if (signature.startsWith('\x1f\x8b')) return 'gzip';
  if (/^PK(?:\x03\x04|\x05\x06)/.test(signature)) return 'zip';
  if (signature.startsWith('%PDF-')) return 'pdf';
  if (signature.startsWith('PAR1')) return 'parquet';
  if (MARKUP.test(signature)) return 'text';
  const extension = path.extname(name).slice(1).toLowerCase();
  return TRANSCRIBED.find((kind) => kind === extension) ?? 'text';
}

function requireEnd(shown: string, inside: readonly string[]): void {
  if (inside.length === 0) return;
  throw archiveUnreadable(shown, `This is no archive, so there is no ${inside.join('/')} in it.`);
}

function deeper(shown: string, { limits, depth }: Reading): Reading {
  if (depth < limits.depth) return { limits, depth: depth + 1 };
  throw archiveUnreadable(
    shown,
    `Archives inside archives are read ${limits.depth} deep; this one is deeper.`,
  );
}

async function* gzipParts(
  content: Content,
  opened: Peeked,
  inside: readonly string[],
  reading: Reading,
): AsyncGenerator<SourcePart> {
  const { shown } = content;
  const name = path
    .basename(shown)
    .replace(/\.gz$/i, '')
    .replace(/\.tgz$/i, '.tar');
  const [wanted, ...rest] = inside;
  const inner = joinMember(shown, [name]);
  if (wanted !== undefined && wanted !== name)
    throw memberMissing(shown, wanted, joinMember(shown, [wanted]));
  const bytes = (): AsyncGenerator<Buffer> => gunzipped(opened.bytes(), shown, name, reading.limits);
  yield* partsOf({ shown: inner, bytes }, rest, reading);
}

async function* gunzipped(
  packed: AsyncGenerator<Buffer>,
  archive: string,
  name: string,
  limits: ArchiveLimits,
): AsyncGenerator<Buffer> {
  const shown = joinMember(archive, [name]);
  const tooLarge = (detail: string): PatentLabError => memberTooLarge(archive, name, shown, detail);
  try {
    yield* unpacked(packed, createGunzip(), { limits, tooLarge });
  } catch (cause) {
    throw unpackingError(archive, name, shown, cause);
  }
}

async function* zipParts(
  file: string,
  shown: string,
  inside: readonly string[],
  reading: Reading,
): AsyncGenerator<SourcePart> {
  const inner = deeper(shown, reading);
  const archive = await openZip(file, shown, reading.limits, reading.onRead);
  try {
    const office = officeDocument(archive.members);
    if (office === 'xlsx') {
      requireEnd(shown, inside);
      yield* transcribed('xlsx', file, shown);
      return;
    }
    if (office !== undefined)
      throw archiveUnreadable(
        shown,
        'This is an office document that Patent Lab does not read; save it as text.',
      );
    yield* memberParts(archive.members, shown, inside, inner);
  } finally {
    archive.close();
  }
}

/** Spreadsheets and other office documents are zip archives too; their first member says so. */
function officeDocument(members: readonly ZipMember[]): 'xlsx' | 'other' | undefined {
  const names = new Set(members.map(({ name }) => name));
  if (names.has('xl/workbook.xml')) return 'xlsx';
  return names.has('[Content_Types].xml') || members[0]?.name === 'mimetype' ? 'other' : undefined;
}

async function* memberParts(
  members: readonly ZipMember[],
  shown: string,
  inside: readonly string[],
  reading: Reading,
): AsyncGenerator<SourcePart> {
  const chosen = choose(members, inside);
  if (chosen.length === 0 && inside.length > 0) {
    throw memberMissing(shown, inside.join('/'), joinMember(shown, inside));
  }
  let read = 0;
  const names = members.map(({ name }) => name);
  const passedOver = holdsNoPatents(names);
  for (const { member, rest } of chosen) {
    // What a person names is read whatever it is called.
    if (inside.length === 0 && passedOver(member.name)) continue;
    read++;
    if (member.refusal) yield { kind: 'failure', shown: member.shown, error: member.refusal };
    else yield* partsOf({ shown: member.shown, bytes: () => member.bytes() }, rest, reading);
  }
  if (read === 0) {
    throw archiveUnreadable(
      shown,
      `The archive holds no file that could be a patent (${countedByExtension(names)}).`,
    );
  }
}

interface Chosen {
  readonly member: ZipMember;
  /** What to read inside the member. */
  readonly rest: readonly string[];
}

/** The members that a path inside the archive means: one, all below a folder of it, or an archive that it goes on in. */
function choose(members: readonly ZipMember[], inside: readonly string[]): Chosen[] {
  if (inside.length === 0) return members.map((member) => ({ member, rest: [] }));
  const wanted = inside.join('/');
  const usable = members.filter(({ refusal, name }) => refusal === undefined || name === wanted);
  const exact = usable.find(({ name }) => name === wanted);
  if (exact) return [{ member: exact, rest: [] }];
  const below = usable.filter(({ name }) => name.startsWith(`${wanted}/`));
  if (below.length > 0) return below.map((member) => ({ member, rest: [] }));
  const around = usable.find(({ name }) => wanted.startsWith(`${name}/`));
  return around ? [{ member: around, rest: inside.slice(around.name.split('/').length) }] : [];
}

async function* transcribed(kind: TranscribedKind, file: string, shown: string): AsyncGenerator<SourcePart> {
  const transcribe = transcriberFor(kind);
  yield { kind: 'text', shown, text: new PlainText(transcribe(file, shown)) };
}
