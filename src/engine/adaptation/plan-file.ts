/** Plans of adaptations, each in the folder of its run: an interrupted one is gone on with as it was begun. */
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runName, RUNS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { jsonOrUndefined } from '../../core/json.ts';
import { ADAPTATION_GOALS, type AdaptationPlan } from '../../protocol/adaptation.ts';
import type { WorkspaceParams } from '../../protocol/engine.ts';
import type { StepLoss } from '../../protocol/finetune.ts';
import { writeFileAtomically } from '../files/write.ts';

const PLAN_FILE = 'plan.json';
const REPORT_FILE = 'report.json';
/** Losses of the steps before an interruption, for the curve of the whole. */
const LOSSES_FILE = 'losses.json';

const planSchema: z.ZodType<AdaptationPlan> = z.object({
  base: z.string().min(1),
  goal: z.enum(ADAPTATION_GOALS),
  family: z.enum(['lora', 'full']),
  name: z.string().min(1),
  epochs: z.number().int().min(1),
  batch: z.number().int().min(1),
  rate: z.number().positive(),
  seed: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const runFolder = (root: string, { createdAt }: Pick<AdaptationPlan, 'createdAt'>): string =>
  path.join(root, RUNS_FOLDER, runName('adaptation', createdAt));

/** Throwing a run away throws its training away. */
export const checkpointFile = (root: string, plan: AdaptationPlan): string =>
  path.join(runFolder(root, plan), 'adaptation.checkpoint');

export const writePlan = (root: string, plan: AdaptationPlan): Promise<void> =>
  writeFileAtomically(path.join(runFolder(root, plan), PLAN_FILE), `${JSON.stringify(plan, undefined, 2)}\n`);

const lossesSchema: z.ZodType<readonly StepLoss[]> = z.array(
  z.object({ step: z.number().int(), loss: z.number() }),
);

export const writeLosses = (root: string, plan: AdaptationPlan, losses: readonly StepLoss[]): Promise<void> =>
  writeFileAtomically(path.join(runFolder(root, plan), LOSSES_FILE), JSON.stringify(losses));

/** None where they were not kept, as after a kill: the curve begins later then. */
export async function readLosses(root: string, plan: AdaptationPlan): Promise<readonly StepLoss[]> {
  const text = await readFile(path.join(runFolder(root, plan), LOSSES_FILE), 'utf8').catch(() => '');
  return lossesSchema.safeParse(jsonOrUndefined(text)).data ?? [];
}

export const removeLosses = (root: string, plan: AdaptationPlan): Promise<void> =>
  rm(path.join(runFolder(root, plan), LOSSES_FILE), { force: true });

/** Newest first; a run whose plan was damaged is left to its folder. */
export async function interruptedPlans({ root }: WorkspaceParams): Promise<readonly AdaptationPlan[]> {
  const runs = path.join(root, RUNS_FOLDER);
  const names = (await readdir(runs).catch((): string[] => [])).filter((name) =>
    name.startsWith('adaptation-'),
  );
  const plans: AdaptationPlan[] = [];
  for (const name of names.sort().reverse()) {
    const files = await readdir(path.join(runs, name)).catch((): string[] => []);
    if (files.includes(REPORT_FILE) || !files.includes(PLAN_FILE)) continue;
    const text = await readFile(path.join(runs, name, PLAN_FILE), 'utf8').catch(() => '');
    const { success, data } = planSchema.safeParse(jsonOrUndefined(text));
    // The folder's name comes from the plan; a copied or renamed one would be continued elsewhere.
    if (success && path.basename(runFolder(root, data)) === name) plans.push(data);
  }
  return plans;
}
