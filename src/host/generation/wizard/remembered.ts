/**
 * What a person chose the last time in this workspace, so that the next plan begins there. Labels and amounts are left
 * out: they follow from what the labels lack now.
 */
import type { Memento } from 'vscode';
import { z } from 'zod';
import { STRATEGIES } from '../../../core/corpus/origin.ts';
import { GENRES, LABEL_INSTRUCTIONS, MODEL_CLIENTS } from '../../../core/generation/plan.ts';
import type { Draft } from './draft.ts';

const choicesSchema = z.object({
  strategy: z.enum(STRATEGIES),
  times: z.int().min(1),
  genres: z.array(z.enum(GENRES)).min(1),
  labelInstruction: z.enum(LABEL_INSTRUCTIONS),
  model: z.object({
    client: z.enum(MODEL_CLIENTS),
    model: z.string().min(1),
    endpoint: z.string().min(1).optional(),
  }),
});
export type Choices = z.infer<typeof choicesSchema>;

type Memory = Pick<Memento, 'get' | 'update'>;

/** Several folders of one window may be about different things. */
const keyOf = (root: string): string => `patentLab.generation.choices:${root}`;

/** Undefined the first time, and where an earlier version remembered something else. */
export const rememberedChoices = (memory: Memory, root: string): Choices | undefined =>
  choicesSchema.safeParse(memory.get(keyOf(root))).data;

export async function rememberChoices(memory: Memory, root: string, draft: Draft): Promise<void> {
  const { strategy, times, genres, labelInstruction, model } = draft;
  if (!model) return;
  const choices: Choices = { strategy, times, genres: [...genres], labelInstruction, model };
  await memory.update(keyOf(root), choices);
}
