/** The curves of an adaptation as Plot sees them: one axis for the losses, since they are of one kind, and one for what is right. */
import { dot, lineY } from '@observablehq/plot';
import type { AdaptationCurves, AdaptationScores } from '../../src/protocol/adaptation-view.ts';
import { frameOptions, ground, lossChart } from '../learning/charts.ts';
import type { ChartSpec } from '../ui/chart.tsx';
import { t } from '../ui/strings.ts';

export const lossesChart = (curves: AdaptationCurves): ChartSpec =>
  lossChart(curves, (colours) => {
    const { history, bestEpoch } = curves;
    const place = { x: 'step', y: 'heldOutLoss' };
    const best = history.filter(({ epoch }) => epoch === bestEpoch);
    return {
      keys: [{ words: t('held out'), colour: colours.purple }],
      marks: [
        lineY(history, { ...place, stroke: colours.purple, strokeWidth: 2 }),
        dot(history, { ...place, r: 3, fill: colours.background, stroke: colours.purple, strokeWidth: 1.8 }),
        dot(best, { ...place, r: 5, fill: colours.purple }),
      ],
    };
  });

/** @param what is counted as right */
export function rightChart(
  { history, bestEpoch }: AdaptationCurves,
  epochs: number,
  what: string,
): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const place = { x: 'epoch', y: ({ heldOutAccuracy }: AdaptationScores) => 100 * heldOutAccuracy };
    const best = history.filter(({ epoch }) => epoch === bestEpoch);
    return {
      ...frameOptions(frame, [0, Math.max(1, epochs, history.at(-1)?.epoch ?? 0)]),
      y: { label: null, nice: true, zero: true },
      marks: [
        ...ground(frame, t('On the patents held out'), [{ words: `${what}, %`, colour: colours.purple }], 1),
        lineY(history, { ...place, stroke: colours.purple, strokeWidth: 2 }),
        dot(history, { ...place, r: 3, fill: colours.background, stroke: colours.purple, strokeWidth: 1.8 }),
        dot(best, { ...place, r: 5, fill: colours.purple }),
      ],
    };
  };
}
