/** The runs of a workspace as they lie on disk. Names of a kind sort by time, so nothing is opened to find the newest. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { RUNS_FOLDER, type RunKind } from '../../core/corpus/workspace-files.ts';
import { jsonOrUndefined } from '../../core/json.ts';

/** Folders of the kind's runs, newest first. */
export async function runFolders(root: string, kind: RunKind): Promise<readonly string[]> {
  const runs = path.join(root, RUNS_FOLDER);
  const names = await readdir(runs).catch((): string[] => []);
  return names
    .filter((name) => name.startsWith(`${kind}-`))
    .sort()
    .reverse()
    .map((name) => path.join(runs, name));
}

/** `report.json` of the newest run that has one. */
export async function newestReport(root: string, kind: RunKind): Promise<string | undefined> {
  for (const folder of await runFolders(root, kind)) {
    const file = path.join(folder, 'report.json');
    const isThere = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

/** A report as its run keeps it, with the run's folder. */
export interface StoredReport<R> {
  readonly report: R;
  readonly folder: string;
}

/** Runs that are looked through for a report; older ones are left alone. [ours] */
const LOOKED_THROUGH = 20;

/**
 * The last report that is wanted: a panel shows it at once, since a run takes minutes and the corpus has seldom changed
 * meanwhile. Undefined where there was none, or one of another version: that is made anew rather than guessed at.
 */
export async function lastReport<R>(
  root: string,
  kind: RunKind,
  isReport: (value: unknown) => value is R,
): Promise<StoredReport<R> | undefined> {
  for (const folder of (await runFolders(root, kind)).slice(0, LOOKED_THROUGH)) {
    const found = await readReport(path.join(folder, 'report.json'), isReport);
    if (found) return found;
  }
  return undefined;
}

/** Undefined where the file is no such report. */
export async function readReport<R>(
  file: string,
  isReport: (value: unknown) => value is R,
): Promise<StoredReport<R> | undefined> {
  const read = await readFile(file, 'utf8').then(jsonOrUndefined, () => undefined);
  return isReport(read) ? { report: read, folder: path.dirname(file) } : undefined;
}
