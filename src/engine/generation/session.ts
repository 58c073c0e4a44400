/**
 * One run of a run, from the plan to the files: takes the lock, repairs what a crash left, holds the plan against the run
 * that it continues, opens the model, and lets it work.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError, toErrorReport } from '../../core/errors.ts';
import { draftText } from '../../core/generation/answer/draft.ts';
import type { Prompt } from '../../core/generation/prompt.ts';
import { SHORT_EXAMPLES } from '../../core/generation/prompts/short.ts';
import type { GenerationPlan } from '../../core/generation/plan.ts';
import type {
  ExistingRun,
  GenerationEvent,
  GenerationResult,
  RunSummary,
  StopReason,
} from '../../protocol/generation.ts';
import { isThere } from '../files/is-there.ts';
import type { Task } from '../task.ts';
import { VERSION } from '../version.ts';
import type { NamedFiles } from '../workspace/workspace.ts';
import { GenerationChecks } from './checks/draft-checks.ts';
import { LabelNames } from './checks/label-names.ts';
import type { ChatClient, ClientContext, OpenClient } from './client.ts';
import { comparedText, readMaterial, shownDocument, type Material } from './material.ts';
import { systemClock, type Clock } from './pace.ts';
import { checkPlan, plannedSlots, slotPrompt, slotsNow } from './planned-slots.ts';
import { GenerationRun } from './run.ts';
import { summaryOf } from './runs.ts';
import { standingOf } from './standing.ts';
import { planDifferences, promptDifferences } from './storage/differences.ts';
import { recordIds } from './storage/documents.ts';
import { openJournal, readJournal } from './storage/journal.ts';
import { LineFile } from './storage/line-file.ts';
import { RunLock } from './storage/lock.ts';
import {
  createRunFolder,
  documentsFile,
  setAside,
  storedRuns,
  type PlannedSlot,
  type StoredRun,
} from './storage/run-folder.ts';

export interface SessionInput {
  readonly root: string;
  readonly plan: GenerationPlan;
  readonly existing: ExistingRun;
  /** Most documents to ask for. */
  readonly most?: number;
  /** In place of the taxonomy and the corpora that the workspace says. */
  readonly named?: NamedFiles;
}

export interface SessionTools {
  readonly openClient: OpenClient;
  readonly context: ClientContext;
  readonly tell: (event: GenerationEvent) => void;
  readonly clock?: Clock;
}

export async function runGeneration(
  input: SessionInput,
  tools: SessionTools,
  task: Task,
): Promise<GenerationResult> {
  const lock = await RunLock.take(input.root, input.plan.name);
  try {
    return await locked(input, tools, task);
  } finally {
    await lock.release();
  }
}

async function locked(input: SessionInput, tools: SessionTools, task: Task): Promise<GenerationResult> {
  const { root, plan, existing, named } = input;
  const clock = tools.clock ?? systemClock;
  const begun = clock.now();
  const problems: PatentLabError[] = [];
  task.progress('Reading labelled documents');
  const before = (await storedRuns(root, problems)).find((run) => run.plan.name === plan.name);
  let material = await readMaterial(root, named);
  const file = documentsFile(root, material.workspace.config, plan.name);
  if (before && existing === 'never') throw runExists(plan.name, file);
  // A torn last record would count as a problem of the file; it is cut off before anybody reads it.
  if (await repaired(file)) material = await readMaterial(root, named);
  checkPlan(plan, material);
  const names = new LabelNames(material.workspace.taxonomy ?? { labels: [] }, plan.language);
  task.progress('Opening the model');
  // Before anything of an earlier run is moved: a model that cannot be opened must change nothing.
  const client = await tools.openClient(plan.model, tools.context);
  try {
    return await asked({ input, tools, task, begun, problems, before, material, file, names, client });
  } finally {
    await client.close();
  }
}

interface Prepared {
  readonly input: SessionInput;
  readonly tools: SessionTools;
  readonly task: Task;
  /** Milliseconds of the clock. */
  readonly begun: number;
  readonly problems: PatentLabError[];
  readonly before: StoredRun | undefined;
  readonly material: Material;
  readonly file: string;
  readonly names: LabelNames;
  readonly client: ChatClient;
}

