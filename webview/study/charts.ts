/** The charts that stand over the tables' rows as Plot sees them: waterfall, arms, labels, and two reports' arms. */
import { barX, dot, link, ruleX, ruleY, tickX } from '@observablehq/plot';
import type { Estimate } from '../../src/protocol/study-view.ts';
import { frameOptions, ground, LANE, type ChartKey, type ChartRow } from '../report/row-chart.ts';
import type { ChartColours, ChartSpec } from '../ui/chart.tsx';
import { decimal, signed } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { toneOf, type Tone } from './wording.ts';

/** Distance of a bar from the edges of its row. */
const BAR_INSET = 12;
/** Of a scale: fewer where there is no room for their numbers. */
const ticksFor = (width: number): number => (width > 300 ? 5 : width > 150 ? 3 : 2);

export interface WaterfallRow extends ChartRow {
  /** Where the bar begins and ends. */
  readonly from: number;
  readonly to: number;
  /** Of `to`. */
  readonly interval: { readonly low: number; readonly high: number };
  readonly look: 'total' | 'artefact' | 'synthetic';
}

/** Bars that hang from where the one before them ended; whiskers are the interval of each change. */
export function waterfallChart(rows: readonly WaterfallRow[], title: string): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const colour = ({ look }: WaterfallRow): string => barColour(look, colours);
    const joints = rows.slice(1).map((row, at) => ({ from: rows[at], to: row }));
    return {
      ...frameOptions(rows, frame, 'data'),
      color: { type: 'identity' },
      marks: [
        ...ground(rows, frame, {
          title,
          ticks: ticksFor(frame.width),
          format: (value) => decimal(value, 2),
          keys: [
            { text: t('threshold, steps and volume'), colour: colours.blue, filled: true },
            { text: t('synthetic content'), colour: colours.purple, filled: true },
          ],
        }),
        ruleX([0], { stroke: colours.muted }),
        barX(rows, {
          x1: 'from',
          x2: 'to',
          y: 'id',
          fill: colour,
          // The whiskers are of the text's colour, which in a theme of high contrast the bars would be too.
          fillOpacity: ({ look }: WaterfallRow) => (look === 'total' ? 0.6 : 1),
          insetTop: BAR_INSET,
          insetBottom: BAR_INSET,
          rx: 1.5,
        }),
        link(joints, {
          x1: ({ to }: Joint) => to.from,
          x2: ({ to }: Joint) => to.from,
          y1: ({ from }: Joint) => from?.id ?? '',
          y2: ({ to }: Joint) => to.id,
          stroke: colours.muted,
          strokeDasharray: '2 2',
          strokeOpacity: 0.8,
        }),
        ruleY(rows, {
          x1: ({ interval }: WaterfallRow) => interval.low,
          x2: ({ interval }: WaterfallRow) => interval.high,
          y: 'id',
          stroke: colours.text,
          strokeWidth: 1.4,
        }),
        ...ends(rows, ({ interval }) => interval, colours.text),
      ],
    };
  };
}

interface Joint {
  readonly from: WaterfallRow | undefined;
  readonly to: WaterfallRow;
}

/** The small cross-strokes at the ends of whiskers. */
function ends<Row extends ChartRow>(
  rows: readonly Row[],
  interval: (row: Row) => { readonly low: number; readonly high: number },
  stroke: string,
) {
  return (['low', 'high'] as const).map((end) =>
    tickX(rows, {
      x: (row: Row) => interval(row)[end],
      y: 'id',
      insetTop: 16,
      insetBottom: 16,
      stroke,
      strokeWidth: 1.4,
    }),
  );
}

function barColour(look: WaterfallRow['look'], colours: ChartColours): string {
  switch (look) {
    case 'total':
      return colours.muted;
    case 'artefact':
      return colours.blue;
    case 'synthetic':
      return colours.purple;
  }
}

const toneColour = (tone: Tone, colours: ChartColours): string =>
  ({ gain: colours.green, loss: colours.red, open: colours.muted })[tone];

export interface ForestRow extends ChartRow {
  readonly score?: Estimate;
  /** Against the baseline. */
  readonly tone: Tone;
  /** Synthetic documents were trained on. */
  readonly filled: boolean;
}

interface ForestLines {
  readonly title: string;
  readonly baseline?: number;
  readonly duplicates?: number;
}

