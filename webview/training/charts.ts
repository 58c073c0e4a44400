/** The scores of each epoch as Plot sees them. */
import { dot, lineY } from '@observablehq/plot';
import type { Markish } from '@observablehq/plot';
import type { EpochScores, TrainingCurves } from '../../src/protocol/training-view.ts';
import { frameOptions, ground } from '../learning/charts.ts';
import type { ChartSpec } from '../ui/chart.tsx';
import { t } from '../ui/strings.ts';

export function scoresChart(
  { history, bestEpoch }: Pick<TrainingCurves, 'history' | 'bestEpoch'>,
  epochs: number,
): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const best = history.filter(({ epoch }) => epoch === bestEpoch);
    const curve = (score: 'averagePrecision' | 'microF1', colour: string): readonly Markish[] => {
      const place = { x: 'epoch', y: (scores: EpochScores) => scores[score] };
      return [
        lineY(history, { ...place, stroke: colour, strokeWidth: 2 }),
        dot(history, { ...place, r: 3, fill: colours.background, stroke: colour, strokeWidth: 1.8 }),
        dot(best, { ...place, r: 5, fill: colour }),
      ];
    };
    const keys = [
      { words: t('micro average precision'), colour: colours.blue },
      { words: t('micro-F1'), colour: colours.purple },
    ];
    return {
      ...frameOptions(frame, [0, Math.max(1, epochs, history.at(-1)?.epoch ?? 0)]),
      y: { label: null, nice: true, zero: false },
      marks: [
        ...ground(frame, t('On the documents held out'), keys, 2),
        ...curve('averagePrecision', colours.blue),
        ...curve('microF1', colours.purple),
      ],
    };
  };
}
