/**
 * Exports that arrive in parts: tens of thousands of predictions do not fit into one message. Each grows in a file beside
 * its place and takes it in one step when the last part has come.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { BeginExportParams, ClassifyOutcome } from '../../protocol/engine.ts';
import { writeError } from '../files/errors.ts';
import { csvHeader, csvLines, jsonLines } from './export.ts';

interface OpenExport {
  readonly params: BeginExportParams;
  readonly temporary: string;
  readonly handle: FileHandle;
  rows: number;
}

export class ExportFiles {
  readonly #open = new Map<string, OpenExport>();

  /** Gives the name under which the parts are sent. */
  async begin(params: BeginExportParams): Promise<{ readonly id: string }> {
    const id = randomBytes(8).toString('hex');
    const temporary = `${params.path}.${id}.tmp`;
    try {
      await mkdir(path.dirname(params.path), { recursive: true });
      const handle = await open(temporary, 'wx');
      this.#open.set(id, { params, temporary, handle, rows: 0 });
      if (params.format === 'csv') await handle.appendFile(csvHeader(params.labels));
    } catch (cause) {
      await this.#drop(id);
      throw writeError(params.path, cause);
    }
    return { id };
  }

  async append(id: string, outcomes: readonly ClassifyOutcome[]): Promise<{ readonly rows: number }> {
    const one = this.#find(id);
    const { params, handle } = one;
    try {
      await handle.appendFile(
        params.format === 'csv' ? csvLines(outcomes, params.labels) : jsonLines(outcomes),
      );
    } catch (cause) {
      await this.#drop(id);
      throw writeError(params.path, cause);
    }
    one.rows += outcomes.length;
    return { rows: one.rows };
  }

  /** Puts the file in its place, or forgets it. */
  async finish(id: string, keep: boolean): Promise<{ readonly rows: number }> {
    const { params, temporary, handle, rows } = this.#find(id);
    if (!keep) {
      await this.#drop(id);
      return { rows: 0 };
    }
    try {
      await handle.sync();
      await handle.close();
      await rename(temporary, params.path);
      this.#open.delete(id);
    } catch (cause) {
      await this.#drop(id);
      throw writeError(params.path, cause);
    }
    return { rows };
  }

  #find(id: string): OpenExport {
    const found = this.#open.get(id);
    if (found) return found;
    throw new PatentLabError({
      code: 'engine-died',
      message: 'The engine was restarted while the export was written.',
      remedy: 'Export again.',
    });
  }

  async #drop(id: string): Promise<void> {
    const found = this.#open.get(id);
    this.#open.delete(id);
    if (!found) return;
    await found.handle.close().catch(() => undefined);
    await rm(found.temporary, { force: true }).catch(() => undefined);
  }
}
