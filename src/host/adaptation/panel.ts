/** The panel of an encoder's adaptation: what it would take, its curves while it goes on, and the report of the last one. */
import path from 'node:path';
import * as vscode from 'vscode';
import { runName } from '../../core/corpus/workspace-files.ts';
import { toErrorReport, unreachable } from '../../core/errors.ts';
import {
  ADAPTATION_FORMAT,
  ADAPTATION_VERSION,
  AdaptRequest,
  EstimateAdaptationRequest,
  InterruptedAdaptationsRequest,
  type AdaptationChoice,
  type AdaptationPlan,
  type AdaptationReport,
} from '../../protocol/adaptation.ts';
import type {
  AdaptationCurves,
  AdaptationSetup,
  AdaptationViewIntent,
  AdaptationViewMessage,
  AdaptationViewState,
} from '../../protocol/adaptation-view.ts';
import type { Progress } from '../../protocol/engine.ts';
import type { ReportViewIntent } from '../../protocol/report-view.ts';
import { usage } from '../errors/usage.ts';
import { Drawing, NO_CURVES, withEvent } from '../reports/curves.ts';
import { readReport } from '../reports/newest-run.ts';
import {
  showReport,
  type ReportKind,
  type ReportPanel,
  type ReportResult,
  type RunContext,
} from '../reports/panel.ts';
import { openReport } from '../runs/presenter.ts';
import { REPORT_FILE } from '../runs/read-runs.ts';
import type { Services } from '../services.ts';
import { trainOn } from '../training/family.ts';
import { showTraining } from '../training/panel.ts';
import { mayStartAnew } from '../training/training.ts';
import { visibly } from '../visible-work.ts';
import { chooseAdaptation } from './wizard.ts';

type AdaptationPanel = ReportPanel<AdaptationReport, AdaptationViewIntent>;

/** What the panel of a workspace shows beside a report. */
interface AdaptationSession {
  readonly root: string;
  /** What is adapted next; a plan is gone on with. */
  choice?: AdaptationChoice | AdaptationPlan | undefined;
  setup?: AdaptationSetup | undefined;
  curves?: AdaptationCurves | undefined;
  isRunning: boolean;
  /** Measures how long it will take. */
  estimating?: vscode.CancellationTokenSource | undefined;
  panel?: AdaptationPanel | undefined;
}

const sessions = new Map<string, AdaptationSession>();

function sessionOf(root: string): AdaptationSession {
  const known = sessions.get(root) ?? { root, isRunning: false };
  sessions.set(root, known);
  return known;
}

const adaptationKind = (session: AdaptationSession): ReportKind<AdaptationReport, AdaptationViewIntent> => ({
  kind: 'adaptation',
  root: session.root,
  view: 'adaptation',
  title: vscode.l10n.t('Encoder Adaptation'),
  exportTitle: vscode.l10n.t('Export Encoder Adaptation'),
  fileName: 'encoder-adaptation',
  runsAtOnce: false,
  isReport,
  run: (services, context) => run(services, session, context),
  handle: (panel, intent) => handle(session, panel, intent),
  extend: () => extension(session),
});

export const interruptedAdaptations = (
  { engine }: Services,
  root: string,
): Promise<readonly AdaptationPlan[]> => engine.request(InterruptedAdaptationsRequest, { root });

/** Shows the last adaptation of a workspace, or the one that can be gone on with. */
export async function showAdaptation(services: Services, root: string): Promise<void> {
  const session = await opened(services, root);
  if (session.isRunning || session.choice !== undefined) return;
  const [interrupted] = await interruptedAdaptations(services, root);
  session.choice ??= interrupted;
  session.panel?.send();
}

/** Tells what a choice would take, with the button that begins it. */
export async function prepareAdaptation(
  services: Services,
  root: string,
  choice: AdaptationChoice,
): Promise<void> {
  const session = await opened(services, root);
  if (session.isRunning) throw alreadyRunning();
  Object.assign(session, { choice, curves: undefined, setup: { kind: 'estimating' } });
  session.panel?.send();
  session.estimating?.cancel();
  const source = new vscode.CancellationTokenSource();
  session.estimating = source;
  const show = (setup: AdaptationSetup): void => {
    // Another one may have been chosen, or begun, meanwhile.
    if (source.token.isCancellationRequested) return;
    session.setup = setup;
    session.panel?.send();
  };
  const options = {
    token: source.token,
    onProgress: (progress: Progress) => {
      if (progress.kind === 'adaptation-estimate')
        show({ kind: 'ready', estimate: progress.estimate, measuring: true });
    },
  };
  try {
    const estimate = await services.engine.request(EstimateAdaptationRequest, { root, choice }, options);
    show({ kind: 'ready', estimate, measuring: false });
  } catch (error) {
    show({ kind: 'failed', error: toErrorReport(error) });
  }
}

/** Goes on with an interrupted adaptation in its panel. */
export async function continueAdaptation(
  services: Services,
  root: string,
  plan: AdaptationPlan,
): Promise<void> {
  const session = await opened(services, root);
  if (session.isRunning) return;
  Object.assign(session, { choice: plan, setup: undefined });
  await session.panel?.run();
}

/** Goes on with the interrupted run of a folder. */
export async function resumeAdaptation(
  services: Services,
  run: { readonly folder: string; readonly name: string },
): Promise<void> {
  const root = rootOfRun(run);
  const plan = (await interruptedAdaptations(services, root)).find(
    ({ createdAt }) => runName('adaptation', createdAt) === run.name,
  );
  if (plan) return continueAdaptation(services, root, plan);
  if (sessionOf(root).isRunning) return showAdaptation(services, root);
  throw usage(
    vscode.l10n.t('The plan of this adaptation cannot be read, so it cannot go on.'),
    vscode.l10n.t('Delete the run and adapt the encoder anew.'),
  );
}

