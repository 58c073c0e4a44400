/** The charts that stand by themselves: the mixing curve, and fidelity against gain. */
import { areaY, axisX, axisY, dot, gridX, gridY, lineY, rect, ruleX, ruleY, text } from '@observablehq/plot';
import type { Markish, PlotOptions } from '@observablehq/plot';
import type { FidelityCell, MixingCurve } from '../../src/protocol/study-view.ts';
import type { ChartColours, ChartFrame, ChartSpec } from '../ui/chart.tsx';
import { decimal, percent, signed } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { changeText, scoreText } from './wording.ts';

const HEIGHT = 280;
/** Of the title and the legend of a chart that stands alone. */
const TITLE_HEIGHT = 46;
/** Width of a letter of the legend, roughly. */
const LETTER = 5.6;

interface Axes {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly ticksX?: readonly number[];
  /** Entries of the legend of a chart that stands alone. */
  readonly keys?: readonly {
    readonly text: string;
    readonly symbol: 'circle' | 'diamond' | 'square' | 'triangle';
    readonly colour: string;
  }[];
}

function base({ width, colours, alone }: ChartFrame): PlotOptions {
  const top = 26 + (alone ? TITLE_HEIGHT : 0);
  return {
    width,
    height: HEIGHT + (alone ? TITLE_HEIGHT : 0),
    marginTop: top,
    marginRight: 18,
    marginBottom: 40,
    marginLeft: 52,
    style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
  };
}

function axes({ width, colours, alone }: ChartFrame, of: Axes): readonly Markish[] {
  const ticksX = of.ticksX ?? (width > 420 ? 6 : 4);
  const label = { fill: colours.muted, tickSize: 0 } as const;
  return [
    gridX({ ticks: ticksX, stroke: colours.line, strokeOpacity: 1 }),
    gridY({ ticks: 5, stroke: colours.line, strokeOpacity: 1 }),
    axisX({
      ...label,
      ticks: ticksX,
      tickFormat: of.formatX,
      label: of.x,
      labelAnchor: 'center',
      labelArrow: 'none',
    }),
    axisY({ ...label, ticks: 5, tickFormat: of.formatY, label: null }),
    text([of.y], { ...TOP_LEFT, dy: -13, fill: colours.muted }),
    ...(alone
      ? [
          text([of.title], { ...TOP_LEFT, dy: -57, fontSize: 14, fontWeight: 600, fill: colours.text }),
          ...keys(of.keys ?? [], colours),
        ]
      : []),
  ];
}

/** Where the words above a chart begin. */
const TOP_LEFT = {
  frameAnchor: 'top-left',
  textAnchor: 'start',
  lineAnchor: 'middle',
  dx: -42,
} as const;

function keys(entries: NonNullable<Axes['keys']>, colours: ChartColours): readonly Markish[] {
  let dx = TOP_LEFT.dx;
  return entries.flatMap(({ text: words, symbol, colour }) => {
    const at = dx;
    dx += words.length * LETTER + 34;
    return [
      dot([words], { frameAnchor: 'top-left', dx: at + 5, dy: -36, symbol, r: 4.5, fill: colour }),
      text([words], { ...TOP_LEFT, dx: at + 15, dy: -35, fill: colours.text }),
    ];
  });
}

interface MixingLines {
  readonly title: string;
  /** Micro-F1 of real-only. */
  readonly baseline: number | undefined;
}

