/** Generation runs in the Runs view. They have no report; what stands in their journal tells how they stand. */
import path from 'node:path';
import * as vscode from 'vscode';
import { ListRunsRequest, type RunSummary } from '../../protocol/generation.ts';
import type { CommandId } from '../contributions.ts';
import { showFidelity } from '../fidelity/report.ts';
import type { RunPresenter, Standing } from '../runs/presenter.ts';
import type { Services } from '../services.ts';
import { replacedHeadline, runHeadline } from './run/words.ts';

export const generationRuns: RunPresenter = {
  title: () => vscode.l10n.t('Generated documents'),
  icon: 'sparkle',
  standings: async ({ engine }, root) => {
    const { runs, replaced, problems } = await engine.request(ListRunsRequest, { root });
    // What is damaged is named by its file, which stands in the run's folder.
    const damaged = problems.flatMap(({ place }) => (place?.file === undefined ? [] : [place.file]));
    return new Map<string, Standing>([
      ...damaged.map((file) => [path.dirname(file), { state: 'unreadable' }] as const),
      ...runs.map(
        (run) =>
          [
            run.folder,
            { state: run.finished ? 'done' : 'unfinished', headline: runHeadline(run, vscode.l10n) },
          ] as const,
      ),
      ...replaced.map(
        (run) => [run.folder, { state: 'replaced', headline: replacedHeadline(run, vscode.l10n) }] as const,
      ),
    ]);
  },
  open: async () => command('patentLab.reviewSynthetic'),
  resume: async ({ engine, roots }, { folder }) => {
    const { run } = await runIn(engine, roots, folder);
    await command('patentLab.resumeGeneration', ...(run ? [run.run] : []));
  },
  score: async (services, { folder }) => {
    const { root, run } = await runIn(services.engine, services.roots, folder);
    if (run) await showFidelity(services, root, { kind: 'run', run: run.run });
  },
};

async function runIn(
  engine: Services['engine'],
  roots: Services['roots'],
  folder: string,
): Promise<{ readonly root: string; readonly run: RunSummary | undefined }> {
  const root = await roots.of(vscode.Uri.file(folder));
  const { runs } = await engine.request(ListRunsRequest, { root });
  return { root, run: runs.find((one) => one.folder === folder) };
}

const command = (id: CommandId, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(id, ...args);
