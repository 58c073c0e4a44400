/** `generate`: synthetic documents from a plan, what a plan would cost and send, and a first plan. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { formatPlan, parsePlan } from '../../core/generation/plan.ts';
import { readError } from '../../engine/files/errors.ts';
import { isThere } from '../../engine/files/is-there.ts';
import { writeFileAtomically } from '../../engine/files/write.ts';
import { openClient } from '../../engine/generation/clients/open.ts';
import { estimate } from '../../engine/generation/estimate.ts';
import { proposePlan } from '../../engine/generation/propose.ts';
import { runGeneration } from '../../engine/generation/session.ts';
import type {
  Cost,
  Estimate,
  GenerationEvent,
  GenerationResult,
  ModelAccess,
} from '../../protocol/generation.ts';
import type { GenerateCommand } from '../arguments/generate.ts';
import { usageError } from '../arguments/options.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

const EXIT = { done: 0, incomplete: 1 } as const;

type Planned = Extract<GenerateCommand, { kind: 'run' | 'estimate' }>;

export async function generateCommand(command: GenerateCommand): Promise<number> {
  switch (command.kind) {
    case 'propose':
      return propose(command);
    case 'estimate':
      return tellEstimate(command);
    case 'run':
      return run(command);
  }
}

async function propose(command: Extract<GenerateCommand, { kind: 'propose' }>): Promise<number> {
  const { workspace, named, out, target, documents: most } = command;
  // A plan runs in its folder: what was written there counts already.
  const root = path.resolve(workspace ?? (out === undefined ? '.' : path.dirname(out)));
  const { plan, notes, problems, documents } = await proposePlan(
    {
      root,
      strategy: command.strategy,
      model: command.model,
      name: command.plan,
      seed: command.seed,
      ...(target === undefined ? {} : { targetCount: target }),
      ...(most === undefined ? {} : { documents: most }),
    },
    named,
  );
  noteProblems(problems);
  for (const one of notes) note(one);
  if (documents === 0)
    throw new PatentLabError({
      code: 'generation-plan-invalid',
      message: 'There is nothing to write: no label lacks documents.',
      remedy: 'Raise --target.',
    });
  note(`${documents} documents are planned.`);
  if (out === undefined) print(formatPlan(plan));
  else await keepPlan(out, formatPlan(plan));
  return EXIT.done;
}

/** A plan that is there may have been edited, or belong to a run. */
async function keepPlan(file: string, text: string): Promise<void> {
  if (await isThere(file)) throw usageError(`${file} is there already; give the plan another name.`);
  await writeFileAtomically(file, text);
  print(file);
}

async function tellEstimate(command: Planned): Promise<number> {
  const { root, plan } = await planned(command);
  const result = await estimate({ root, plan, access: accessOf(command) }, command.named);
  noteProblems(result.problems);
  if (command.json) printJson(result);
  else printEstimate(result);
  return EXIT.done;
}

async function run(command: Planned): Promise<number> {
  const { root, plan } = await planned(command);
  const access = accessOf(command);
  const { named, existing, most } = command;
  const before = await estimate({ root, plan, access }, named);
  note(`Text goes to ${before.disclosure.recipient} (${before.disclosure.where.replace('-', ' ')}).`);
  const task = terminalTask();
  const result = await runGeneration(
    { root, plan, existing, ...(most === undefined ? {} : { most }), ...(named ? { named } : {}) },
    {
      openClient,
      context: { access, warn: note },
      tell: (event) =>
        tell(event, command.json, (message, done, total) => task.progress(message, done, total)),
    },
    task,
  );
  endProgress();
  noteProblems(result.problems);
  if (command.json) printJson({ result });
  else printResult(result);
  return result.stopped || result.summary.counts.rejected > 0 ? EXIT.incomplete : EXIT.done;
}

async function planned({ plan: file, workspace }: Planned) {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw readError(file, cause);
  });
  return { root: path.resolve(workspace ?? path.dirname(file)), plan: parsePlan(text, file) };
}

