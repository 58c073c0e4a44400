/**
 * The ground of charts that are drawn over a table's rows, and stand alone in a file: rows at the height of the
 * table's, the scale on top, and, where the chart stands alone, title, legend and the rows' names.
 */
import { axisX, dot, gridX, text } from '@observablehq/plot';
import type { Markish, PlotOptions } from '@observablehq/plot';
import type { ChartColours, ChartFrame } from '../ui/chart.tsx';

/** Pixels; the style sheet of the table has the same ones. */
export const HEAD_HEIGHT = 30;
export const ROW_HEIGHT = 40;
/** Distance of the two lines of a row from its middle. */
export const LANE = 8;
const NAMES_WIDTH = 230;
const SIDE = 14;

/** Height of the title and the legend of a chart that stands alone. */
const TITLE_HEIGHT = 46;
/** Width of a letter of the legend, roughly: a file has no page that would measure it. */
const LETTER = 5.4;

/** An entry of the legend of a chart that stands alone. */
export interface ChartKey {
  readonly text: string;
  readonly colour: string;
  readonly filled: boolean;
}

export interface ChartRow {
  readonly id: string;
  readonly name: string;
  /** Names the rows under it. */
  readonly heading?: boolean;
}

export function frameOptions(
  rows: readonly { readonly id: string }[],
  { width, colours, alone }: ChartFrame,
  domain: readonly [number, number] | 'data' = [0, 1],
): PlotOptions {
  const top = HEAD_HEIGHT + (alone ? TITLE_HEIGHT : 0);
  const bottom = alone ? 18 : 2;
  return {
    width,
    height: top + rows.length * ROW_HEIGHT + bottom,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: alone ? NAMES_WIDTH : SIDE,
    marginRight: SIDE,
    x: domain === 'data' ? { nice: true, label: null } : { domain, label: null },
    y: { type: 'band', domain: rows.map(({ id }) => id), padding: 0, axis: null },
    style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
  };
}

interface Ground {
  readonly title: string;
  readonly keys: readonly ChartKey[];
  readonly format: (value: number) => string;
  /** Values with a line and a number, or about how many. Default: quarters, or halves where it is narrow. */
  readonly ticks?: readonly number[] | number;
}

/** Lines for the eye and the scale on top; title, legend and names where the chart stands alone. */
export function ground(
  rows: readonly ChartRow[],
  { colours, alone, width }: ChartFrame,
  { title, keys, format, ticks: given }: Ground,
): readonly Markish[] {
  const ticks = given ?? (width > 300 ? [0, 0.25, 0.5, 0.75, 1] : [0, 0.5, 1]);
  return [
    gridX({ ticks, stroke: colours.line, strokeOpacity: 1 }),
    axisX({
      ticks,
      anchor: 'top',
      tickSize: 0,
      tickPadding: 6,
      label: null,
      fill: colours.muted,
      tickFormat: format,
    }),
    ...(alone ? [...legend(title, keys, colours), ...names(rows, colours)] : []),
  ];
}

function names(rows: readonly ChartRow[], colours: ChartColours): readonly Markish[] {
  const named = (heading: boolean): Markish =>
    text(
      rows.filter((row) => (row.heading ?? false) === heading),
      {
        y: 'id',
        text: ({ name }: ChartRow) => name,
        frameAnchor: 'left',
        dx: -NAMES_WIDTH + SIDE,
        textAnchor: 'start',
        lineWidth: 17,
        fill: heading ? colours.muted : colours.text,
        fontSize: heading ? 11 : 12,
        fontWeight: heading ? 600 : 400,
      },
    );
  return [named(false), named(true)];
}

function legend(title: string, keys: readonly ChartKey[], colours: ChartColours): readonly Markish[] {
  const line = { frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'middle' } as const;
  const dy = -HEAD_HEIGHT - 12;
  let dx = -NAMES_WIDTH + SIDE;
  const entries = keys.flatMap(({ text: words, colour, filled }) => {
    const at = dx;
    dx += words.length * LETTER + 34;
    return [
      dot([words], {
        frameAnchor: 'top-left',
        dx: at + 5,
        dy: dy - 1,
        r: filled ? 4.5 : 3.5,
        fill: filled ? colour : colours.background,
        stroke: colour,
        strokeWidth: filled ? 0 : 1.8,
      }),
      text([words], { ...line, dx: at + 15, dy, fill: colours.text }),
    ];
  });
  const heading = { ...line, dx: -NAMES_WIDTH + SIDE, dy: dy - 21, fill: colours.text };
  return [text([title], { ...heading, fontSize: 14, fontWeight: 600 }), ...entries];
}
