/** Generation runs in the Runs view. They have no report; what stands in their journal tells how they stand. */
import * as vscode from 'vscode';
import { ListRunsRequest, type RunSummary } from '../../protocol/generation.ts';
import type { CommandId } from '../contributions.ts';
import type { RunPresenter } from '../runs/presenter.ts';
import { runHeadline } from './run/words.ts';

export const generationRuns: RunPresenter = {
  title: () => vscode.l10n.t('Generated documents'),
  icon: 'sparkle',
  standings: async ({ engine }, root) => {
    const { runs } = await engine.request(ListRunsRequest, { root });
    return new Map(
      runs.map((run) => [
        run.folder,
        { state: run.finished ? 'done' : 'unfinished', headline: runHeadline(run, vscode.l10n) } as const,
      ]),
    );
  },
  open: async () => command('patentLab.reviewSynthetic'),
  resume: async ({ engine, roots }, { folder }) => {
    const root = await roots.of(vscode.Uri.file(folder));
    const { runs } = await engine.request(ListRunsRequest, { root });
    const run: RunSummary | undefined = runs.find((one) => one.folder === folder);
    await command('patentLab.resumeGeneration', ...(run ? [run.run] : []));
  },
};

const command = (id: CommandId, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(id, ...args);
