/**
 * The bytes of a file or of an archive's member: looked at without being used up, and laid on disk for readers that
 * need random access.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { memberTooLarge } from './archive/errors.ts';

const CHUNK = 1 << 18;
/** Longest signature that tells a kind of file. */
export const SIGNATURE = 8;

export interface Content {
  readonly shown: string;
  /** Where it stands on disk; undefined for what comes out of an archive. */
  readonly file?: string;
  bytes(): AsyncGenerator<Buffer>;
}

/** Told how many bytes of a file on disk have been read. */
export type OnRead = (bytes: number) => void;

export async function* fileBytes(file: string, onRead?: OnRead): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    yield chunk;
    onRead?.((read += chunk.length));
  }
}

/** Gives a reader a file on disk: the content's own, or a copy that is removed afterwards. */
export async function* onDisk<Part>(
  { file, shown }: Content,
  opened: Peeked,
  mostCopied: number,
  read: (file: string) => AsyncGenerator<Part>,
): AsyncGenerator<Part> {
  if (file !== undefined) {
    await opened.close();
    yield* read(file);
    return;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-member-'));
  try {
    const copy = path.join(folder, 'member');
    await pipeline(limited(opened.bytes(), shown, mostCopied), createWriteStream(copy, { mode: 0o600 }));
    yield* read(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* limited(bytes: AsyncGenerator<Buffer>, shown: string, most: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) {
      const [archive, name] = [path.dirname(shown), path.basename(shown)];
      throw memberTooLarge(
        archive,
        name,
        shown,
        `It is longer than ${most} bytes, the most that is copied out.`,
      );
    }
    yield chunk;
  }
}

export interface Peeked {
  readonly head: Buffer;
  /** Everything, the head included; once. */
  bytes(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Looks at the first bytes of a stream and gives them back. */
export async function peek(source: AsyncGenerator<Buffer>): Promise<Peeked> {
  const seen: Buffer[] = [];
  let length = 0;
  while (length < SIGNATURE) {
    const next = await source.next();
    if (next.done === true) break;
    // A copy, because the stream may use its buffer again.
    seen.push(Buffer.from(next.value));
    length += next.value.length;
  }
  const close = async (): Promise<void> => {
    await source.return(undefined);
  };
  return {
    head: Buffer.concat(seen),
    async *bytes() {
      yield* seen;
      yield* source;
    },
    close,
  };
}
