/** The study panel: shows the last study of a workspace, or what a run would take, and runs it. */
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, unreachable } from '../../core/errors.ts';
import {
  CompareStudiesRequest,
  EstimateStudyRequest,
  STUDY_FORMAT,
  STUDY_VERSION,
  StudyProgressNotification,
  StudyRequest,
  type StudyReport,
} from '../../protocol/study.ts';
import type { ReportViewIntent } from '../../protocol/report-view.ts';
import type { StudySetup, StudyViewIntent, StudyViewState } from '../../protocol/study-view.ts';
import { COMMANDS } from '../contributions.ts';
import { showReport, type ReportKind, type ReportResult, type RunContext } from '../reports/panel.ts';
import { pickOther } from '../runs/pick-other.ts';
import { openReport } from '../runs/presenter.ts';
import type { Services } from '../services.ts';
import { studyHeadline } from './headline.ts';
import { editPlan } from './plan-file.ts';
import { progressMessage } from './progress.ts';
import { sessionOf, type StudyPanel, type StudySession } from './session.ts';
import { trainRecipe } from './train-recipe.ts';
import { requireRoot } from '../workspace/require-root.ts';

/** Synthetic documents can be written with this installation. */
const GENERATE = 'patentLab.generate';
const CAN_GENERATE = GENERATE in COMMANDS;

const studyKind = (session: StudySession): ReportKind<StudyReport, StudyViewIntent> => ({
  kind: 'study',
  view: 'study',
  title: vscode.l10n.t('Does Synthetic Data Help?'),
  exportTitle: vscode.l10n.t('Export Study'),
  fileName: 'synthetic-data-study',
  runsAtOnce: false,
  isReport,
  run: (services, context) => run(services, session, context),
  handle: (panel, intent) => handle(session, panel, intent),
  extend: () => extension(session),
});

/** Shows the last study of the root in front; without one, or for a plan, what a run would take. */
export async function showStudy(services: Services, plan?: string): Promise<void> {
  const session = currentSession(services);
  if (plan !== undefined) session.plan = plan;
  session.comparison = undefined;
  const panel = await showReport(services, studyKind(session));
  session.panel = panel;
  if (plan !== undefined || !panel.result) await prepare(session, panel);
}

/** Shows what going on with a run that was stopped would take. */
export async function prepareStudy(services: Services, plan: string | undefined): Promise<void> {
  const session = currentSession(services);
  session.plan = plan;
  const panel = await showReport(services, studyKind(session));
  session.panel = panel;
  await prepare(session, panel);
}

/** Shows the report of a run. */
export async function openStudy(services: Services, run: { readonly folder: string }): Promise<StudyPanel> {
  const session = currentSession(services);
  session.setup = undefined;
  session.comparison = undefined;
  const panel = await openReport(services, studyKind(session), run);
  session.panel = panel;
  return panel;
}

/** Shows two reports side by side. */
export async function compareStudies(
  services: Services,
  left: { readonly folder: string },
  right: { readonly folder: string },
): Promise<void> {
  const comparison = await services.engine.request(CompareStudiesRequest, {
    left: left.folder,
    right: right.folder,
  });
  const panel = await openStudy(services, left);
  sessionOf(panel.root).comparison = comparison;
  panel.send();
}

/** What a run would take, told again when the plan was saved. */
export async function prepare(session: StudySession, panel: StudyPanel): Promise<void> {
  const estimating: StudySetup = { kind: 'estimating' };
  session.setup = estimating;
  session.comparison = undefined;
  panel.send();
  const setup = await estimated(session, panel.services);
  // Another one may have begun meanwhile, or the person has left.
  if (session.setup !== estimating) return;
  session.setup = setup;
  panel.send();
}

async function estimated({ root, plan }: StudySession, { engine }: Services): Promise<StudySetup> {
  try {
    const params = { root, ...(plan === undefined ? {} : { plan }) };
    return { kind: 'ready', estimate: await engine.request(EstimateStudyRequest, params) };
  } catch (error) {
    const report = toErrorReport(error);
    return { kind: 'failed', error: report, noSynthetic: report.code === 'study-no-synthetic' };
  }
}

async function run(
  { engine }: Services,
  session: StudySession,
  context: RunContext,
): Promise<ReportResult<StudyReport>> {
  const { root, token, onProgress } = context;
  const { plan } = session;
  // Once the study tells where it stands, in its own words and with the time left, its plain steps are not repeated.
  let told = false;
  const result = await engine.request(
    StudyRequest,
    { root, ...(plan === undefined ? {} : { plan }) },
    {
      token,
      onProgress: (progress) => {
        if (!told) onProgress(progress);
      },
      listen: (connection) =>
        connection.onNotification(StudyProgressNotification, (progress) => {
          if (progress.root !== root) return;
          told = true;
          onProgress({
            kind: 'step',
            message: progressMessage(progress, vscode.l10n),
            done: Math.round(100 * progress.fraction),
            total: 100,
          });
        }),
    },
  );
  session.setup = undefined;
  return { ...result, problems: result.report.failures };
}

async function handle(
  session: StudySession,
  panel: StudyPanel,
  intent: Exclude<StudyViewIntent, ReportViewIntent>,
): Promise<void> {
  switch (intent.kind) {
    case 'prepare':
      return prepare(session, panel);
    case 'back':
      session.setup = undefined;
      session.comparison = undefined;
      return panel.send();
    case 'edit-plan':
      if (session.setup?.kind !== 'ready') return;
      session.plan = await editPlan(session, session.setup.estimate.plan);
      return panel.send();
    case 'default-plan':
      session.plan = undefined;
      return prepare(session, panel);
    case 'generate':
      await vscode.commands.executeCommand(GENERATE);
      return;
    case 'train-recipe':
      return trainRecipe(panel);
    case 'compare':
      return compareWithAnother(panel);
    default:
      return unreachable(intent);
  }
}

async function compareWithAnother({ result, services }: StudyPanel): Promise<void> {
  if (!result) return;
  const { folder } = result;
  const headline = (report: unknown): string | undefined => studyHeadline(report, vscode.l10n);
  const other = await pickOther({ kind: 'study', folder }, vscode.l10n.t('Compare Studies'), headline);
  if (other) await compareStudies(services, { folder }, other);
}

function extension({ root, plan, setup, comparison }: StudySession) {
  return {
    canGenerate: CAN_GENERATE,
    ...(setup ? { setup } : {}),
    ...(plan === undefined ? {} : { plan: path.relative(root, plan) }),
    ...(comparison ? { comparison } : {}),
  } satisfies Partial<StudyViewState>;
}

const currentSession = ({ roots }: Services): StudySession => sessionOf(requireRoot(roots));

/** The engine wrote it; what is checked is that it is whole and that this version reads it. */
function isReport(value: unknown): value is StudyReport {
  if (typeof value !== 'object' || value === null) return false;
  const report = value as Partial<Record<keyof StudyReport, unknown>>;
  const lists = [
    'arms',
    'gains',
    'verdicts',
    'decompositions',
    'mixing',
    'fidelity',
    'correlationDifferences',
    'labels',
    'inputs',
  ] as const;
  return (
    report.format === STUDY_FORMAT &&
    report.version === STUDY_VERSION &&
    lists.every((list) => Array.isArray(report[list]))
  );
}
