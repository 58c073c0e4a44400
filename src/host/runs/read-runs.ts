/** Reads which runs a workspace has. A report is read once for each of its versions; it may be large. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { RUNS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { parseRunName, type Run, type RunState } from './run.ts';

export const REPORT_FILE = 'report.json';

/** What came out of a run of a kind, in one line. */
export type Headline = (kind: string, report: unknown) => string | undefined;

interface Read {
  readonly changed: number;
  readonly state: RunState;
  readonly headline?: string;
}

export class RunReader {
  readonly #headline: Headline;
  readonly #known = new Map<string, Read>();

  constructor(headline: Headline) {
    this.#headline = headline;
  }

  /** All runs in no order; none where the workspace has no runs. */
  async read(root: string): Promise<readonly Run[]> {
    const folder = path.join(root, RUNS_FOLDER);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return Promise.all(names.map((name) => this.#run(path.join(folder, name), name)));
  }

  async #run(folder: string, name: string): Promise<Run> {
    const { kind, at } = parseRunName(name);
    const { state, headline } = await this.#report(kind, path.join(folder, REPORT_FILE));
    return {
      name,
      folder,
      kind,
      at: at ?? new Date(await changed(folder)),
      state,
      ...(headline === undefined ? {} : { headline }),
    };
  }

  async #report(kind: string, file: string): Promise<Pick<Read, 'state' | 'headline'>> {
    const now = await changed(file);
    if (now === 0) return { state: 'unfinished' };
    const known = this.#known.get(file);
    if (known?.changed === now) return known;
    const read: Read = { changed: now, ...(await this.#summary(kind, file)) };
    this.#known.set(file, read);
    return read;
  }

  async #summary(kind: string, file: string): Promise<Pick<Read, 'state' | 'headline'>> {
    try {
      const headline = this.#headline(kind, JSON.parse(await readFile(file, 'utf8')));
      return { state: 'done', ...(headline === undefined ? {} : { headline }) };
    } catch {
      return { state: 'unreadable' };
    }
  }
}

/** Milliseconds; 0 for what is not there. */
const changed = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
