/** The encoder that a study fine-tunes, and how long that takes on this machine. */
import path from 'node:path';
import { isTuned, type FamilyId } from '../../core/study/plan.ts';
import { openBase } from '../finetune/base.ts';
import { readTexts } from '../finetune/texts.ts';
import { Encoder } from '../encoder/encoder.ts';
import type { EncoderSpec } from '../encoder/spec.ts';
import { readConfig } from '../workspace/workspace.ts';
import type { Pace } from './clock.ts';
import type { PlannedStudy } from './plan-file.ts';
import { noConvergence, noTunable, TUNED_BATCH, TunedFamily, type Tunable } from './tuned-family.ts';

export interface OpenedTunable extends Tunable {
  readonly spec: EncoderSpec;
}

/** Undefined where no family trains the encoder. */
export async function openTunable(
  root: string,
  { plan, sources }: PlannedStudy,
  texts: readonly string[],
): Promise<OpenedTunable | undefined> {
  if (!plan.families.some(isTuned)) return undefined;
  const inWorkspace = sources.base === undefined ? (await readConfig(root)).training.base : undefined;
  const folder = sources.base ?? (inWorkspace === undefined ? undefined : path.resolve(root, inWorkspace));
  if (folder === undefined) throw noTunable();
  if (plan.schedules.includes('convergence')) throw noConvergence();
  // It is opened here, so that what is wrong with it is said before anything is trained.
  const { spec } = await openBase(folder);
  return { spec, base: folder, texts: readTexts(texts, await Encoder.load(folder)) };
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
