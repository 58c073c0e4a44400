/** Plans as files beside the documents they write: kept, opened, read. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { formatPlan, parsePlan, PLAN_SUFFIX, type GenerationPlan } from '../../core/generation/plan.ts';
import type { RunSummary } from '../../protocol/generation.ts';
import { usage } from '../errors/usage.ts';
import { readConfig } from './config.ts';

/** In the folder of a run. */
const KEPT_PLAN = 'plan.json';

const folderOf = async (root: string): Promise<string> => path.join(root, (await readConfig(root)).synthetic);

export async function keepPlan(root: string, plan: GenerationPlan): Promise<vscode.Uri> {
  const folder = await folderOf(root);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${plan.name}${PLAN_SUFFIX}`);
  try {
    // One that is there belongs to another run.
    await writeFile(file, formatPlan(plan), { encoding: 'utf8', flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw usage(
      vscode.l10n.t('There is a plan of the name {0} already.', plan.name),
      vscode.l10n.t('Give this one another name, or run the one that is there.'),
    );
  }
  return vscode.Uri.file(file);
}

/** What a run goes on with: the plan a person sees and may have edited, else the one that the run kept. */
export async function planOfRun(root: string, { run, folder }: RunSummary): Promise<GenerationPlan> {
  const seen = path.join(await folderOf(root), `${run}${PLAN_SUFFIX}`);
  try {
    return await readPlan(vscode.Uri.file(seen));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return keptPlan(path.join(folder, KEPT_PLAN));
  }
}

/** What an editor has not saved yet counts: a person runs what they see. */
export async function readPlan(uri: vscode.Uri): Promise<GenerationPlan> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return parsePlan(open?.getText() ?? (await readFile(uri.fsPath, 'utf8')), uri.fsPath);
}

/** The plan in the file that the run keeps, which says more about it. */
async function keptPlan(file: string): Promise<GenerationPlan> {
  const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
  const plan = typeof kept === 'object' && kept !== null && 'plan' in kept ? kept.plan : undefined;
  return parsePlan(JSON.stringify(plan ?? {}), file);
}

/** Names of runs and plans that are there. */
export async function takenNames(root: string): Promise<ReadonlySet<string>> {
  const files = await readdir(await folderOf(root)).catch((): string[] => []);
  return new Set(
    files.flatMap((file) => {
      const ending = [PLAN_SUFFIX, '.jsonl'].find((one) => file.endsWith(one));
      return ending === undefined ? [] : [file.slice(0, -ending.length)];
    }),
  );
}
