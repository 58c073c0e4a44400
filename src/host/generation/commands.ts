/** What the commands of generation do. */
import path from 'node:path';
import * as vscode from 'vscode';
import { PLAN_SUFFIX } from '../../core/generation/plan.ts';
import { ListRunsRequest, type RunSummary } from '../../protocol/generation.ts';
import { usage } from '../errors/usage.ts';
import type { Services } from '../services.ts';
import { LabelElement } from '../taxonomy/label-element.ts';
import { requireRoot } from '../workspace/require-root.ts';
import { requireTrust } from '../workspace/trust.ts';
import { planOfRun, readPlan } from './plan-file.ts';
import { windowScene } from './run/scene.ts';
import { doneOf } from './run/words.ts';

/** @param element a row of the Taxonomy view: only this label is chosen at first. */
export async function generate(services: Services, element: unknown): Promise<void> {
  requireTrust();
  const root = currentRoot(services);
  const only = element instanceof LabelElement ? [element.label.id] : [];
  const { planGeneration } = await import('./wizard/wizard.ts');
  const planned = await planGeneration(services, root, only);
  if (!planned) return;
  if (planned.then === 'open') {
    await vscode.window.showTextDocument(planned.file);
    return;
  }
  await services.generation.run({ root, plan: planned.plan }, windowScene(services));
}

/** Runs a plan that is kept as a file: the one that was clicked, or the one in front. */
export async function runPlan(services: Services, clicked: vscode.Uri | undefined): Promise<void> {
  requireTrust();
  const uri = clicked ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri?.path.endsWith(PLAN_SUFFIX)) {
    throw usage(
      vscode.l10n.t('This is no generation plan.'),
      vscode.l10n.t('Plans end with {0}; Generate Synthetic Patents… makes one.', PLAN_SUFFIX),
    );
  }
  const root = await services.roots.of(uri);
  await services.generation.run({ root, plan: await readPlan(uri) }, windowScene(services));
}

interface RunItem extends vscode.QuickPickItem {
  readonly run: RunSummary;
}

/** @param name of a run; without it the person chooses among those that stopped. */
export async function resume(services: Services, name: string | undefined): Promise<void> {
  requireTrust();
  const root = currentRoot(services);
  const { runs } = await services.engine.request(ListRunsRequest, { root });
  const stopped = runs.filter(({ finished, running }) => !finished && !running);
  const { state } = services.generation;
  const wanted = name ?? (state.kind === 'stopped' ? state.run : undefined);
  const run = stopped.find((one) => one.run === wanted) ?? (await pickRun(stopped));
  if (!run) return;
  const plan = await planOfRun(root, run);
  await services.generation.run({ root, plan }, { ...windowScene(services), existing: goOnWith });
}

/** Who resumes has answered what happens to the run that is there. */
const goOnWith = (): Promise<'only-missing'> => Promise.resolve('only-missing');

async function pickRun(runs: readonly RunSummary[]): Promise<RunSummary | undefined> {
  if (runs.length === 0) {
    throw usage(
      vscode.l10n.t('No run has stopped before its end.'),
      vscode.l10n.t('Generate Synthetic Patents… starts one.'),
    );
  }
  const items: readonly RunItem[] = runs.map((run) => ({
    run,
    label: run.run,
    description: vscode.l10n.t(
      '{0} of {1} missing',
      run.counts.planned - doneOf(run.counts),
      run.counts.planned,
    ),
    detail: `${run.model.model} · ${new Date(run.startedAt).toLocaleString()}`,
  }));
  const title = vscode.l10n.t('Resume which run? Only what is missing is asked for');
  return (await vscode.window.showQuickPick(items, { title }))?.run;
}

export async function review(services: Services, clicked: vscode.Uri | undefined): Promise<void> {
  const { state } = services.generation;
  const root = clicked
    ? await services.roots.of(clicked)
    : state.kind === 'idle'
      ? currentRoot(services)
      : state.root;
  const { showReview } = await import('./review/panel.ts');
  await showReview(services, root);
}

function currentRoot({ roots }: Services): string {
  return path.normalize(requireRoot(roots));
}
