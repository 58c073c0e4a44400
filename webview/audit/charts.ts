/** The two charts of the audit as Plot sees them; their rows stand in the order and at the height of the table's. */
import { dot, ruleY } from '@observablehq/plot';
import type { AuditFigure, AuditFigures } from '../../src/protocol/audit-view.ts';
import { frameOptions, ground, LANE, type ChartKey } from '../report/row-chart.ts';
import type { ChartColours, ChartSpec } from '../ui/chart.tsx';
import { decimal, percent } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { type LabelRow, verdictOf } from './rows.ts';

/** Shares of the documents whose text contains a label's words: filled where they have the label, hollow where not. */
export function overlapChart(rows: readonly LabelRow[], title: string): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const both = rows.some(({ synthetic }) => synthetic);
    const sets = [
      { set: 'real' as const, colour: colours.blue, dy: both ? -LANE : 0 },
      ...(both ? [{ set: 'synthetic' as const, colour: colours.purple, dy: LANE }] : []),
    ];
    const keys: readonly ChartKey[] = [
      {
        text: both ? t('real, having the label') : t('having the label'),
        colour: colours.blue,
        filled: true,
      },
      { text: both ? t('real, not having it') : t('not having it'), colour: colours.blue, filled: false },
      ...(both
        ? [
            { text: t('synthetic, having the label'), colour: colours.purple, filled: true },
            { text: t('synthetic, not having it'), colour: colours.purple, filled: false },
          ]
        : []),
    ];
    return {
      ...frameOptions(rows, frame),
      marks: [
        ...ground(rows, frame, { title, keys, format: percent }),
        ...sets.flatMap(({ set, colour, dy }) => {
          const having = points(rows, (row) => row[set]?.shareHaving);
          const others = points(rows, (row) => row[set]?.shareNotHaving);
          const spans = having.flatMap(({ id, value }) => {
            const other = others.find((point) => point.id === id);
            return other ? [{ id, from: other.value, to: value }] : [];
          });
          return [
            ruleY(spans, {
              x1: 'from',
              x2: 'to',
              y: 'id',
              dy,
              stroke: colour,
              strokeOpacity: 0.45,
              strokeWidth: 2,
            }),
            dot(others, {
              x: 'value',
              y: 'id',
              dy,
              r: 3.5,
              fill: colours.background,
              stroke: colour,
              strokeWidth: 1.8,
            }),
            dot(having, { x: 'value', y: 'id', dy, r: 4.5, fill: colour }),
          ];
        }),
      ],
    };
  };
}

export interface FigureRow {
  readonly id: string;
  readonly name: string;
  readonly figures: AuditFigures;
}

/** Which two scores are compared, and what they are called. */
export interface FigurePair {
  readonly columns: Readonly<Record<'from' | 'to' | 'difference', AuditFigure>>;
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

/** Two F1 scores and what lies between: hollow the first, filled the second, each with the whiskers of its interval. */
export function figureChart(
  rows: readonly FigureRow[],
  { columns, title, from: first, to: second }: FigurePair,
): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const drawn = rows.flatMap(({ id, figures }) => {
      const [from, to] = [figures[columns.from], figures[columns.to]];
      return from && to ? [{ id, from, to, colour: colourOf(figures[columns.difference], colours) }] : [];
    });
    const single = rows.flatMap(({ id, figures }) => {
      const [from, to] = [figures[columns.from], figures[columns.to]];
      return from && !to
        ? [{ id, value: from, filled: false }]
        : to && !from
          ? [{ id, value: to, filled: true }]
          : [];
    });
    const keys: readonly ChartKey[] = [
      { text: first, colour: colours.muted, filled: false },
      { text: second, colour: colours.muted, filled: true },
      { text: t('lower: the interval excludes zero'), colour: colours.red, filled: true },
      { text: t('higher: the interval excludes zero'), colour: colours.green, filled: true },
    ];
    const whisker = { strokeWidth: 1.5, strokeOpacity: 0.55, stroke: 'colour', y: 'id' } as const;
    return {
      ...frameOptions(rows, frame),
      color: { type: 'identity' },
      marks: [
        ...ground(rows, frame, { title, keys, format: (value) => decimal(value) }),
        ruleY(drawn, {
          ...whisker,
          x1: (row: Drawn) => row.from.low,
          x2: (row: Drawn) => row.from.high,
          dy: -LANE,
        }),
        ruleY(drawn, {
          ...whisker,
          x1: (row: Drawn) => row.to.low,
          x2: (row: Drawn) => row.to.high,
          dy: LANE,
        }),
        ruleY(drawn, {
          y: 'id',
          x1: (row: Drawn) => row.from.value,
          x2: (row: Drawn) => row.to.value,
          stroke: 'colour',
          strokeWidth: 2,
        }),
        dot(drawn, {
          x: (row: Drawn) => row.from.value,
          y: 'id',
          r: 4,
          fill: colours.background,
          stroke: 'colour',
          strokeWidth: 1.8,
        }),
        dot(drawn, { x: (row: Drawn) => row.to.value, y: 'id', r: 4.5, fill: 'colour' }),
        dot(single, {
          x: (row: Single) => row.value.value,
          y: 'id',
          r: 4,
          fill: (row: Single) => (row.filled ? colours.muted : colours.background),
          stroke: colours.muted,
          strokeWidth: 1.8,
        }),
      ],
    };
  };
}

type Interval = NonNullable<AuditFigures[AuditFigure]>;
interface Drawn {
  readonly from: Interval;
  readonly to: Interval;
}
interface Single {
  readonly value: Interval;
  readonly filled: boolean;
}

function colourOf(difference: Interval | null, colours: ChartColours): string {
  switch (verdictOf(difference)) {
    case 'loss':
      return colours.red;
    case 'gain':
      return colours.green;
    case 'open':
    case 'too-few':
      return colours.muted;
  }
}

function points(
  rows: readonly LabelRow[],
  value: (row: LabelRow) => number | null | undefined,
): readonly { readonly id: string; readonly value: number }[] {
  return rows.flatMap((row) => {
    const share = value(row);
    return share === null || share === undefined ? [] : [{ id: row.id, value: share }];
  });
}
