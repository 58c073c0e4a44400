/** The run in the status bar and as a notification that can be cancelled. */
import * as vscode from 'vscode';
import type { CommandId } from '../../contributions.ts';
import { setContext } from '../../context-keys.ts';
import { isBusy, type RunState } from './run-state.ts';
import type { GenerationRuns } from './runs.ts';
import { doneOf } from './words.ts';

export class RunStatus implements vscode.Disposable {
  readonly #runs: GenerationRuns;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;
  /** Ends the notification that is shown. */
  #endNotification: (() => void) | undefined;
  #report: ((state: RunState) => void) | undefined;

  constructor(runs: GenerationRuns) {
    this.#runs = runs;
    this.#item = vscode.window.createStatusBarItem(
      'patentLab.generation',
      vscode.StatusBarAlignment.Right,
      89,
    );
    this.#item.name = vscode.l10n.t('Patent Lab: Generation');
    this.#item.command = 'patentLab.reviewSynthetic' satisfies CommandId;
    this.#subscription = runs.onDidChange((state) => this.#show(state));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#endNotification?.();
    this.#item.dispose();
  }

  #show(state: RunState): void {
    setContext('generating', isBusy(state));
    this.#showItem(state);
    if (state.kind === 'sampling' || state.kind === 'running') {
      this.#notify(state);
      this.#report?.(state);
    } else this.#endNotification?.();
  }

  #showItem(state: RunState): void {
    switch (state.kind) {
      case 'idle':
        return this.#item.hide();
      case 'sampling':
      case 'running':
        this.#item.text = `$(sync~spin) ${state.figures.short}`;
        this.#item.tooltip = vscode.l10n.t('{0} by {1}: {2}', state.run, state.model, state.figures.note);
        break;
      case 'asking':
        this.#item.text = vscode.l10n.t('$(question) Samples are there');
        this.#item.tooltip = vscode.l10n.t('Read them: shall {0} more be written?', state.rest);
        break;
      case 'stopped':
        this.#item.text = vscode.l10n.t('$(debug-pause) {0} missing', state.missing);
        this.#item.tooltip = vscode.l10n.t('{0} stopped; it can be resumed.', state.run);
        break;
    }
    this.#item.show();
  }

  /** One notification for each part of a run. */
  #notify(state: Extract<RunState, { kind: 'sampling' | 'running' }>): void {
    if (this.#endNotification) return;
    const title =
      state.kind === 'sampling'
        ? vscode.l10n.t('Writing samples')
        : vscode.l10n.t('Writing synthetic patents');
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => this.#runs.stop());
        let percent = 0;
        this.#report = (now) => {
          if (now.kind !== 'sampling' && now.kind !== 'running') return;
          const { counts, total, short } = now.figures;
          const next = total === 0 ? 0 : Math.min(100, (100 * doneOf(counts)) / total);
          progress.report({ message: short, increment: Math.max(0, next - percent) });
          percent = Math.max(percent, next);
        };
        return new Promise<void>((resolve) => {
          this.#endNotification = () => {
            this.#endNotification = undefined;
            this.#report = undefined;
            resolve();
          };
        });
      },
    );
  }
}
