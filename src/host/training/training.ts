/** Trains the classifier of a workspace, visibly and cancellably; one training at a time for each root. */
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport } from '../../core/errors.ts';
import { TrainRequest, type ClassifierInfo, type TrainParams } from '../../protocol/engine.ts';
import type { EngineClient } from '../engine/client.ts';
import { setting } from '../settings.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { requireTrust } from '../workspace/trust.ts';
import { visibly, type Watch } from '../visible-work.ts';
import { trainingOutcome } from './outcome.ts';

export class Training implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #summaries: Summaries;
  readonly #running = new Map<string, Promise<ClassifierInfo>>();
  readonly #trained = new vscode.EventEmitter<string>();
  /** Fires with the root that has another classifier now. */
  readonly onDidTrain = this.#trained.event;

  constructor(engine: EngineClient, summaries: Summaries) {
    this.#engine = engine;
    this.#summaries = summaries;
  }

  /** Resolves with the new classifier; rejects with `cancelled` when the person, or `token`, stopped it. */
  train(root: string, watch: Watch = {}): Promise<ClassifierInfo> {
    const running = this.#running.get(root);
    if (running) return running;
    const training = this.#train(root, watch).finally(() => this.#running.delete(root));
    this.#running.set(root, training);
    return training;
  }

  dispose(): void {
    this.#trained.dispose();
  }

  async #train(root: string, watch: Watch): Promise<ClassifierInfo> {
    requireTrust();
    const view = setting('patentLab.view', vscode.Uri.file(root));
    const info = await this.#visibly({ root, view }, watch).catch(async (error: unknown) => {
      if (toErrorReport(error).code !== 'training-interrupted' || !(await mayStartAnew())) throw error;
      return this.#visibly({ root, view, restart: true }, watch);
    });
    this.#summaries.patch(root, { classifier: info, decisionsSinceTraining: 0 });
    await this.#summaries.refresh(root).catch(() => undefined);
    this.#trained.fire(root);
    return info;
  }

  #visibly(params: TrainParams, watch: Watch): Promise<ClassifierInfo> {
    return visibly(vscode.l10n.t('Training the classifier'), watch, (options) =>
      this.#engine.request(TrainRequest, params, options),
    );
  }
}

/** What an interrupted training had done is lost then, so the person is asked. */
export async function mayStartAnew(): Promise<boolean> {
  const anew = vscode.l10n.t('Start Anew');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('An interrupted training with other documents or settings cannot go on.'),
    { modal: true, detail: vscode.l10n.t('Starting anew forgets what it had done.') },
    anew,
  );
  return chosen === anew;
}

/** Says how it went, with the way to the card. Does not wait for the person. */
export async function announceTraining(info: ClassifierInfo): Promise<void> {
  const openCardTitle = vscode.l10n.t('Open Card');
  const chosen = await vscode.window.showInformationMessage(
    trainingOutcome(info, vscode.l10n),
    openCardTitle,
  );
  if (chosen === openCardTitle) await openCard(info);
}

const CARD_FILE = 'CARD.md';

export async function openCard(info: ClassifierInfo): Promise<void> {
  const card = vscode.Uri.file(path.join(info.path, CARD_FILE));
  await vscode.commands.executeCommand('markdown.showPreview', card);
}