async function asked({
  input: { root, plan, existing, ...input },
  tools,
  task,
  begun,
  problems,
  before,
  material,
  file,
  names,
  client,
}: Prepared): Promise<GenerationResult> {
  const clock = tools.clock ?? systemClock;
  if (before && existing === 'always') await setAside(before, file);
  const continued = existing === 'always' ? undefined : before;
  if (!continued && (await isThere(file))) throw foreignFile(plan.name, file);
  const run = continued
    ? continueRun(continued, plan, material, names)
    : await newRun(root, plan, material, names);

  const { entries, problems: damaged } = await readJournal(run.stored.folder);
  problems.push(...damaged);
  const present = continued ? await recordIds(file) : new Set<string>();
  const standing = standingOf(run.stored, plan, entries, present);
  task.progress('Preparing the checks');
  await task.checkpoint();
  const checks = preparedChecks(plan, material, names, existing === 'always' ? file : undefined);
  const journal = await openJournal(run.stored.folder);
  const documents = new LazyLines(file);
  let stopped: StopReason | undefined;
  let accepted: readonly string[];
  try {
    await journal.append({ kind: 'session', at: new Date().toISOString(), event: 'begun', pid: process.pid });
    const generation = new GenerationRun({
      plan,
      slots: run.slots,
      labelIds: material.labelIds,
      standing,
      client,
      checks,
      promptOf: remembered((slot) => slotPrompt(plan, slot, material, names)),
      sourceText: ({ source }) => {
        const document = source === undefined ? undefined : material.shown.get(source);
        return document && comparedText(document);
      },
      // What is made of an answer can be told again from the answer; only the answer cannot be had again.
      writeJournal: (entry) => journal.append(entry, entry.kind === 'answer'),
      writeDocument: (record) => documents.append(record),
      most: input.most ?? Infinity,
      clock,
      signal: task.signal,
      tell: tools.tell,
    });
    stopped = await generation.run();
    accepted = generation.accepted;
    const detail = stopped?.kind ?? 'done';
    await journal.append({
      kind: 'session',
      at: new Date().toISOString(),
      event: 'ended',
      pid: process.pid,
      detail,
    });
  } finally {
    await Promise.allSettled([journal.close(), documents.close()]);
  }
  const summary: RunSummary = summaryOf(run.stored, plan, standing, file, false);
  return {
    summary,
    ...(stopped ? { stopped } : {}),
    seconds: (clock.now() - begun) / 1000,
    accepted,
    problems: [...problems, ...material.workspace.problems].map((problem) => toErrorReport(problem)),
  };
}

interface OpenRun {
  readonly stored: StoredRun;
  readonly slots: readonly PlannedSlot[];
}

async function newRun(
  root: string,
  plan: GenerationPlan,
  material: Material,
  names: LabelNames,
): Promise<OpenRun> {
  const slots = plannedSlots(plan, material, names);
  return { stored: await createRunFolder(root, plan, slots, material.labelIds, VERSION), slots };
}

function continueRun(
  stored: StoredRun,
  plan: GenerationPlan,
  material: Material,
  names: LabelNames,
): OpenRun {
  const differences = planDifferences(stored.plan, plan);
  if (differences.length > 0) throw planChanged(plan.name, differences);
  const slots = slotsNow({ ...stored, plan }, material, names);
  const changed = promptDifferences(stored, slots);
  if (changed.length > 0) throw planChanged(plan.name, changed);
  return { stored, slots };
}

/** A small model may write down what it was shown. */
const shortExampleTexts = SHORT_EXAMPLES.map(({ answer }, at) => ({
  id: `example ${at + 1} of the prompt`,
  text: draftText({ ...answer, description: '' }),
  isTest: false,
}));

/** Checks that know all real documents and all synthetic ones, except those of a file that was set aside. */
function preparedChecks(
  plan: GenerationPlan,
  material: Material,
  names: LabelNames,
  without: string | undefined,
): GenerationChecks {
  const checks = new GenerationChecks(
    plan.labelInstruction,
    names,
    material.compared,
    plan.prompts === 'short' ? shortExampleTexts : [],
  );
  for (const { patent } of material.workspace.synthetic) {
    if (without === undefined || path.resolve(patent.source.file) !== path.resolve(without))
      checks.addOutput(patent.id, comparedText(shownDocument(patent)));
  }
  return checks;
}

/** The documents' file, made when the first one comes: an empty corpus file would be a problem of its own. */
class LazyLines {
  readonly #file: string;
  #lines: Promise<LineFile> | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async append(record: object): Promise<void> {
    this.#lines ??= LineFile.open(this.#file);
    await (await this.#lines).append(record);
  }

  async close(): Promise<void> {
    await (await this.#lines)?.close();
  }
}

/** Cuts a torn tail off; true where the file is there. A file without any whole record is removed. */
async function repaired(file: string): Promise<boolean> {
  if (!(await isThere(file))) return false;
  const lines = await LineFile.open(file);
  await lines.close();
  if (lines.length === 0) await rm(file, { force: true });
  return true;
}

function remembered(make: (slot: PlannedSlot) => Prompt): (slot: PlannedSlot) => Prompt {
  const known = new Map<number, Prompt>();
  return (slot) => {
    let prompt = known.get(slot.number);
    if (!prompt) known.set(slot.number, (prompt = make(slot)));
    return prompt;
  };
}

const runExists = (name: string, file: string): PatentLabError =>
  new PatentLabError({
    code: 'generation-exists',
    message: `The run “${name}” is there already.`,
    remedy: 'Resume it, which asks only for what is missing, start it anew, or give the plan another name.',
    place: { file },
  });

const foreignFile = (name: string, file: string): PatentLabError =>
  new PatentLabError({
    code: 'generation-exists',
    message: `${file} holds documents that no run named “${name}” in this workspace has made.`,
    remedy: 'Give the plan another name, or move the file.',
    place: { file },
  });

const planChanged = (name: string, differences: readonly string[]): PatentLabError =>
  new PatentLabError({
    code: 'generation-plan-changed',
    message: `The run “${name}” cannot go on, because its plan is another one now: ${differences.join('; ')}.`,
    remedy: 'Take the changes back, start the run anew, or give the changed plan another name.',
  });
