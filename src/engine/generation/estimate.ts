/** What a plan would ask for, of whom, and what is known of its cost; nothing is sent. */
import { toErrorReport, type PatentLabError } from '../../core/errors.ts';
import { labelDeficits } from '../../core/generation/deficits.ts';
import { isLoopback } from '../../core/generation/loopback.ts';
import type { ModelChoice } from '../../core/generation/plan.ts';
import type { Prompt } from '../../core/generation/prompt.ts';
import { tokenRoom } from '../../core/generation/token-room.ts';
import type { Disclosure, Estimate, ModelAccess, PlanParams } from '../../protocol/generation.ts';
import { contextOf } from '../models/catalog.ts';
import { DEFAULT_TARGET_COUNT } from '../workspace/summary.ts';
import type { NamedFiles } from '../workspace/workspace.ts';
import { LabelNames } from './checks/label-names.ts';
import { ModelError } from './client.ts';
import { readMaterial, type Material } from './material.ts';
import { checkPlan, plannedSlots, slotPrompt, slotsNow } from './planned-slots.ts';
import { describedDeficits } from './propose.ts';
import { summarised } from './runs.ts';
import { planDifferences, promptDifferences } from './storage/differences.ts';
import { storedRuns, type PlannedSlot } from './storage/run-folder.ts';
import { costOf } from './tally.ts';

/** METHODS has no figure; English text has about four characters a token. [ours] */
const CHARACTERS_A_TOKEN = 4;

/** @param named in place of the taxonomy and the corpora that the workspace says */
export async function estimate({ root, plan, access }: PlanParams, named?: NamedFiles): Promise<Estimate> {
  const material = await readMaterial(root, named);
  checkPlan(plan, material);
  const names = new LabelNames({ labels: material.labels }, plan.language);
  const problems: PatentLabError[] = [...material.workspace.problems];
  const before = (await storedRuns(root, problems)).find((run) => run.plan.name === plan.name);
  const planChanges = before ? planDifferences(before.plan, plan) : [];
  // A run goes on with the slots it began with, though there may be other documents by now.
  const slots =
    before && planChanges.length === 0
      ? slotsNow({ ...before, plan }, material, names)
      : plannedSlots(plan, material, names);
  const prompts = slots.map((slot) => slotPrompt(plan, slot, material, names));
  const characters = prompts.reduce(
    (sum, { messages }) => sum + messages.reduce((length, { content }) => length + content.length, 0),
    0,
  );
  const existing = before && (await summarised(before, material.workspace, problems));
  const promptTokens = Math.ceil(characters / CHARACTERS_A_TOKEN);
  const mostCompletionTokens = slots.length * tokenRoom(plan.maxTokens, contextOf(plan.model)).answer;
  return {
    documents: slots.length,
    accepted: existing?.counts.accepted ?? 0,
    requests: slots.length,
    mostRequests: slots.length * (1 + plan.retries),
    promptTokens,
    mostCompletionTokens,
    cost: costOf(plan.price, { promptTokens, completionTokens: mostCompletionTokens }, 0),
    real: material.candidates.length,
    deficits: describedDeficits(
      labelDeficits(material.counted, material.labels.length, DEFAULT_TARGET_COUNT),
      plan,
      material,
    ),
    disclosure: {
      ...recipientOf(plan.model, access),
      namesLabels: plan.labelInstruction === 'named',
      labels: labelsOf(slots, material),
      seeds: [...new Set(slots.flatMap(({ source }) => source ?? []))],
      exemplars: [...new Set(slots.flatMap(({ exemplars }, at) => shownOf(exemplars, prompts[at])))],
      sample: prompts[0]?.messages ?? [],
    },
    ...(existing ? { existing } : {}),
    differences: before && planChanges.length === 0 ? promptDifferences(before, slots) : planChanges,
    notes: notesOf(prompts),
    problems: problems.map((problem) => toErrorReport(problem)),
  };
}

const shownOf = (exemplars: readonly string[], prompt: Prompt | undefined): readonly string[] =>
  exemplars.filter((id) => prompt?.dropped.includes(id) !== true);

function notesOf(prompts: readonly Prompt[]): readonly string[] {
  const notes: string[] = [];
  if (prompts.some(({ shortened }) => shortened.length > 0))
    notes.push('Long documents are shown to the model in part: as many whole claims as fit.');
  const dropped = prompts.filter((prompt) => prompt.dropped.length > 0).length;
  if (dropped > 0)
    notes.push(
      `${dropped} of ${prompts.length} prompts show fewer examples than planned: the model reads no more.`,
    );
  return notes;
}

const labelsOf = (slots: readonly PlannedSlot[], { labels }: Material): readonly string[] =>
  [...new Set(slots.flatMap((slot) => slot.labels))]
    .sort((a, b) => a - b)
    .map((label) => labels[label]?.name ?? '');

/** Throws `model-not-configured` for an endpoint that this machine does not know. */
function recipientOf(choice: ModelChoice, access: ModelAccess): Pick<Disclosure, 'recipient' | 'where'> {
  const { client, model } = choice;
  switch (client) {
    case 'built-in':
      return { recipient: `${model}, inside Patent Lab`, where: 'this-machine' };
    case 'editor':
      return { recipient: `${model}, through the editor`, where: 'editor' };
    case 'endpoint': {
      const endpoint = access.endpoints.find(({ name }) => name === choice.endpoint);
      if (!endpoint)
        throw new ModelError(
          {
            code: 'model-not-configured',
            message: `The plan names the endpoint “${choice.endpoint ?? ''}”, which the settings of this machine do not have.`,
            remedy: `Add it to the settings (--endpoint ${choice.endpoint ?? 'NAME'}=URL on the command line), or name another endpoint in the plan.`,
          },
          { kind: 'stop' },
        );
      return {
        recipient: `${model} at ${endpoint.url}`,
        where: isLoopback(endpoint.url) ? 'this-machine' : 'another-machine',
      };
    }
  }
}
