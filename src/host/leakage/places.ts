/** Lines and columns in files that need not be open, for leading from one document to another. */
import { readFile, stat } from 'node:fs/promises';
import { LineIndex } from './line-index.ts';

/** Files whose line starts are kept; a corpus has few. [ours] */
const MOST_FILES = 16;
/** Files larger than this are opened at their beginning, in bytes. [ours] */
const LARGEST = 64 * 1024 * 1024;

export class Places {
  readonly #indices = new Map<string, { readonly changed: number; readonly lines: LineIndex }>();

  /** The lines of a file as they were read last. */
  known(file: string): LineIndex | undefined {
    return this.#indices.get(file)?.lines;
  }

  /** Reads the file unless it is the one that was read; true when its lines are others than before. */
  async refresh(file: string): Promise<boolean> {
    try {
      const { mtimeMs, size } = await stat(file);
      if (this.#indices.get(file)?.changed === mtimeMs || size > LARGEST) return false;
      const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
      this.#indices.delete(file);
      this.#indices.set(file, { changed: mtimeMs, lines: new LineIndex(text) });
      const [oldest] = this.#indices.keys();
      if (this.#indices.size > MOST_FILES && oldest !== undefined) this.#indices.delete(oldest);
      return true;
    } catch {
      // A file that is gone has no places; the finding still names it.
      return false;
    }
  }
}
