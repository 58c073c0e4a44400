/** The runs of a workspace, as their folders tell. */
import { toErrorReport, type PatentLabError } from '../../core/errors.ts';
import type { GenerationPlan } from '../../core/generation/plan.ts';
import type { ListRunsResult, ReplacedRun, RunSummary } from '../../protocol/generation.ts';
import { openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { isGivenUp, standingOf, type Standing } from './standing.ts';
import { recordIds } from './storage/documents.ts';
import { readJournal } from './storage/journal.ts';
import { isLocked } from './storage/lock.ts';
import { documentsFile, replacedFile, runsByStanding, type StoredRun } from './storage/run-folder.ts';

export function summaryOf(
  { folder, startedAt, plan: { strategy, model } }: StoredRun,
  { name, retries }: GenerationPlan,
  { slots, tally }: Standing,
  file: string,
  running: boolean,
): RunSummary {
  return {
    run: name,
    folder,
    file,
    model,
    strategy,
    startedAt,
    counts: tally.counts(),
    finished: [...slots.values()].every((slot) => slot.accepted || isGivenUp(slot, retries)),
    running,
  };
}

export async function listRuns(root: string): Promise<ListRunsResult> {
  const problems: PatentLabError[] = [];
  const workspace = await openWorkspace(root);
  const { current, replaced: old } = await runsByStanding(root, problems);
  const runs: RunSummary[] = [];
  for (const stored of current) runs.push(await summarised(stored, workspace, problems));
  const replaced: ReplacedRun[] = [];
  for (const stored of old) {
    const { folder, plan, slots } = stored;
    const kept = (await recordIds(replacedFile(stored))).size;
    replaced.push({ run: plan.name, folder, planned: slots.length, kept });
  }
  return { runs, replaced, problems: problems.map((problem) => toErrorReport(problem)) };
}

export async function summarised(
  stored: StoredRun,
  { root, config }: Workspace,
  problems: PatentLabError[],
): Promise<RunSummary> {
  const { plan, folder } = stored;
  const { entries, problems: damaged } = await readJournal(folder);
  problems.push(...damaged);
  const file = documentsFile(root, config, plan.name);
  const standing = standingOf(stored, plan, entries, await recordIds(file));
  return summaryOf(stored, plan, standing, file, await isLocked(root, plan.name));
}
