import { expect, it } from 'vitest';
import { STUDY_FORMAT, STUDY_VERSION } from '../../protocol/study.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { measuredGains } from './measured-gains.ts';

const SETTING = { schedule: 'convergence', thresholds: 'tuned', family: 'encoder-linear' };

const report = (fidelity: readonly object[], more: object = {}): string =>
  JSON.stringify({
    format: STUDY_FORMAT,
    version: STUDY_VERSION,
    verdicts: [
      { ...SETTING, regime: '165', leading: true },
      { ...SETTING, regime: '165', thresholds: 'fixed', leading: false },
    ],
    fidelity,
    ...more,
  });

const measured = (mmd2: number, mean: number, thresholds = 'tuned'): object => ({
  ...SETTING,
  regime: '165',
  thresholds,
  mmd2,
  gain: { mean, low: 0, high: 1 },
});

const runs = (files: Readonly<Record<string, string>>): Promise<string> =>
  temporaryFolder(
    Object.fromEntries(
      Object.entries(files).map(([at, text]) => [
        `.patent-lab/runs/study-2026-05-0${at}T00-00-00-000Z/report.json`,
        text,
      ]),
    ),
  );

it('come from the newest study that has them, in the setting that speaks for the regime', async () => {
  const root = await runs({
    1: report([measured(0.5, 0.9)]),
    2: report([measured(0.1, 0.02), measured(0.1, 0.5, 'fixed'), measured(0.2, 0.01)]),
    3: report([]),
    4: '{"cut off',
    5: report([measured(0.3, 0.7)], { version: STUDY_VERSION + 1 }),
  });
  expect(await measuredGains(root)).toEqual([
    { fidelity: 0.1, gain: 0.02, regime: '165' },
    { fidelity: 0.2, gain: 0.01, regime: '165' },
  ]);
});

it('are none without a study', async () => {
  expect(await measuredGains(await temporaryFolder({}))).toEqual([]);
});
