/**
 * The run of this window: consent, three samples and the question whether it shall go on, the rest, and how it ended.
 * One at a time; what it does is an event, and whoever shows it listens.
 */
import * as vscode from 'vscode';
import { toErrorReport, type ErrorReport } from '../../../core/errors.ts';
import type { Progress } from '../../../protocol/engine.ts';
import {
  EstimateRequest,
  ListRunsRequest,
  RunGenerationRequest,
  type Estimate,
  type ExistingRun,
  type GenerationPlan,
  type GenerationResult,
  type RunSummary,
} from '../../../protocol/generation.ts';
import type { EngineClient } from '../../engine/client.ts';
import { usage } from '../../errors/usage.ts';
import { requireTrust } from '../../workspace/trust.ts';
import type { MachineModels } from '../models/access.ts';
import { isBusy, NO_COUNTS, type RunState } from './run-state.ts';
import { doneOf, paceText, restText, statusText } from './words.ts';

/** Documents that are written before a person is asked whether it shall go on. */
export const SAMPLES = 3;

/** What a run needs of the window it runs in. */
export interface RunScene {
  /** Fetches what a built-in model needs, after asking; false when the person declined. */
  prepare(plan: GenerationPlan): Promise<boolean>;
  /** The person agrees to what is sent, and to whom. */
  consent(plan: GenerationPlan, estimate: Estimate): Promise<boolean>;
  /** What happens to a run of this name that is there; undefined: nothing. */
  existing(estimate: Estimate): Promise<ExistingRun | undefined>;
  /** Shows what is written as it comes. */
  show(root: string): Promise<void>;
  /** Says how it ended. */
  tell(root: string, result: GenerationResult): void;
}

export interface RunTarget {
  readonly root: string;
  readonly plan: GenerationPlan;
}

