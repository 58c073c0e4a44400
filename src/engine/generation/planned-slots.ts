/** A plan against its workspace: what does not fit, and its slots with the prompts that will be sent. */
import { createHash } from 'node:crypto';
import { PatentLabError } from '../../core/errors.ts';
import type { ChatMessage } from '../../core/generation/chat.ts';
import type { GenerationPlan } from '../../core/generation/plan.ts';
import { promptOf, type Prompt } from '../../core/generation/prompt.ts';
import { slotsOf, type Slot } from '../../core/generation/slots.ts';
import { tokenRoom } from '../../core/generation/token-room.ts';
import { contextOf } from '../models/catalog.ts';
import type { LabelNames } from './checks/label-names.ts';
import type { Material } from './material.ts';
import type { PlannedSlot, StoredRun } from './storage/run-folder.ts';

const invalid = (message: string, remedy: string): PatentLabError =>
  new PatentLabError({ code: 'generation-plan-invalid', message, remedy });

/** Throws `generation-plan-invalid` for labels and seeds that are not there, and for labels that say nothing. */
export function checkPlan(plan: GenerationPlan, material: Material): void {
  const unknown = plan.labelSets.flatMap(({ labels }) => labels.filter((id) => !material.index.has(id)));
  if (unknown.length > 0)
    throw invalid(
      `The plan has labels that the taxonomy lacks: ${listed(unknown)}.`,
      'Correct the label sets, or add the labels to the taxonomy.',
    );
  const missing = (plan.seeds ?? []).filter((id) => !material.shown.has(id));
  if (missing.length > 0)
    throw invalid(
      `The plan has seeds that are no labelled real training documents: ${listed(missing)}.`,
      'Seeds come from the corpora, have labels, and share no family with a document that is set aside for testing.',
    );
  const silent = undescribed(plan, material);
  if (silent.length > 0)
    throw invalid(
      `The instruction is to describe labels without naming them, and these have no description: ${listed(silent)}.`,
      'Describe them in the taxonomy, or set "labelInstruction" to "named".',
    );
  if (plan.strategy === 'paraphrase' && material.candidates.length === 0)
    throw new PatentLabError({
      code: 'corpus-unlabelled',
      message: 'There is no labelled real document to write anew.',
      remedy: 'Label some documents, or use the strategy "conditioned".',
    });
}

/** Names of the labels of a conditioned plan that have no description, where it needs one. */
export function undescribed(
  plan: Pick<GenerationPlan, 'labelInstruction' | 'labelSets' | 'strategy'>,
  { labels, index }: Pick<Material, 'labels' | 'index'>,
): readonly string[] {
  if (plan.labelInstruction === 'named' || plan.strategy === 'paraphrase') return [];
  const used = new Set(plan.labelSets.flatMap((set) => set.labels));
  return [...used].flatMap((id) => {
    const label = labels[index.get(id) ?? -1];
    return label && (label.description ?? '').trim() === '' ? label.name : [];
  });
}

/** The messages of a slot. Throws `generation-document-missing` where a document is gone that it shows. */
export function slotPrompt(plan: GenerationPlan, slot: Slot, material: Material, names: LabelNames): Prompt {
  const shown = (id: string) => {
    const document = material.shown.get(id);
    if (!document) throw documentMissing(id, slot.number);
    return document;
  };
  const { prompt } = tokenRoom(plan.maxTokens, contextOf(plan.model));
  return promptOf({
    plan,
    slot,
    labels: material.labels,
    ...(slot.source === undefined ? {} : { source: shown(slot.source) }),
    exemplars: slot.exemplars.map(shown),
    withoutNames: (text, labels) => names.without(text, labels),
    ...(prompt === undefined ? {} : { room: prompt }),
  });
}

export const promptHash = (messages: readonly ChatMessage[]): string =>
  createHash('sha256').update(JSON.stringify(messages)).digest('hex');

export function plannedSlots(
  plan: GenerationPlan,
  material: Material,
  names: LabelNames,
): readonly PlannedSlot[] {
  const slots = slotsOf({ plan, documents: material.candidates, index: material.index });
  return slots.map((slot) => ({
    ...slot,
    promptHash: promptHash(slotPrompt(plan, slot, material, names).messages),
  }));
}

/** The slots of a run as they were, with the hashes of the prompts as they would be now. */
export function slotsNow(
  { plan, slots }: StoredRun,
  material: Material,
  names: LabelNames,
): readonly PlannedSlot[] {
  return slots.map((stored) => {
    const slot = { ...stored, labels: stored.labels.flatMap((id) => material.index.get(id) ?? []) };
    return { ...slot, promptHash: promptHash(slotPrompt(plan, slot, material, names).messages) };
  });
}

const SHOWN = 8;

const listed = (names: readonly string[]): string =>
  [...new Set(names)].slice(0, SHOWN).join(', ') + (new Set(names).size > SHOWN ? ' and more' : '');

const documentMissing = (id: string, slot: number): PatentLabError =>
  new PatentLabError({
    code: 'generation-document-missing',
    message: `The document ${id}, which the prompt of document ${slot} shows, is no longer among the labelled training documents.`,
    remedy: 'Bring it back, or run the plan anew; what was made stays in the folder of the run.',
  });
