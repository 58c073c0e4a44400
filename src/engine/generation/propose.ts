/** A first plan for a workspace: which labels lack documents, and label sets that fill them up. */
import { toErrorReport } from '../../core/errors.ts';
import { labelDeficits, sampleLabelSets, type Deficit } from '../../core/generation/deficits.ts';
import { planSchema, type GenerationPlan } from '../../core/generation/plan.ts';
import type { LabelDeficit, ProposePlanParams, ProposePlanResult } from '../../protocol/generation.ts';
import { DEFAULT_TARGET_COUNT } from '../workspace/summary.ts';
import type { NamedFiles } from '../workspace/workspace.ts';
import { isSmall } from '../models/catalog.ts';
import { readMaterial, type Material } from './material.ts';
import { undescribed } from './planned-slots.ts';

/** A plan that grew by itself should not be expensive; the person may raise it. [ours] */
const MOST_DOCUMENTS = 200;
/** What a model of a billion parameters does best with: little to read, little to write, and more than one try. [ours] */
const SMALL_MODEL = {
  prompts: 'short',
  exemplars: 0,
  attributes: { length: ['short'] },
  maxTokens: 600,
  temperature: 0.7,
  retries: 2,
} as const;

/** @param named in place of the taxonomy and the corpora that the workspace says */
export async function proposePlan(params: ProposePlanParams, named?: NamedFiles): Promise<ProposePlanResult> {
  const material = await readMaterial(params.root, named);
  return {
    ...proposed(params, material),
    problems: material.workspace.problems.map((one) => toErrorReport(one)),
  };
}

/** The same for documents that are read already. */
export function proposed(
  params: Omit<ProposePlanParams, 'root'>,
  material: Material,
): Omit<ProposePlanResult, 'problems'> {
  const { strategy, model, name, targetCount = DEFAULT_TARGET_COUNT, seed = 1, times = 1 } = params;
  const most = params.documents ?? MOST_DOCUMENTS;
  const deficits = labelDeficits(material.counted, material.labels.length, targetCount);
  const isWanted = (label: number): boolean =>
    params.labels === undefined || params.labels.includes(material.labelIds[label] ?? '');
  const wanted = deficits.map(({ deficit }, label) => (isWanted(label) ? deficit : 0));
  const sets =
    strategy === 'conditioned'
      ? sampleLabelSets({
          real: material.candidates.map(({ labels }) => labels),
          deficits: wanted,
          most,
          seed,
        })
      : [];
  const labelSets = sets.map(({ labels, count }) => ({
    labels: labels.map((label) => material.labelIds[label] ?? ''),
    count,
  }));
  const seeds = strategy === 'paraphrase' ? paraphraseSeeds(material, wanted, Math.ceil(most / times)) : [];
  const silent = undescribed({ strategy, labelSets, labelInstruction: 'described' }, material);
  const plan = planSchema.parse({
    name,
    model,
    strategy,
    seed,
    labelInstruction: silent.length > 0 ? 'named' : 'described',
    ...(strategy === 'conditioned' ? { labelSets } : { times, seeds }),
    ...(isSmall(model) ? SMALL_MODEL : {}),
  });
  return {
    plan,
    deficits: describedDeficits(deficits, plan, material),
    real: material.candidates.length,
    documents: plannedDocuments(plan, material),
    notes: notesOf(plan, material, wanted, silent, most),
  };
}

/** Documents of the labels that lack most, in the corpus's order. */
function paraphraseSeeds(material: Material, wanted: readonly number[], most: number): readonly string[] {
  const need = (labels: readonly number[]): number =>
    Math.max(0, ...labels.map((label) => wanted[label] ?? 0));
  return material.candidates
    .map(({ id, labels }, at) => ({ id, at, need: need(labels) }))
    .filter((one) => one.need > 0)
    .sort((a, b) => b.need - a.need || a.at - b.at)
    .slice(0, most)
    .sort((a, b) => a.at - b.at)
    .map(({ id }) => id);
}

export function plannedDocuments(plan: GenerationPlan, material: Pick<Material, 'candidates'>): number {
  return plan.strategy === 'conditioned'
    ? plan.labelSets.reduce((sum, { count }) => sum + count, 0)
    : plan.times * new Set(plan.seeds ?? material.candidates.map(({ id }) => id)).size;
}

/** Each label with what the plan adds to it. */
export function describedDeficits(
  deficits: readonly Deficit[],
  plan: GenerationPlan,
  material: Material,
): readonly LabelDeficit[] {
  const planned = new Array<number>(deficits.length).fill(0);
  const add = (labels: readonly number[], count: number): void => {
    for (const label of labels) planned[label] = (planned[label] ?? 0) + count;
  };
  if (plan.strategy === 'conditioned') {
    for (const { labels, count } of plan.labelSets)
      add(
        labels.flatMap((id) => material.index.get(id) ?? []),
        count,
      );
  } else {
    const seeds = plan.seeds && new Set(plan.seeds);
    for (const { id, labels } of material.candidates) if (!seeds || seeds.has(id)) add(labels, plan.times);
  }
  return deficits.map((deficit, label) => ({
    id: material.labelIds[label] ?? '',
    name: material.labels[label]?.name ?? '',
    ...deficit,
    planned: planned[label] ?? 0,
    described: (material.labels[label]?.description ?? '').trim() !== '',
  }));
}

function notesOf(
  plan: GenerationPlan,
  material: Material,
  wanted: readonly number[],
  silent: readonly string[],
  most: number,
): readonly string[] {
  const notes: string[] = [];
  if (plan.prompts === 'short')
    notes.push(
      'The model is small: its requests show two answers in place of rules, and genres, disciplines and offices have no part in them.',
    );
  if (wanted.every((count) => count === 0)) notes.push('No label lacks documents at this target.');
  if (silent.length > 0)
    notes.push(
      `Labels without a description cannot be told without their names, so the prompts would name labels: ${silent.join(', ')}. Describe them to leave names out.`,
    );
  const documents = plannedDocuments(plan, material);
  if (documents >= most && plan.strategy === 'conditioned')
    notes.push(`The proposal ends at ${most} documents; some labels may still lack some.`);
  if (plan.strategy === 'paraphrase' && plan.times >= 5)
    notes.push('Paraphrases of few documents stop helping when there are many of each (METHODS 1).');
  if (material.candidates.length > 0 && documents > 4 * material.candidates.length)
    notes.push(
      `That is ${(documents / material.candidates.length).toFixed(1)} synthetic documents for each real one.`,
    );
  return notes;
}