/** Micro-F1 over the share of real documents, with its interval as a band and the best region behind it. */
export function mixingChart(curve: MixingCurve, { title, baseline }: MixingLines): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const { points, region, best } = curve;
    type Point = (typeof points)[number];
    const share = ({ share: at }: Point): number => at;
    const shares = points.map(({ share: at }) => at);
    return {
      ...base(frame),
      x: { domain: [0, 1] },
      y: { nice: true },
      marks: [
        ...axes(frame, {
          title,
          x: t('share of real documents'),
          y: t('micro-F1'),
          formatX: percent,
          formatY: (value) => decimal(value, 2),
          ticksX: frame.width > 420 ? shares : [0, 0.5, 1],
        }),
        ...(region.length > 0 ? [bestRegion(curve, colours)] : []),
        ...(baseline === undefined
          ? []
          : [
              ruleY([baseline], { stroke: colours.text, strokeOpacity: 0.65, strokeDasharray: '3 3' }),
              text([t('real only')], {
                x: 1,
                y: baseline,
                dy: -7,
                textAnchor: 'end',
                fill: colours.muted,
                stroke: colours.background,
                strokeWidth: 4,
              }),
            ]),
        areaY(points, {
          x: share,
          y1: ({ microF1 }: Point) => microF1.low,
          y2: ({ microF1 }: Point) => microF1.high,
          fill: colours.blue,
          fillOpacity: 0.16,
        }),
        lineY(points, {
          x: share,
          y: ({ microF1 }: Point) => microF1.mean,
          stroke: colours.blue,
          strokeWidth: 2,
        }),
        dot(points, {
          x: share,
          y: ({ microF1 }: Point) => microF1.mean,
          r: ({ share: at }: Point) => (at === best ? 6 : 4),
          fill: ({ share: at }: Point) => (at === best ? colours.blue : colours.background),
          stroke: colours.blue,
          strokeWidth: 2,
          title: ({ share: at, microF1 }: Point) => `${percent(at)} ${t('real')}: ${scoreText(microF1)}`,
        }),
      ],
      r: { type: 'identity' },
      color: { type: 'identity' },
    };
  };
}

/** From the smallest to the largest share whose difference from the best one does not exclude zero. */
function bestRegion({ region }: MixingCurve, colours: ChartColours): Markish {
  const pad = 0.012;
  return rect([region], {
    x1: Math.max(0, Math.min(...region) - pad),
    x2: Math.min(1, Math.max(...region) + pad),
    fill: colours.green,
    fillOpacity: 0.13,
  });
}

/** Shapes and colours tell the regimes apart; there are at most a few. */
export const REGIME_LOOKS = [
  { symbol: 'circle', colour: 'blue' },
  { symbol: 'diamond', colour: 'purple' },
  { symbol: 'square', colour: 'green' },
  { symbol: 'triangle', colour: 'red' },
] as const;

/** One dot for each generator and strategy: how unlike the real documents, and what it gains. */
export function fidelityChart(
  cells: readonly FidelityCell[],
  regimes: readonly string[],
  title: string,
  nameOf: (regime: string) => string,
): ChartSpec {
  return (frame) => {
    const { colours } = frame;
    const looks = regimes.map((_, at) => REGIME_LOOKS[at % REGIME_LOOKS.length] ?? REGIME_LOOKS[0]);
    const marks = regimes.flatMap((regime, at) => {
      const look = looks[at] ?? REGIME_LOOKS[0];
      const stroke = colours[look.colour];
      const shown = cells.filter((cell) => cell.regime === regime);
      const mmd = ({ mmd2 }: FidelityCell): number => mmd2;
      return [
        ruleX(shown, {
          x: mmd,
          y1: ({ gain }: FidelityCell) => gain.low,
          y2: ({ gain }: FidelityCell) => gain.high,
          stroke,
          strokeOpacity: 0.55,
          strokeWidth: 1.5,
        }),
        dot(shown, {
          x: mmd,
          y: ({ gain }: FidelityCell) => gain.mean,
          symbol: look.symbol,
          r: 5,
          fill: stroke,
          title: ({ model, strategy, mmd2, gain }: FidelityCell) =>
            `${model}, ${strategy}\n${nameOf(regime)}\nMMD² ${decimal(mmd2, 4)}\n${changeText(gain)}`,
        }),
      ];
    });
    return {
      ...base(frame),
      x: { nice: true, insetLeft: 8, insetRight: 8 },
      y: { nice: true },
      marks: [
        ...axes(frame, {
          title,
          x: t('MMD² to the real documents'),
          y: t('controlled gain in micro-F1'),
          formatX: (value) => decimal(value, 2),
          formatY: (value) => signed(value, 2),
          keys: regimes.map((regime, at) => {
            const { symbol, colour } = looks[at] ?? REGIME_LOOKS[0];
            return { text: nameOf(regime), symbol, colour: colours[colour] };
          }),
        }),
        ruleY([0], { stroke: colours.text, strokeOpacity: 0.65 }),
        ...marks,
      ],
    };
  };
}
