/** What adding synthetic documents gained, by generator and strategy: out of the newest study of the workspace that has it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { GainCell } from '../../core/fidelity/gains.ts';
import { STUDY_FORMAT, STUDY_VERSION } from '../../protocol/study.ts';
import { REPORT_FILE, studyFolders } from '../study/run-state.ts';

const cell = { regime: z.string(), schedule: z.string(), thresholds: z.string(), family: z.string() };

const reportSchema = z.looseObject({
  format: z.literal(STUDY_FORMAT),
  version: z.literal(STUDY_VERSION),
  verdicts: z.array(z.looseObject({ ...cell, leading: z.boolean() })),
  fidelity: z.array(z.looseObject({ ...cell, mmd2: z.number(), gain: z.looseObject({ mean: z.number() }) })),
});

/**
 * Gains in the setting that speaks for each regime; of several settings, all would count the same documents again. Empty
 * without such a study. A report that cannot be read is passed over: the list of runs says that of it.
 */
export async function measuredGains(root: string): Promise<readonly GainCell[]> {
  for (const folder of await studyFolders(root)) {
    const report = await readStudy(path.join(folder, REPORT_FILE));
    if (!report || report.fidelity.length === 0) continue;
    const leading = new Set(report.verdicts.filter((verdict) => verdict.leading).map(keyOf));
    return report.fidelity
      .filter((one) => leading.has(keyOf(one)))
      .map(({ mmd2, gain, regime }) => ({ fidelity: mmd2, gain: gain.mean, regime }));
  }
  return [];
}

type Cell = Readonly<Record<keyof typeof cell, string>>;

const keyOf = ({ regime, schedule, thresholds, family }: Cell): string =>
  [regime, schedule, thresholds, family].join('|');

async function readStudy(file: string): Promise<z.infer<typeof reportSchema> | undefined> {
  try {
    return reportSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
