/** The encoder that a study fine-tunes, and how long that takes on this machine. */
import path from 'node:path';
import { isTuned, type FamilyId } from '../../core/study/plan.ts';
import { openBase } from '../finetune/base.ts';
import { memoryPlan, requireMemory, type MemoryNeed } from '../finetune/memory.ts';
import { readTexts } from '../finetune/texts.ts';
import type { MemoryUse } from '../onnx/runtime.ts';
import { TextReader } from '../encoder/reader.ts';
import type { EncoderSpec } from '../encoder/spec.ts';
import { readConfig } from '../workspace/workspace.ts';
import type { Pace } from './clock.ts';
import type { PlannedStudy } from './plan-file.ts';
import {
  noConvergence,
  noTunable,
  TUNED_BATCH,
  TunedFamily,
  type Tunable,
  type TunedFamilyData,
} from './tuned-family.ts';

export interface OpenedTunable extends Tunable {
  readonly spec: EncoderSpec;
  /** Of one thread, with all families. */
  readonly need: MemoryNeed;
}

/**
 * Undefined where no family trains the encoder.
 * @throws `memory-insufficient` where not even one thread has room, `study-invalid`, and what reading an encoder throws
 */
export async function openTunable(
  root: string,
  { plan, sources }: PlannedStudy,
  texts: readonly string[],
  labels: number,
): Promise<OpenedTunable | undefined> {
  if (!plan.families.some(isTuned)) return undefined;
  const inWorkspace = sources.base === undefined ? (await readConfig(root)).training.base : undefined;
  const folder = sources.base ?? (inWorkspace === undefined ? undefined : path.resolve(root, inWorkspace));
  if (folder === undefined) throw noTunable();
  if (plan.schedules.includes('convergence')) throw noConvergence();
  // It is opened here, so that what is wrong with it is said before anything is trained.
  const { spec } = await openBase(folder);
  const tunable = { base: folder, texts: readTexts(texts, await TextReader.open(folder, spec)) };
  const need = await needOf(plan.families, { ...tunable, targets: new Float32Array(), labels });
  requireMemory(memoryPlan(need), TOO_LARGE);
  return { ...tunable, spec, need };
}

const TOO_LARGE =
  'Study the family lora instead of full, a smaller encoder or a shorter view, or end other programs.';

/** Families are trained one after the other, and what each needs stays loaded. */
async function needOf(ids: readonly FamilyId[], data: TunedFamilyData): Promise<MemoryNeed> {
  const needs: MemoryNeed[] = [];
  for (const id of new Set(ids.filter(isTuned))) needs.push(await new TunedFamily(id, data).memoryNeed());
  const sum = (use: MemoryUse): number => needs.reduce((total, need) => total + need[use], 0);
  return { pooled: sum('pooled'), sparing: sum('sparing') };
}

/** One step and one document scored, after what is done once. */
export async function measureTunedPace(
  ids: readonly FamilyId[],
  tunable: Tunable | undefined,
  labels: number,
  scored: number,
): Promise<readonly (readonly [FamilyId, Pace])[]> {
  const paces: (readonly [FamilyId, Pace])[] = [];
  for (const id of tunable ? new Set(ids.filter(isTuned)) : []) {
    if (!tunable) break;
    const some = tunable.texts.slice(0, TUNED_BATCH);
    const data = { ...tunable, texts: some, targets: new Float32Array(some.length * labels), labels };
    const family = new TunedFamily(id, data);
    const rows = Int32Array.from(some, (_, row) => row);
    const time = async (steps: number, score: Int32Array): Promise<number> => {
      const started = performance.now();
      await family.fit(
        {
          training: { phases: [rows], weights: new Map() },
          loss: 'binary-cross-entropy',
          duration: { kind: 'steps', steps },
          seed: 0,
          score,
        },
        () => Promise.resolve(),
      );
      return (performance.now() - started) / 1000;
    };
    const none = new Int32Array();
    await time(1, rows);
    const nothing = await time(0, none);
    const step = Math.max(0, (await time(1, none)) - nothing);
    const document = Math.max(0, (await time(0, rows)) - nothing) / Math.max(1, some.length);
    await family.release();
    paces.push([id, { step, document: 0, fit: nothing + scored * document }]);
  }
  return paces;
}