function accessOf({ endpoints, modelFiles, localOnly, models, threads }: Planned): ModelAccess {
  return {
    endpoints: endpoints.map((endpoint) => {
      const key = process.env[keyVariable(endpoint.name)];
      return key === undefined || key === '' ? endpoint : { ...endpoint, key };
    }),
    localOnly,
    modelFiles,
    ...(models === undefined ? {} : { modelFolder: path.resolve(models) }),
    ...(threads === undefined ? {} : { threads }),
  };
}

/** `my-server` → `PATENT_LAB_KEY_MY_SERVER`. */
const keyVariable = (name: string): string =>
  `PATENT_LAB_KEY_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;

function tell(
  event: GenerationEvent,
  json: boolean,
  progress: (message: string, done?: number, total?: number) => void,
): void {
  switch (event.kind) {
    case 'state': {
      const { counts, tokensPerSecond } = event;
      const speed = tokensPerSecond === undefined ? '' : `, ${tokensPerSecond.toFixed(1)} tokens/s`;
      return progress(`${counts.rejected} rejected${speed}; accepted`, counts.accepted, counts.planned);
    }
    case 'accepted':
    case 'rejected':
      if (json) printJson(event);
      return;
    case 'failure': {
      const wait = event.wait === undefined ? '' : ` Trying again in ${(event.wait / 1000).toFixed(1)} s.`;
      return note(`${event.error.message}${wait}`);
    }
  }
}

function printEstimate({ disclosure, ...estimated }: Estimate): void {
  print(`Documents: ${estimated.documents} (${estimated.accepted} are there)`);
  print(`Requests: ${estimated.requests}, with all re-tries ${estimated.mostRequests}`);
  print(
    `Tokens: about ${estimated.promptTokens} of prompts, at most ${estimated.mostCompletionTokens} of answers`,
  );
  print(`Cost: ${costText(estimated.cost)}`);
  print(`Sent to: ${disclosure.recipient} (${disclosure.where.replace('-', ' ')})`);
  print(
    `Sent: ${disclosure.seeds.length} real documents to write anew, ${disclosure.exemplars.length} as examples; labels are ${disclosure.namesLabels ? 'named' : 'described without their names'}`,
  );
  for (const difference of estimated.differences) print(`Differs from the run that is there: ${difference}`);
  for (const one of estimated.notes) print(one);
  print(
    `\nThe first request:\n${disclosure.sample.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n')}`,
  );
}

function printResult({ summary, stopped, seconds }: GenerationResult): void {
  const { counts, file, folder, finished } = summary;
  print(
    `${counts.accepted} of ${counts.planned} documents accepted, ${counts.rejected} given up, in ${seconds.toFixed(1)} s.`,
  );
  for (const [reason, number] of Object.entries(counts.rejections)) print(`  rejected, ${reason}: ${number}`);
  for (const [code, number] of Object.entries(counts.failures)) print(`  no answer, ${code}: ${number}`);
  print(
    `Tokens: ${counts.promptTokens} of prompts, ${counts.completionTokens} of answers${counts.uncounted > 0 ? ` (${counts.uncounted} answers were not counted by the provider)` : ''}. Cost: ${costText(counts.cost)}.`,
  );
  if (counts.accepted > 0) print(`Documents: ${file}`);
  print(`Answers and log: ${folder}`);
  if (stopped) note(stoppedText(stopped));
  if (!finished) note('Run it again with --resume for what is missing.');
}

function costText(cost: Cost): string {
  if (cost.kind === 'known') return `${cost.amount.toFixed(4)} ${cost.currency}`;
  return cost.why === 'no-price'
    ? 'unknown (the plan states no price)'
    : 'unknown (the provider did not count tokens)';
}

function stoppedText(stopped: NonNullable<GenerationResult['stopped']>): string {
  switch (stopped.kind) {
    case 'cancelled':
      return 'Cancelled.';
    case 'budget':
      return `Stopped: the budget of ${stopped.of} is used up.`;
    case 'model':
      return `Stopped: ${stopped.error.message} ${stopped.error.remedy}`;
  }
}
