/**
 * What has to be there before anything can be classified: trust, a taxonomy, a classifier. What is missing is offered,
 * and the classification goes on when the person accepts.
 */
import * as vscode from 'vscode';
import type { WorkspaceSummary } from '../../protocol/engine.ts';
import { announceTraining, type Training } from '../training/training.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { requireTrust } from '../workspace/trust.ts';

export type Readiness =
  | { readonly kind: 'ready'; readonly summary: WorkspaceSummary }
  /** The person decided against it, or went another way. */
  | { readonly kind: 'declined' };

export class Preparation {
  readonly #summaries: Summaries;
  readonly #training: Training;

  constructor(summaries: Summaries, training: Training) {
    this.#summaries = summaries;
    this.#training = training;
  }

  /**
   * Throws what stands in the way and cannot be offered away, such as a broken taxonomy.
   * `report` says what it waits for: a notification hides after a while.
   */
  async ready(
    root: string,
    token: vscode.CancellationToken,
    report: (message: string) => void,
  ): Promise<Readiness> {
    requireTrust();
    const known = this.#summaries.get(root);
    const summary = known?.classifier ? known : await this.#summaries.refresh(root);
    if (summary.taxonomy && summary.classifier) return { kind: 'ready', summary };
    report(vscode.l10n.t('Waiting for your answer to the notification…'));
    if (!summary.taxonomy) {
      await this.#offerTaxonomy(token);
      return { kind: 'declined' };
    }
    switch (await this.#offerTraining(root, summary, token)) {
      case 'declined':
        return { kind: 'declined' };
      case 'accepted': {
        report(vscode.l10n.t('Training the classifier…'));
        const info = await this.#training.train(root, {
          token,
          onProgress: (progress) => {
            if (progress.kind === 'step') report(progress.message);
          },
        });
        void announceTraining(info);
        break;
      }
      case 'trained':
        break;
    }
    return { kind: 'ready', summary: await this.#summaries.load(root) };
  }

  async #offerTaxonomy(token: vscode.CancellationToken): Promise<void> {
    const create = vscode.l10n.t('Create Workspace Files');
    const samples = vscode.l10n.t('Open Sample Workspace');
    const chosen = await untilCancelled(
      vscode.window.showInformationMessage(
        vscode.l10n.t('There is no taxonomy here yet: the labels that patents are classified against.'),
        create,
        samples,
      ),
      token,
    );
    if (chosen === create) await vscode.commands.executeCommand('patentLab.createFiles');
    if (chosen === samples) await vscode.commands.executeCommand('patentLab.openSamples');
  }

  /**
   * With labelled documents it is trained on them; without, the labels' descriptions are all there is. `trained` when
   * the person trained it another way meanwhile.
   */
  async #offerTraining(
    root: string,
    { documents, taxonomy, family }: WorkspaceSummary,
    token: vscode.CancellationToken,
  ): Promise<'accepted' | 'declined' | 'trained'> {
    const labels = taxonomy?.labels.length ?? 0;
    const [message, accept] =
      documents > 0
        ? [
            family === 'frozen'
              ? vscode.l10n.t(
                  'There is no classifier yet. Train one on your {0} labelled documents? It takes seconds.',
                  documents,
                )
              : vscode.l10n.t(
                  'There is no classifier yet. Train one, and its encoder, on your {0} labelled documents? It takes minutes.',
                  documents,
                ),
            vscode.l10n.t('Train Now'),
          ]
        : [
            vscode.l10n.t(
              'There are no labelled documents yet. Go by the descriptions of your {0} labels alone?',
              labels,
            ),
            vscode.l10n.t('Use Label Descriptions'),
          ];
    const cancel = vscode.l10n.t('Cancel');
    const asked = vscode.window.showInformationMessage(message, accept, cancel);
    const answer = await untilCancelled(Promise.race([asked, this.#trainedElsewhere(root, token)]), token);
    if (answer === TRAINED) return 'trained';
    return answer === accept ? 'accepted' : 'declined';
  }

  #trainedElsewhere(root: string, token: vscode.CancellationToken): Promise<typeof TRAINED> {
    return new Promise((resolve) => {
      const subscription = this.#training.onDidTrain((trained) => {
        if (trained !== root) return;
        subscription.dispose();
        resolve(TRAINED);
      });
      token.onCancellationRequested(() => subscription.dispose());
    });
  }
}

const TRAINED = Symbol('trained');

/** A notification waits for ever; what asked for it may be given up meanwhile. */
async function untilCancelled<T>(
  answer: Thenable<T | undefined>,
  token: vscode.CancellationToken,
): Promise<T | undefined> {
  let subscription: vscode.Disposable | undefined;
  const given = new Promise<undefined>((resolve) => {
    subscription = token.onCancellationRequested(() => resolve(undefined));
  });
  try {
    return await Promise.race([answer, given]);
  } finally {
    subscription?.dispose();
  }
}
