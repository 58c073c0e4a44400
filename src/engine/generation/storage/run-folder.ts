/**
 * The folder of a run, `.patent-lab/runs/generation-<time>-<name>`: the plan and its slots as they were when the run
 * began (`plan.json`), and the journal. The documents stand in the synthetic folder, `<name>.jsonl`.
 */
import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { runName, RUNS_FOLDER } from '../../../core/corpus/workspace-files.ts';
import type { WorkspaceConfig } from '../../../core/corpus/workspace-config.ts';
import { PatentLabError } from '../../../core/errors.ts';
import { parseJson } from '../../../core/json.ts';
import { GENRES, LENGTHS, planSchema, type GenerationPlan } from '../../../core/generation/plan.ts';
import type { Slot } from '../../../core/generation/slots.ts';
import { STRATEGIES } from '../../../core/corpus/origin.ts';
import { readError, writeError } from '../../files/errors.ts';
import { writeFileAtomically } from '../../files/write.ts';
import { readIfThere } from '../../workspace/records.ts';

const PLAN_FILE = 'plan.json';
const REPLACED_FILE = 'documents.jsonl';

/** Where the documents of a replaced run go. */
export const replacedFile = ({ folder }: Pick<StoredRun, 'folder'>): string =>
  path.join(folder, REPLACED_FILE);

const slotSchema = z.object({
  number: z.int().min(1),
  strategy: z.enum(STRATEGIES),
  /** Ids here: positions change with the taxonomy. */
  labels: z.array(z.string()),
  source: z.string().optional(),
  exemplars: z.array(z.string()),
  genre: z.enum(GENRES),
  attributes: z.object({
    claimType: z.string(),
    field: z.string(),
    problem: z.string(),
    embodiment: z.string(),
    length: z.enum(LENGTHS),
    jurisdiction: z.string(),
  }),
  seed: z.number(),
  promptHash: z.string(),
});

const storedSchema = z.object({
  format: z.literal('patent-lab-generation-run'),
  version: z.literal(1),
  patentLab: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  plan: planSchema,
  slots: z.array(slotSchema),
});

export interface PlannedSlot extends Slot {
  /** SHA-256 of the messages. */
  readonly promptHash: string;
}

export interface StoredRun {
  readonly folder: string;
  readonly startedAt: string;
  readonly plan: GenerationPlan;
  readonly slots: z.infer<typeof storedSchema>['slots'];
}

export const documentsFile = (
  root: string,
  config: Pick<WorkspaceConfig, 'synthetic'>,
  run: string,
): string => path.join(root, config.synthetic, `${run}.jsonl`);

export async function createRunFolder(
  root: string,
  plan: GenerationPlan,
  slots: readonly PlannedSlot[],
  labelIds: readonly string[],
  patentLab: string,
): Promise<StoredRun> {
  const startedAt = new Date().toISOString();
  const folder = path.join(root, RUNS_FOLDER, `${runName('generation', startedAt)}-${plan.name}`);
  const stored: z.infer<typeof storedSchema> = {
    format: 'patent-lab-generation-run',
    version: 1,
    patentLab,
    startedAt,
    plan,
    slots: slots.map((slot) => ({
      ...slot,
      exemplars: [...slot.exemplars],
      labels: slot.labels.map((label) => labelIds[label] ?? ''),
    })),
  };
  await writeFileAtomically(path.join(folder, PLAN_FILE), `${JSON.stringify(stored, undefined, 1)}\n`);
  return { folder, startedAt, plan, slots: stored.slots };
}

/** The runs that count, the oldest first: of those of one name the last one. */
export const storedRuns = async (root: string, problems: PatentLabError[]): Promise<readonly StoredRun[]> =>
  (await runsByStanding(root, problems)).current;

/** All runs, the oldest first: of those of one name the last one is `current`, the others were replaced by it. */
export async function runsByStanding(
  root: string,
  problems: PatentLabError[],
): Promise<{ readonly current: readonly StoredRun[]; readonly replaced: readonly StoredRun[] }> {
  const runs = new Map<string, StoredRun>();
  const replaced: StoredRun[] = [];
  for (const folder of await runFolders(root)) {
    try {
      const run = await readRun(folder);
      if (!run) continue;
      const before = runs.get(run.plan.name);
      if (before) replaced.push(before);
      runs.delete(run.plan.name);
      runs.set(run.plan.name, run);
    } catch (cause) {
      if (!(cause instanceof PatentLabError)) throw cause;
      problems.push(cause);
    }
  }
  return { current: [...runs.values()], replaced };
}

/** Of all runs, the oldest first. */
async function runFolders(root: string): Promise<readonly string[]> {
  const folder = path.join(root, RUNS_FOLDER);
  const names = await readdir(folder).catch((cause: unknown) => {
    const error = readError(folder, cause);
    if (error.code === 'file-not-found') return [];
    throw error;
  });
  return names
    .filter((name) => name.startsWith('generation-'))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The time that `runName` puts before the plan's name. */
const TIME = /^generation-\d{4}-\d{2}-\d{2}T[\d-]+Z-/;

/** Folder of the last run of this name, as folders are called; nothing is read. */
export async function runFolderOf(root: string, run: string): Promise<string | undefined> {
  return (await runFolders(root)).findLast((folder) => path.basename(folder).replace(TIME, '') === run);
}

async function readRun(folder: string): Promise<StoredRun | undefined> {
  const file = path.join(folder, PLAN_FILE);
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const { value } = parseJson(text, storedSchema, {
    file,
    code: 'generation-journal-damaged',
    remedy: 'Restore the file from a backup, or start the run anew; its answers stay in its folder.',
  });
  const { startedAt, plan, slots } = value;
  return { folder, startedAt, plan, slots };
}

/** Sets the documents of a run aside, into its folder, so that a new one can begin. */
export async function setAside(run: StoredRun, documents: string): Promise<void> {
  try {
    await rename(documents, replacedFile(run));
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (!isMissing) throw writeError(documents, cause);
  }
}
