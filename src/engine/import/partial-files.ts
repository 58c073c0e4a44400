/**
 * The three growing files of an import: records, their keys, and problems. They are written in large pieces, and are on
 * the disk before the journal speaks of them.
 */
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { writeError } from '../files/errors.ts';
import type { PartialLengths } from './journal.ts';
import type { ImportPlaces } from './places.ts';

/** Written at once. Small enough to be quick when someone cancels, large enough to be cheap. [ours] */
const PIECE = 1 << 20;

/** A file that only grows, written in pieces. */
class GrowingFile {
  readonly #file: string;
  readonly #handle: FileHandle;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #length: number;

  constructor(file: string, handle: FileHandle, length: number) {
    this.#file = file;
    this.#handle = handle;
    this.#length = length;
  }

  /** Bytes, with what is not written yet. */
  get length(): number {
    return this.#length + this.#waitingBytes;
  }

  async add(bytes: Buffer): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= PIECE) await this.#write();
  }

  /** Everything that was added is on the disk afterwards. */
  async settle(): Promise<void> {
    await this.#write();
    await this.#handle.datasync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #write(): Promise<void> {
    if (this.#waitingBytes === 0) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    try {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, at, bytes.length - at, this.#length);
        at += bytesWritten;
        this.#length += bytesWritten;
      }
    } catch (cause) {
      throw writeError(this.#file, cause);
    }
  }
}

export class PartialFiles {
  readonly #records: GrowingFile;
  readonly #keys: GrowingFile;
  readonly #problems: GrowingFile;

  private constructor(records: GrowingFile, keys: GrowingFile, problems: GrowingFile) {
    this.#records = records;
    this.#keys = keys;
    this.#problems = problems;
  }

  /** Opens or creates the files and cuts off what stands behind the given lengths. */
  static async open(places: ImportPlaces, lengths: PartialLengths): Promise<PartialFiles> {
    const files: GrowingFile[] = [];
    const all = [
      [places.partial, lengths.partial],
      [places.keys, lengths.keys],
      [places.problemLines, lengths.problemLines],
    ] as const;
    for (const [file, length] of all) {
      try {
        const handle = await open(file, 'a').then(async (made) => {
          await made.close();
          return open(file, 'r+');
        });
        await truncate(file, length);
        files.push(new GrowingFile(file, handle, length));
      } catch (cause) {
        await Promise.all(files.map((opened) => opened.close()));
        throw writeError(file, cause);
      }
    }
    const [records, keys, problems] = files;
    if (!records || !keys || !problems) throw new Error('three files were opened');
    return new PartialFiles(records, keys, problems);
  }

  get lengths(): PartialLengths {
    return {
      partial: this.#records.length,
      keys: this.#keys.length,
      problemLines: this.#problems.length,
    };
  }

  async addRecord(line: string, keys: Buffer): Promise<void> {
    await this.#records.add(Buffer.from(`${line}\n`, 'utf8'));
    await this.#keys.add(keys);
  }

  addProblem(problem: unknown): Promise<void> {
    return this.#problems.add(Buffer.from(`${JSON.stringify(problem)}\n`, 'utf8'));
  }

  async settle(): Promise<void> {
    await Promise.all([this.#records.settle(), this.#keys.settle(), this.#problems.settle()]);
  }

  async close(): Promise<void> {
    await Promise.all([this.#records.close(), this.#keys.close(), this.#problems.close()]);
  }
}
