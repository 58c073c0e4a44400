/** Assignments that each label gains and loses, to the right and to the left of none. */
import { rectX, ruleX } from '@observablehq/plot';
import { frameOptions, ground } from '../report/row-chart.ts';
import type { ChartSpec } from '../ui/chart.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import type { FlipRow } from './rows.ts';

export const flipTitle = (): string => t('Assignments that each label gains and loses');

export function flipChart(rows: readonly FlipRow[]): ChartSpec {
  const most = Math.max(1, ...rows.flatMap(({ gained, lost }) => [gained, lost]));
  return (frame) => {
    const { colours } = frame;
    const bar = { y: 'id', insetTop: 12, insetBottom: 12 } as const;
    return {
      ...frameOptions(rows, frame, [-most, most]),
      marks: [
        ...ground(rows, frame, {
          title: flipTitle(),
          keys: [
            { text: t('gained'), colour: colours.blue, filled: true },
            { text: t('lost'), colour: colours.red, filled: true },
          ],
          ticks: most === 1 ? [-1, 0, 1] : [-most, -Math.round(most / 2), 0, Math.round(most / 2), most],
          format: (value) => integer(Math.abs(value)),
        }),
        rectX(rows, { ...bar, x1: 0, x2: 'gained', fill: colours.blue }),
        rectX(rows, { ...bar, x1: (row: FlipRow) => -row.lost, x2: 0, fill: colours.red }),
        ruleX([0], { stroke: colours.muted }),
      ],
    };
  };
}
