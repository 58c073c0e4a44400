/**
 * A study's run folder: `study.json` states from the start what it is a study of, `report.json` at the end what it found.
 * A run without a report can be gone on with, if its plan and inputs are still the same.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runName, RUNS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';
import { studyPlanSchema } from '../../core/study/plan.ts';
import type { StudyInput } from '../../protocol/study.ts';
import { writeFileAtomically } from '../files/write.ts';
import type { PlannedStudy } from './plan-file.ts';

export const STATE_FILE = 'study.json';
export const REPORT_FILE = 'report.json';

const ROLES = ['taxonomy', 'real', 'synthetic', 'test', 'plan', 'encoder', 'review'] as const;

const stateSchema = z.object({
  format: z.literal('patent-lab-study-run'),
  createdAt: z.string(),
  name: z.string(),
  planFile: z.string().nullable(),
  plan: studyPlanSchema,
  inputs: z.array(z.object({ role: z.enum(ROLES), path: z.string(), sha256: z.string() })),
  /** Seconds spent before this went on. */
  seconds: z.number(),
});

export type RunState = z.infer<typeof stateSchema>;

export interface StudyRun {
  readonly folder: string;
  readonly state: RunState;
}

export async function beginRun(
  root: string,
  { plan, name, file }: PlannedStudy,
  inputs: readonly StudyInput[],
): Promise<StudyRun> {
  const createdAt = new Date().toISOString();
  const folder = path.join(root, RUNS_FOLDER, runName('study', createdAt));
  const state: RunState = {
    format: 'patent-lab-study-run',
    createdAt,
    name,
    planFile: file ?? null,
    plan,
    inputs: [...inputs],
    seconds: 0,
  };
  await saveState({ folder, state });
  return { folder, state };
}

export const saveState = ({ folder, state }: StudyRun): Promise<void> =>
  writeFileAtomically(path.join(folder, STATE_FILE), `${JSON.stringify(state, undefined, 2)}\n`);

/** Folders of studies, the newest first. */
export async function studyFolders(root: string): Promise<readonly string[]> {
  const folder = path.join(root, RUNS_FOLDER);
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith('study-'))
    .sort()
    .reverse()
    .map((name) => path.join(folder, name));
}

export async function readState(folder: string): Promise<RunState | undefined> {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(await readFile(path.join(folder, STATE_FILE), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

const isFinished = (folder: string): Promise<boolean> =>
  readFile(path.join(folder, REPORT_FILE)).then(
    () => true,
    () => false,
  );

/** The newest run of this plan that has no report. */
export async function unfinishedRun(root: string, { file }: PlannedStudy): Promise<StudyRun | undefined> {
  for (const folder of await studyFolders(root)) {
    const state = await readState(folder);
    if (state?.planFile !== (file ?? null)) continue;
    return (await isFinished(folder)) ? undefined : { folder, state };
  }
  return undefined;
}

/** What is no longer as it was when the run began, in words. */
export function differencesFrom(
  { state }: StudyRun,
  { plan }: PlannedStudy,
  inputs: readonly StudyInput[],
): readonly string[] {
  const differences: string[] = [];
  const fields = new Set([...Object.keys(state.plan), ...Object.keys(plan)]) as Set<keyof RunState['plan']>;
  for (const field of fields) {
    if (JSON.stringify(state.plan[field]) !== JSON.stringify(plan[field]))
      differences.push(`the plan’s “${field}”`);
  }
  differences.push(...changedInputs(state.inputs, inputs));
  return differences;
}

/** The plan itself is compared field by field: reformatting it changes nothing. */
export function changedInputs(
  before: readonly StudyInput[],
  after: readonly StudyInput[],
): readonly string[] {
  const changes: string[] = [];
  const key = ({ role, path: file }: StudyInput): string => `${role} ${file}`;
  const was = new Map(before.filter(({ role }) => role !== 'plan').map((input) => [key(input), input]));
  for (const input of after) {
    if (input.role === 'plan') continue;
    const known = was.get(key(input));
    was.delete(key(input));
    if (!known) changes.push(`${input.path} (${input.role}, new)`);
    else if (known.sha256 !== input.sha256) changes.push(`${input.path} (${input.role})`);
  }
  for (const input of was.values()) changes.push(`${input.path} (${input.role}, gone)`);
  return changes;
}

export const edited = (differences: readonly string[], folder: string): PatentLabError =>
  new PatentLabError({
    code: 'study-edited',
    message: `The study was changed since it stopped, so it cannot go on: ${differences.join(', ')}.`,
    remedy: 'Take the changes back, or start the study anew.',
    place: { file: path.join(folder, STATE_FILE) },
  });