/** Shows the report of a run. */
export async function openAdaptation(services: Services, run: { readonly folder: string }): Promise<void> {
  const session = sessionOf(rootOfRun(run));
  if (!session.isRunning) Object.assign(session, { choice: undefined, setup: undefined, curves: undefined });
  session.panel = await openReport(services, adaptationKind(session), run);
}

const rootOfRun = ({ folder }: { readonly folder: string }): string => path.resolve(folder, '..', '..', '..');

async function opened(services: Services, root: string): Promise<AdaptationSession> {
  const session = sessionOf(root);
  session.panel = await showReport(services, adaptationKind(session));
  return session;
}

async function run(
  services: Services,
  session: AdaptationSession,
  context: RunContext,
): Promise<ReportResult<AdaptationReport>> {
  const { choice, root } = session;
  if (!choice) throw nothingChosen();
  session.estimating?.cancel();
  session.setup = undefined;
  session.curves = NO_CURVES;
  session.isRunning = true;
  const drawing = new Drawing(() => {
    const { curves, panel } = session;
    if (curves) panel?.post({ kind: 'curves', curves } satisfies AdaptationViewMessage);
  });
  try {
    const folder = await adaptVisibly(services, session, choice, context, drawing);
    const stored = await readReport(path.join(folder, REPORT_FILE), isReport);
    if (!stored) throw new Error('the adaptation left no report');
    Object.assign(session, { curves: undefined, choice: undefined });
    void announce(services, root, stored.report);
    return { ...stored, problems: [] };
  } catch (error) {
    session.choice = await goingOnWith(services, root, choice);
    throw error;
  } finally {
    session.isRunning = false;
    drawing.stop();
  }
}

async function adaptVisibly(
  { engine }: Services,
  session: AdaptationSession,
  choice: AdaptationChoice | AdaptationPlan,
  { root, token, onProgress }: RunContext,
  drawing: Drawing,
): Promise<string> {
  const made = (restart: boolean): Promise<{ readonly run: string }> => {
    const watch = {
      token,
      onProgress: (progress: Progress) => {
        if (progress.kind !== 'adaptation') return onProgress(progress);
        session.curves = withEvent(session.curves ?? NO_CURVES, progress.event);
        drawing.soon();
      },
    };
    return visibly(vscode.l10n.t('Adapting the encoder'), watch, (options) =>
      engine.request(AdaptRequest, { root, choice, restart }, options),
    );
  };
  const { run: folder } = await made(false).catch(async (error: unknown) => {
    if (toErrorReport(error).code !== 'training-interrupted' || !(await mayStartAnew())) throw error;
    return made(true);
  });
  return folder;
}

/** What is begun by the next press: the interrupted plan where one was kept, else the same choice anew. */
async function goingOnWith(
  services: Services,
  root: string,
  { base, goal, family, name }: AdaptationChoice,
): Promise<AdaptationChoice | AdaptationPlan> {
  const plans = await interruptedAdaptations(services, root).catch((): readonly AdaptationPlan[] => []);
  return plans.find((plan) => plan.name === name) ?? { base, goal, family, name };
}

/** Says how it went, with what one does next. */
async function announce(
  services: Services,
  root: string,
  { conclusion, encoder }: AdaptationReport,
): Promise<void> {
  const train = vscode.l10n.t('Train a Classifier with It');
  const chosen = await vscode.window.showInformationMessage(conclusion, train);
  if (chosen === train) {
    await trainWith(services, root, encoder).catch((error: unknown) => services.showError(error));
  }
}

async function trainWith(
  services: Services,
  root: string,
  { base }: AdaptationReport['encoder'],
): Promise<void> {
  if (await trainOn(services, root, base)) await showTraining(services, root);
}

async function handle(
  session: AdaptationSession,
  panel: AdaptationPanel,
  intent: Exclude<AdaptationViewIntent, ReportViewIntent>,
): Promise<void> {
  const { services, root } = panel;
  switch (intent.kind) {
    case 'choose': {
      if (session.isRunning) throw alreadyRunning();
      const choice = await chooseAdaptation(services, root);
      if (choice) await prepareAdaptation(services, root, choice);
      return;
    }
    case 'train': {
      const encoder = panel.result?.report.encoder;
      if (encoder) await trainWith(services, root, encoder);
      return;
    }
    default:
      return unreachable(intent);
  }
}

const extension = ({
  choice,
  setup,
  curves,
}: AdaptationSession): Partial<Omit<AdaptationViewState, 'report'>> => ({
  ...(choice ? { choice, goesOn: 'createdAt' in choice } : {}),
  ...(setup ? { setup } : {}),
  ...(curves ? { curves } : {}),
});

const alreadyRunning = (): Error =>
  usage(
    vscode.l10n.t('An encoder of this workspace is being adapted.'),
    vscode.l10n.t('Wait for its end, or cancel it: it can go on later.'),
  );

const nothingChosen = (): Error =>
  usage(
    vscode.l10n.t('Nothing was chosen that could be adapted.'),
    vscode.l10n.t('Choose an encoder: Adapt Encoder to These Patents…'),
  );

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
function isReport(value: unknown): value is AdaptationReport {
  if (typeof value !== 'object' || value === null) return false;
  const report = value as Partial<Record<keyof AdaptationReport, unknown>>;
  return (
    report.format === ADAPTATION_FORMAT &&
    report.version === ADAPTATION_VERSION &&
    Array.isArray(report.losses) &&
    Array.isArray(report.history) &&
    typeof report.setup === 'object' &&
    typeof report.encoder === 'object'
  );
}
