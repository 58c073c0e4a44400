/** Long work of the engine as a notification that can be cancelled there, and by whoever else watches it. */
import * as vscode from 'vscode';
import type { Progress } from '../protocol/engine.ts';
import { ProgressReporter } from './progress.ts';

/** Who else wants to know how it goes, and may stop it. */
export interface Watch {
  readonly token?: vscode.CancellationToken;
  readonly onProgress?: (progress: Progress) => void;
}

export function visibly<T>(
  title: string,
  watch: Watch,
  work: (options: Required<Watch>) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return Promise.resolve(
    vscode.window.withProgress(options, async (progress, stopped) => {
      const reporter = new ProgressReporter(progress);
      const source = new vscode.CancellationTokenSource();
      const subscriptions = [stopped, watch.token].map((token) =>
        token?.onCancellationRequested(() => source.cancel()),
      );
      try {
        return await work({
          token: source.token,
          onProgress: (value) => {
            reporter.report(value);
            watch.onProgress?.(value);
          },
        });
      } finally {
        for (const subscription of subscriptions) subscription?.dispose();
        source.dispose();
      }
    }),
  );
}
