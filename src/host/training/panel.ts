/** The training panel: what fine-tuning would take, its curves while it goes on, and the report of the last one. */
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, unreachable } from '../../core/errors.ts';
import {
  EstimateFinetuneRequest,
  TRAINING_FORMAT,
  TRAINING_VERSION,
  type TrainingReport,
} from '../../protocol/finetune.ts';
import type { Progress } from '../../protocol/engine.ts';
import type { ReportViewIntent } from '../../protocol/report-view.ts';
import type {
  TrainingCurves,
  TrainingSetup,
  TrainingViewIntent,
  TrainingViewMessage,
  TrainingViewState,
} from '../../protocol/training-view.ts';
import { Drawing, NO_CURVES } from '../reports/curves.ts';
import { lastReport } from '../reports/newest-run.ts';
import {
  showReport,
  type ReportKind,
  type ReportPanel,
  type ReportResult,
  type RunContext,
} from '../reports/panel.ts';
import { openReport } from '../runs/presenter.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings.ts';
import { withFinetuneEvent } from './curves.ts';
import { chooseFamily } from './family.ts';
import { announceTraining, openCard } from './training.ts';

type TrainingPanel = ReportPanel<TrainingReport, TrainingViewIntent>;

/** What the panel of a workspace shows beside a report. */
interface TrainingSession {
  readonly root: string;
  setup?: TrainingSetup | undefined;
  curves?: TrainingCurves | undefined;
  /** Measures how long it will take. */
  estimating?: vscode.CancellationTokenSource | undefined;
  panel?: TrainingPanel | undefined;
}

const sessions = new Map<string, TrainingSession>();

function sessionOf(root: string): TrainingSession {
  const known = sessions.get(root) ?? { root };
  sessions.set(root, known);
  return known;
}

const trainingKind = (session: TrainingSession): ReportKind<TrainingReport, TrainingViewIntent> => ({
  kind: 'training',
  root: session.root,
  view: 'training',
  title: vscode.l10n.t('Classifier Training'),
  exportTitle: vscode.l10n.t('Export Classifier Training'),
  fileName: 'classifier-training',
  runsAtOnce: false,
  isReport,
  run: (services, context) => run(services, session, context),
  handle: (panel, intent) => handle(session, panel, intent),
  extend: () => extension(session),
});

/** Shows the last training of a workspace, and what the next one would take. */
export async function showTraining(services: Services, root: string): Promise<void> {
  await estimate(await opened(services, root), services);
}

/** Trains in the panel, where it can be watched and cancelled. */
export async function trainInPanel(services: Services, root: string): Promise<void> {
  const session = await opened(services, root);
  await session.panel?.run();
}

/** Shows the report of a run. */
export async function openTraining(services: Services, run: { readonly folder: string }): Promise<void> {
  const session = sessionOf(path.resolve(run.folder, '..', '..', '..'));
  session.panel = await openReport(services, trainingKind(session), run);
}

async function opened(services: Services, root: string): Promise<TrainingSession> {
  const session = sessionOf(root);
  session.panel = await showReport(services, trainingKind(session));
  return session;
}

async function estimate(session: TrainingSession, { engine, summaries }: Services): Promise<void> {
  session.estimating?.cancel();
  const source = new vscode.CancellationTokenSource();
  session.estimating = source;
  const show = (setup: TrainingSetup): void => {
    // Another one may have begun meanwhile.
    if (source.token.isCancellationRequested) return;
    session.setup = setup;
    session.panel?.send();
  };
  show({ kind: 'estimating' });
  const { root } = session;
  const { family } = await summaries.load(root);
  if (family === 'frozen') return show({ kind: 'frozen' });
  const options = {
    token: source.token,
    onProgress: (progress: Progress) => {
      if (progress.kind === 'finetune-estimate')
        show({ kind: 'ready', estimate: progress.estimate, measuring: true });
    },
  };
  const params = { root, view: setting('patentLab.view', vscode.Uri.file(root)) };
  try {
    const found = await engine.request(EstimateFinetuneRequest, params, options);
    show({ kind: 'ready', estimate: found, measuring: false });
  } catch (error) {
    show({ kind: 'failed', error: toErrorReport(error) });
  }
}

async function run(
  { training }: Services,
  session: TrainingSession,
  { root, token, onProgress }: RunContext,
): Promise<ReportResult<TrainingReport>> {
  session.estimating?.cancel();
  session.setup = undefined;
  session.curves = NO_CURVES;
  const drawing = new Drawing(() => {
    const { curves, panel } = session;
    if (curves) panel?.post({ kind: 'curves', curves } satisfies TrainingViewMessage);
  });
  try {
    const info = await training.train(root, {
      token,
      onProgress: (progress) => {
        if (progress.kind !== 'finetune') return onProgress(progress);
        session.curves = withFinetuneEvent(session.curves ?? NO_CURVES, progress.event);
        drawing.soon();
      },
    });
    const stored = await lastReport(root, 'training', isReport);
    if (!stored) throw new Error('the training left no report');
    session.curves = undefined;
    void announceTraining(info);
    return { ...stored, problems: [] };
  } finally {
    drawing.stop();
  }
}

async function handle(
  session: TrainingSession,
  panel: TrainingPanel,
  intent: Exclude<TrainingViewIntent, ReportViewIntent>,
): Promise<void> {
  switch (intent.kind) {
    case 'choose-family':
      if (await chooseFamily(panel.services, panel.root)) await estimate(session, panel.services);
      return;
    case 'train-head':
      void announceTraining(await panel.services.training.train(panel.root));
      return;
    case 'estimate':
      return estimate(session, panel.services);
    case 'open-card': {
      const classifier = panel.result?.report.classifier;
      if (classifier) await openCard(classifier);
      return;
    }
    default:
      return unreachable(intent);
  }
}

const extension = ({ setup, curves }: TrainingSession): Partial<TrainingViewState> => ({
  ...(setup ? { setup } : {}),
  ...(curves ? { curves } : {}),
});

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
function isReport(value: unknown): value is TrainingReport {
  if (typeof value !== 'object' || value === null) return false;
  const report = value as Partial<Record<keyof TrainingReport, unknown>>;
  return (
    report.format === TRAINING_FORMAT &&
    report.version === TRAINING_VERSION &&
    Array.isArray(report.losses) &&
    Array.isArray(report.history) &&
    typeof report.setup === 'object' &&
    typeof report.classifier === 'object'
  );
}
