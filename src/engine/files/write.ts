/** Writing so that a crash at any byte loses nothing that was there before. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from './errors.ts';

/**
 * Replaces a file in one step: readers see the old content or the new one, never half of it.
 * @param content several parts are written one after another, without a copy of them all
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
      for (const part of parts) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(file, cause);
  }
}

/**
 * Appends whole lines to a JSONL file. A tail without a line break (a crash in the middle of a write, or an editor
 * that leaves it out) is ended first, so that it never glues onto the new record.
 */
export async function appendLines(file: string, lines: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'a+');
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const torn = size > 0 && last[0] !== 0x0a;
      await handle.appendFile((torn ? '\n' : '') + lines);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw writeError(file, cause);
  }
}
