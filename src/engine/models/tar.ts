/** Takes one file out of a package's archive (gzipped ustar), without unpacking the rest. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { cancelled } from '../task.ts';
import { downloadFailed } from './errors.ts';

const BLOCK = 512;

/** @returns bytes of the file. Throws `model-download-failed` where the archive is damaged or does not hold it. */
export async function extractMember(
  archive: string,
  member: string,
  target: string,
  signal: AbortSignal,
): Promise<number> {
  let bytes: number | undefined;
  const only = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    // Bytes that stand before the next header, and whether they are wanted.
    let [left, padding, wanted] = [0, 0, false];
    let rest: Buffer = Buffer.alloc(0);
    for await (const piece of source) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      for (;;) {
        if (left > 0) {
          const taken = rest.subarray(0, left);
          if (taken.length === 0) break;
          rest = rest.subarray(taken.length);
          left -= taken.length;
          if (wanted) yield taken;
        } else if (padding > 0) {
          const skipped = Math.min(padding, rest.length);
          if (skipped === 0) break;
          rest = rest.subarray(skipped);
          padding -= skipped;
        } else if (rest.length >= BLOCK) {
          const header = readHeader(rest.subarray(0, BLOCK));
          rest = rest.subarray(BLOCK);
          [left, wanted] = [header.size, header.name === member && bytes === undefined];
          padding = (BLOCK - (left % BLOCK)) % BLOCK;
          if (wanted) bytes = left;
        } else break;
      }
    }
    if (left > 0) throw new Error('it ends in the middle of a file');
  };
  try {
    await pipeline(createReadStream(archive), createGunzip(), only, createWriteStream(target), { signal });
  } catch (cause) {
    await rm(target, { force: true });
    if (signal.aborted) throw cancelled();
    throw downloadFailed('A fetched package is damaged.', 'Try again.', { cause });
  }
  if (bytes !== undefined) return bytes;
  await rm(target, { force: true });
  throw downloadFailed(`A fetched package does not hold ${member}.`, 'Report it. Nothing of it was kept.');
}

function readHeader(block: Buffer): { readonly name: string; readonly size: number } {
  const text = (start: number, length: number): string =>
    block.toString('latin1', start, start + length).replace(/\0.*$/s, '');
  const prefix = text(345, 155);
  const name = text(0, 100);
  const size = Number.parseInt(text(124, 12).trim() || '0', 8);
  if (!Number.isSafeInteger(size)) throw new Error('it has a header that cannot be read');
  return { name: prefix === '' ? name : `${prefix}/${name}`, size };
}
