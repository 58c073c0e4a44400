/**
 * A file of lines that only grows and that a crash at any byte leaves readable: one writer, one write a line, on the
 * disk before the writer is told so. A torn last line is cut off when the file is opened; a last line that is whole but
 * for its line break is kept.
 */
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from '../../files/errors.ts';

export class LineFile {
  readonly #file: string;
  readonly #handle: FileHandle;
  #length: number;
  /** Writes happen one after the other. */
  #last: Promise<void> = Promise.resolve();

  private constructor(file: string, handle: FileHandle, length: number) {
    this.#file = file;
    this.#handle = handle;
    this.#length = length;
  }

  /** Opens or creates the file and repairs its end. */
  static async open(file: string): Promise<LineFile> {
    try {
      await mkdir(path.dirname(file), { recursive: true });
      const handle = await open(file, 'a').then(async (made) => {
        await made.close();
        return open(file, 'r+');
      });
      try {
        const { size } = await handle.stat();
        const lines = new LineFile(file, handle, size);
        await lines.#repair();
        return lines;
      } catch (cause) {
        await handle.close();
        throw cause;
      }
    } catch (cause) {
      throw writeError(file, cause);
    }
  }

  /** Bytes. */
  get length(): number {
    return this.#length;
  }

  /**
   * Appends `value` as one line of JSON. Afterwards it is on the disk; when it fails, nothing of it stands there.
   * @param durable false where a loss of power may take it: it is written, and the disk is not waited for
   */
  append(value: unknown, durable = true): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`, 'utf8');
    const written = this.#last.then(() => this.#write(bytes, durable));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#handle.close();
  }

  async #write(bytes: Buffer, durable: boolean): Promise<void> {
    const before = this.#length;
    try {
      let at = 0;
      while (at < bytes.length) {
        const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, before + at);
        at += bytesWritten;
      }
      if (durable) await this.#handle.datasync();
      this.#length = before + bytes.length;
    } catch (cause) {
      // A full disk may have taken half of it; without this the next line would glue onto that half.
      await this.#handle.truncate(before).catch(() => undefined);
      throw writeError(this.#file, cause);
    }
  }

  async #repair(): Promise<void> {
    const tail = await this.#tail();
    if (tail.length === 0) return;
    if (isJson(tail.toString('utf8'))) {
      await this.#handle.write(Buffer.from('\n'), 0, 1, this.#length);
      this.#length += 1;
    } else {
      this.#length -= tail.length;
      await this.#handle.truncate(this.#length);
    }
    await this.#handle.datasync();
  }

  /** What stands behind the last line break. */
  async #tail(): Promise<Buffer> {
    const block = 1 << 16;
    let tail = Buffer.alloc(0);
    for (let end = this.#length; end > 0; end -= block) {
      const from = Math.max(0, end - block);
      const bytes = Buffer.alloc(end - from);
      await this.#handle.read(bytes, 0, bytes.length, from);
      const at = bytes.lastIndexOf(0x0a);
      if (at >= 0) return Buffer.concat([bytes.subarray(at + 1), tail]);
      tail = Buffer.concat([bytes, tail]);
    }
    return tail;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
