/** The exit code of commands that go through files one by one. */
import type { ErrorReport } from '../core/errors.ts';

/** Counts what failed, and of that what was not there at all. */
export class Failures {
  #failed = 0;
  #absent = 0;

  add({ code }: ErrorReport): void {
    this.#failed++;
    if (code === 'file-not-found') this.#absent++;
  }

  /**
   * 2 where nothing of all that was named is there, so that the command could not be carried out; 1 where documents
   * failed.
   * @param documents outcomes, failures included
   */
  exitCode(documents: number): 0 | 1 | 2 {
    if (documents > 0 && this.#absent === documents) return 2;
    return this.#failed > 0 ? 1 : 0;
  }
}