/** A dot with whiskers for each arm, and lines where real-only and its duplicates stand. */
export function forestChart(rows: readonly ForestRow[], lines: ForestLines): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const drawn = rows.flatMap(({ score, ...row }) => (score ? [{ ...row, score }] : []));
    type Drawn = (typeof drawn)[number];
    const colour = ({ tone }: Drawn): string => toneColour(tone, colours);
    return {
      ...frameOptions(rows, frame, 'data'),
      color: { type: 'identity' },
      marks: [
        ...ground(rows, frame, {
          title: lines.title,
          ticks: ticksFor(frame.width),
          format: (value) => decimal(value, 2),
          keys: forestKeys(colours),
        }),
        ...(lines.baseline === undefined
          ? []
          : [ruleX([lines.baseline], { stroke: colours.text, strokeOpacity: 0.65 })]),
        ...(lines.duplicates === undefined
          ? []
          : [
              ruleX([lines.duplicates], {
                stroke: colours.text,
                strokeOpacity: 0.65,
                strokeDasharray: '3 3',
              }),
            ]),
        ruleY(drawn, {
          x1: ({ score }: Drawn) => score.low,
          x2: ({ score }: Drawn) => score.high,
          y: 'id',
          stroke: colour,
          strokeWidth: 2,
        }),
        dot(drawn, {
          x: ({ score }: Drawn) => score.mean,
          y: 'id',
          r: 4.5,
          fill: (row: Drawn) => (row.filled ? colour(row) : colours.background),
          stroke: colour,
          strokeWidth: 1.8,
        }),
      ],
    };
  };
}

const forestKeys = (colours: ChartColours): readonly ChartKey[] => [
  { text: t('real documents'), colour: colours.muted, filled: false },
  { text: t('with synthetic ones'), colour: colours.muted, filled: true },
  { text: t('better than real only'), colour: colours.green, filled: true },
  { text: t('worse'), colour: colours.red, filled: true },
];

export interface ChangeRow extends ChartRow {
  readonly gain?: Estimate;
}

/** Changes with their whiskers around zero. */
export function changeChart(rows: readonly ChangeRow[], title: string): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const drawn = rows.flatMap(({ gain, ...row }) => (gain ? [{ ...row, gain }] : []));
    type Drawn = (typeof drawn)[number];
    const colour = ({ gain }: Drawn): string => toneColour(toneOf(gain), colours);
    return {
      ...frameOptions(rows, frame, 'data'),
      color: { type: 'identity' },
      marks: [
        ...ground(rows, frame, {
          title,
          ticks: ticksFor(frame.width),
          format: (value) => signed(value, 2),
          keys: [
            { text: t('gain'), colour: colours.green, filled: true },
            { text: t('loss'), colour: colours.red, filled: true },
            { text: t('the interval includes zero'), colour: colours.muted, filled: true },
          ],
        }),
        ruleX([0], { stroke: colours.text, strokeOpacity: 0.65 }),
        ruleY(drawn, {
          x1: ({ gain }: Drawn) => gain.low,
          x2: ({ gain }: Drawn) => gain.high,
          y: 'id',
          stroke: colour,
          strokeWidth: 2,
        }),
        dot(drawn, { x: ({ gain }: Drawn) => gain.mean, y: 'id', r: 4.5, fill: colour }),
      ],
    };
  };
}

export interface PairRow extends ChartRow {
  readonly left?: Estimate;
  readonly right?: Estimate;
}

/** The same arm of two reports: hollow the first, filled the second. */
export function pairChart(rows: readonly PairRow[], title: string): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const side = (which: 'left' | 'right') => {
      const drawn = rows.flatMap((row) => {
        const estimate = row[which];
        return estimate ? [{ id: row.id, estimate }] : [];
      });
      type Drawn = (typeof drawn)[number];
      const stroke = which === 'left' ? colours.blue : colours.purple;
      const dy = which === 'left' ? -LANE : LANE;
      return [
        ruleY(drawn, {
          x1: ({ estimate }: Drawn) => estimate.low,
          x2: ({ estimate }: Drawn) => estimate.high,
          y: 'id',
          dy,
          stroke,
          strokeWidth: 2,
        }),
        dot(drawn, {
          x: ({ estimate }: Drawn) => estimate.mean,
          y: 'id',
          dy,
          r: 4,
          fill: which === 'left' ? colours.background : stroke,
          stroke,
          strokeWidth: 1.8,
        }),
      ];
    };
    return {
      ...frameOptions(rows, frame, 'data'),
      marks: [
        ...ground(rows, frame, {
          title,
          ticks: ticksFor(frame.width),
          format: (value) => decimal(value, 2),
          keys: [
            { text: t('first'), colour: colours.blue, filled: false },
            { text: t('second'), colour: colours.purple, filled: true },
          ],
        }),
        ...side('left'),
        ...side('right'),
      ],
    };
  };
}
