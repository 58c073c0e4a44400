/** What a person does with a run: open its report, go on with it, compare it, look at its files, throw it away. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { reveal } from '../documents/reveal.ts';
import type { Services } from '../services.ts';
import { requireTrust } from '../workspace/trust.ts';
import { presenterOf } from './presenters.ts';
import type { Run } from './run.ts';
import { pickOther } from './pick-other.ts';
import type { RunsView } from './view.ts';
import { moment } from './words.ts';

export async function openRun(services: Services, run: Run): Promise<void> {
  const presenter = presenterOf(run.kind);
  const text = path.join(run.folder, 'report.md');
  if (run.state === 'unfinished' && presenter?.resume) await presenter.resume(services, run);
  else if (run.state === 'done' && presenter?.open) await presenter.open(services, run);
  else if (await isThere(text)) {
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(text));
  } else await revealRun(run);
}

export async function resumeRun(services: Services, run: Run): Promise<void> {
  await presenterOf(run.kind)?.resume?.(services, run);
}

export async function compareRun(services: Services, run: Run): Promise<void> {
  const presenter = presenterOf(run.kind);
  if (!presenter?.compare) return;
  const other = await pickOther(run, presenter.title(), presenter.headline);
  if (other) await presenter.compare(services, run, other);
}

export async function scoreRun(services: Services, run: Run): Promise<void> {
  requireTrust();
  await presenterOf(run.kind)?.score?.(services, run);
}

export async function revealRun({ folder }: Run): Promise<void> {
  await reveal(folder);
}

export async function deleteRun(run: Run, view: RunsView): Promise<void> {
  requireTrust();
  const move = vscode.l10n.t('Move to Trash');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete this run of {0}?', moment(run.at)),
    {
      modal: true,
      detail: vscode.l10n.t('Its report and everything else in {0} go to the trash.', run.name),
    },
    move,
  );
  if (chosen !== move) return;
  const uri = vscode.Uri.file(run.folder);
  try {
    await vscode.workspace.fs.delete(uri, { recursive: true, useTrash: true });
  } catch {
    await deleteForGood(uri, run);
  }
  view.refresh();
}

/** Remote and minimal systems have no trash. */
async function deleteForGood(uri: vscode.Uri, run: Run): Promise<void> {
  const forGood = vscode.l10n.t('Delete Permanently');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('There is no trash here. Delete this run of {0} for good?', moment(run.at)),
    { modal: true },
    forGood,
  );
  if (chosen === forGood) await vscode.workspace.fs.delete(uri, { recursive: true });
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
