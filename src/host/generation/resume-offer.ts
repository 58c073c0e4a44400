/** Offers to resume a run that stopped before its end, once for each root after VS Code started. */
import * as vscode from 'vscode';
import { ListRunsRequest, type RunSummary } from '../../protocol/generation.ts';
import type { CommandId } from '../contributions.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { isBusy } from './run/run-state.ts';
import type { GenerationRuns } from './run/runs.ts';
import { doneOf } from './run/words.ts';

/** Runs that a person does not want to be asked about again. */
const DECLINED = 'patentLab.generation.declinedRuns';

export class ResumeOffer implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #runs: GenerationRuns;
  readonly #memory: vscode.Memento;
  readonly #looked = new Set<string>();
  readonly #subscription: vscode.Disposable;

  constructor(engine: EngineClient, summaries: Summaries, runs: GenerationRuns, memory: vscode.Memento) {
    this.#engine = engine;
    this.#runs = runs;
    this.#memory = memory;
    // The engine runs then for a reason of its own.
    this.#subscription = summaries.onDidChange((root) => {
      if (this.#looked.has(root) || !vscode.workspace.isTrusted) return;
      this.#looked.add(root);
      this.#look(root).catch(() => undefined);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #look(root: string): Promise<void> {
    const { runs } = await this.#engine.request(ListRunsRequest, { root });
    const declined = this.#memory.get<readonly string[]>(DECLINED, []);
    const stopped = runs.find((run) => !run.finished && !run.running && !declined.includes(signatureOf(run)));
    if (!stopped || isBusy(this.#runs.state)) return;
    const resume = vscode.l10n.t('Resume');
    const review = vscode.l10n.t('Review');
    const never = vscode.l10n.t('Do Not Ask Again');
    const { run, counts } = stopped;
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The generation run {0} stopped with {1} of {2} documents missing. What was written is kept.',
        run,
        counts.planned - doneOf(counts),
        counts.planned,
      ),
      resume,
      review,
      never,
    );
    if (chosen === resume) await command('patentLab.resumeGeneration', run);
    else if (chosen === review) await command('patentLab.reviewSynthetic');
    else if (chosen === never) await this.#memory.update(DECLINED, [...declined, signatureOf(stopped)]);
  }
}

/** A run that went on and stopped again is another matter. */
const signatureOf = ({ run, startedAt, counts }: RunSummary): string =>
  `${run} ${startedAt} ${doneOf(counts)}`;

const command = (id: CommandId, ...args: readonly unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(id, ...args);
