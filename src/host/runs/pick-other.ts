/** Asks which other run of the same kind and workspace to compare one with. */
import path from 'node:path';
import * as vscode from 'vscode';
import { usage } from '../errors/usage.ts';
import { conclusionOf } from './headline.ts';
import { RunReader } from './read-runs.ts';
import { groupRuns, type Run } from './run.ts';
import { moment } from './words.ts';

/**
 * Undefined where the person chose none.
 * @param headline what tells a run from the others, out of its report
 */
export async function pickOther(
  { kind, folder }: Pick<Run, 'kind' | 'folder'>,
  title: string,
  headline: (report: unknown) => string | undefined = conclusionOf,
): Promise<Run | undefined> {
  // A run lies two folders below its workspace: `.patent-lab/runs/{run}`.
  const root = path.resolve(folder, '..', '..', '..');
  const reader = new RunReader((_, report) => headline(report));
  const runs = (await reader.read(root)).filter(
    (run) => run.kind === kind && run.state === 'done' && run.folder !== folder,
  );
  if (runs.length === 0) {
    throw usage(
      vscode.l10n.t('There is no other finished run of this kind to compare with.'),
      vscode.l10n.t('Run it again with something changed, then compare the two.'),
    );
  }
  const items = groupRuns(runs)
    .flatMap((group) => group.runs)
    .map((run) => ({
      label: moment(run.at),
      ...(run.headline === undefined ? {} : { detail: run.headline }),
      run,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Compare with…'),
  });
  return picked?.run;
}