export class GenerationRuns implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #models: MachineModels;
  readonly #log: vscode.LogOutputChannel;
  readonly #changes = new vscode.EventEmitter<RunState>();
  readonly #written = new vscode.EventEmitter<string>();
  /** Fires when the run is in another state, and with its figures. */
  readonly onDidChange = this.#changes.event;
  /** Fires with the root that has another document now. */
  readonly onDidWrite = this.#written.event;
  #state: RunState = { kind: 'idle' };
  #cancel: vscode.CancellationTokenSource | undefined;
  #answer: ((goOn: boolean) => void) | undefined;
  /** Of the last figures: how long the rest may take. */
  #pace: number | undefined;
  #starting = false;
  #samples: ReadonlySet<string> = new Set();

  constructor(engine: EngineClient, models: MachineModels, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#models = models;
    this.#log = log;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Ids of the documents that the last question was about. */
  get samples(): ReadonlySet<string> {
    return this.#samples;
  }

  dispose(): void {
    this.stop();
    this.#changes.dispose();
    this.#written.dispose();
  }

  /** The word after the samples. */
  goOn(): void {
    this.#answer?.(true);
  }

  /** Stops what is under way; what was written is kept. */
  stop(): void {
    this.#answer?.(false);
    this.#cancel?.cancel();
  }

  /** Resolves when the run has ended in whatever way. */
  async run(target: RunTarget, scene: RunScene): Promise<void> {
    requireTrust();
    if (this.#starting || isBusy(this.#state)) {
      throw usage(
        vscode.l10n.t('A run is under way in this window.'),
        vscode.l10n.t('Wait for its end, or stop it: what it wrote is kept.'),
      );
    }
    this.#starting = true;
    try {
      await this.#run(target, scene);
    } finally {
      this.#starting = false;
    }
  }

  async #run({ root, plan }: RunTarget, scene: RunScene): Promise<void> {
    if (!(await scene.prepare(plan))) return;
    const params = { root, plan, access: await this.#models.access(plan.model.endpoint) };
    const estimate = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Looking at the plan…') },
      () => this.#engine.request(EstimateRequest, params),
    );
    const existing = await scene.existing(estimate);
    if (!existing || !(await scene.consent(plan, estimate))) return;
    await scene.show(root);
    const about = { root, run: plan.name, model: plan.model.model };
    const isFresh = existing === 'always' || (estimate.existing?.counts.answers ?? 0) === 0;
    const before = isFresh ? 0 : estimate.accepted;
    let mode = existing;
    this.#samples = new Set();
    try {
      if (isFresh && estimate.documents > SAMPLES) {
        const samples = await this.#part({ ...about, kind: 'sampling' }, SAMPLES, (options) =>
          this.#engine.request(RunGenerationRequest, { ...params, existing: mode, most: SAMPLES }, options),
        );
        if (samples.stopped) return this.#ended(about, samples, scene);
        if (!(await this.#asked(about, estimate.documents - doneOf(samples.summary.counts)))) {
          return this.#ended(about, { ...samples, stopped: { kind: 'cancelled' } }, scene);
        }
        mode = 'only-missing';
      }
      this.#log.info(`Generation run ${plan.name}: ${estimate.documents} documents, ${before} there already`);
      const result = await this.#part({ ...about, kind: 'running' }, estimate.documents, (options) =>
        this.#engine.request(RunGenerationRequest, { ...params, existing: mode }, options),
      );
      this.#ended(about, result, scene);
    } catch (error) {
      await this.#failed(about, error, scene);
    }
  }

  /** One request to the engine, with its figures shown while it lasts. */
  async #part(
    about: Omit<Extract<RunState, { kind: 'running' | 'sampling' }>, 'figures'>,
    total: number,
    work: (options: {
      readonly token: vscode.CancellationToken;
      readonly onProgress: (progress: Progress) => void;
    }) => Promise<GenerationResult>,
  ): Promise<GenerationResult> {
    const source = new vscode.CancellationTokenSource();
    this.#cancel = source;
    this.#set({
      ...about,
      figures: { counts: NO_COUNTS, total, note: vscode.l10n.t('Starting…'), short: `0/${total}` },
    });
    try {
      return await work({
        token: source.token,
        onProgress: (progress) => {
          if (this.#cancel === source) this.#take(about, total, progress);
        },
      });
    } finally {
      this.#cancel = undefined;
      source.dispose();
    }
  }

  #take(
    about: Omit<Extract<RunState, { kind: 'running' | 'sampling' }>, 'figures'>,
    total: number,
    progress: Progress,
  ): void {
    if (progress.kind !== 'generation') return;
    const { event } = progress;
    switch (event.kind) {
      case 'state': {
        this.#pace = event.documentsPerMinute;
        const note = paceText(event, vscode.l10n);
        const short = statusText(event, total, vscode.l10n);
        return this.#set({ ...about, figures: { counts: event.counts, total, note, short } });
      }
      case 'accepted':
        if (about.kind === 'sampling') this.#samples = new Set([...this.#samples, event.id]);
        return this.#written.fire(about.root);
      case 'rejected':
        this.#log.info(`Refused (${event.reason}${event.again ? ', asked again' : ''}): ${event.detail}`);
        return;
      case 'failure':
        this.#log.warn(
          `[${event.error.code}] ${event.error.message}` +
            (event.wait === undefined ? '' : ` Asked again in ${Math.round(event.wait / 100) / 10} s.`),
        );
        return;
    }
  }

  /** Waits for the word whether it shall go on. */
  async #asked(about: { root: string; run: string; model: string }, rest: number): Promise<boolean> {
    const note = restText(rest, this.#pace, vscode.l10n) ?? '';
    this.#set({ ...about, kind: 'asking', rest, note });
    try {
      return await new Promise<boolean>((resolve) => (this.#answer = resolve));
    } finally {
      this.#answer = undefined;
    }
  }

  #ended(
    about: { root: string; run: string; model: string },
    result: GenerationResult,
    scene: RunScene,
  ): void {
    const { counts } = result.summary;
    const missing = counts.planned - doneOf(counts);
    const error = result.stopped?.kind === 'model' ? result.stopped.error : undefined;
    this.#set(
      result.stopped && missing > 0
        ? { ...about, kind: 'stopped', missing, ...(error ? { error } : {}) }
        : { kind: 'idle' },
    );
    this.#written.fire(about.root);
    scene.tell(about.root, result);
  }

  /** The engine may be slower to answer than a person is made to wait; then its list of runs says how it stands. */
  async #failed(
    about: { root: string; run: string; model: string },
    error: unknown,
    scene: RunScene,
  ): Promise<void> {
    const report = toErrorReport(error);
    const summary = await this.#summary(about.root, about.run);
    if (report.code === 'cancelled' && summary) {
      this.#ended(about, stoppedBy(summary), scene);
      return;
    }
    this.#set(summary ? this.#stoppedState(about, summary, report) : { kind: 'idle' });
    if (report.code !== 'cancelled') throw error;
  }

  #stoppedState(
    about: { root: string; run: string; model: string },
    { counts }: RunSummary,
    error: ErrorReport,
  ): RunState {
    return { ...about, kind: 'stopped', missing: counts.planned - doneOf(counts), error };
  }

  async #summary(root: string, run: string): Promise<RunSummary | undefined> {
    try {
      const { runs } = await this.#engine.request(ListRunsRequest, { root });
      return runs.find((one) => one.run === run);
    } catch {
      return undefined;
    }
  }

  #set(state: RunState): void {
    this.#state = state;
    this.#changes.fire(state);
  }
}

const stoppedBy = (summary: RunSummary): GenerationResult => ({
  summary,
  stopped: { kind: 'cancelled' },
  seconds: 0,
  accepted: [],
  problems: [],
});
