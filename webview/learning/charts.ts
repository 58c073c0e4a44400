/** What the curves of any training of an encoder look like: the loss of each step, and the ground that curves stand on. */
import { axisX, axisY, gridY, lineY, text } from '@observablehq/plot';
import type { Markish, PlotOptions } from '@observablehq/plot';
import type { LearningCurves } from '../../src/protocol/learning-curves.ts';
import type { ChartColours, ChartFrame, ChartSpec } from '../ui/chart.tsx';
import { decimal, integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';

const HEIGHT = 200;
const HEAD = 54;
/** Share of the past in the running mean of the loss: single steps say little. [ours] */
const SMOOTHING = 0.9;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The mean of the losses so far, later ones weighing more; the first ones are not pulled towards 0. */
export function smoothed(losses: LearningCurves<unknown>['losses']): readonly Point[] {
  let [mean, weight] = [0, 0];
  return losses.map(({ step, loss }) => {
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    return { x: step, y: mean / weight };
  });
}

/** @param over what else stands on the same axes, from before the first step, with its keys */
export function lossChart(
  { losses, steps }: Pick<LearningCurves<unknown>, 'losses' | 'steps'>,
  over?: (colours: ChartColours) => {
    readonly keys: readonly ChartKey[];
    readonly marks: readonly Markish[];
  },
): ChartSpec {
  const mean = smoothed(losses);
  const all = losses.map(({ step, loss }): Point => ({ x: step, y: loss }));
  return (frame) => {
    const { colours } = frame;
    const more = over?.(colours);
    const keys = [
      { words: t('running mean'), colour: colours.blue },
      { words: t('each step'), colour: colours.muted },
      ...(more?.keys ?? []),
    ];
    return {
      ...frameOptions(frame, [more ? 0 : 1, Math.max(2, steps, all.at(-1)?.x ?? 0)]),
      y: { label: null, nice: true, zero: true },
      marks: [
        ...ground(frame, t('Loss'), keys, 3),
        lineY(all, { x: 'x', y: 'y', stroke: colours.muted, strokeOpacity: 0.4, strokeWidth: 1 }),
        lineY(mean, { x: 'x', y: 'y', stroke: colours.blue, strokeWidth: 2 }),
        ...(more?.marks ?? []),
      ],
    };
  };
}

export function frameOptions(
  { width, colours, alone }: ChartFrame,
  domain: readonly [number, number],
): PlotOptions {
  const head = alone ? HEAD : 8;
  return {
    width,
    height: HEIGHT + head,
    marginTop: head,
    marginBottom: 28,
    marginLeft: 46,
    marginRight: 14,
    x: { domain, label: null },
    style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
  };
}

export interface ChartKey {
  readonly words: string;
  readonly colour: string;
}

/** Width of a letter of the legend, roughly: a file has no page that would measure it. */
const LETTER = 6;

/** Digits behind the point without which two ticks would read alike. */
export function digitsBetween([first = 0, second = first + 1]: readonly number[]): number {
  // 0.005 apart is 0.004999… in floating point.
  return Math.max(0, Math.ceil(-Math.log10(Math.abs(second - first)) - 1e-9));
}

/** @param digits behind the point, at least */
export function ground(
  { width, colours, alone }: ChartFrame,
  title: string,
  keys: readonly ChartKey[],
  digits: number,
): readonly Markish[] {
  return [
    gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
    axisY({
      ticks: 4,
      tickSize: 0,
      label: null,
      fill: colours.muted,
      tickFormat: (value: number, _: number, ticks: readonly number[] = []) =>
        decimal(value, Math.max(digits, digitsBetween(ticks))),
    }),
    axisX({
      ticks: Math.max(3, Math.round(width / 90)),
      tickSize: 0,
      tickPadding: 7,
      label: null,
      fill: colours.muted,
      tickFormat: (value: number) => (Number.isInteger(value) ? integer(value) : ''),
    }),
    ...(alone ? legend(title, keys, colours) : []),
  ];
}

function legend(title: string, keys: readonly ChartKey[], colours: ChartColours): readonly Markish[] {
  const line = { textAnchor: 'start', lineAnchor: 'middle', frameAnchor: 'top-left' } as const;
  let dx = 0;
  const entries = keys.map(({ words, colour }) => {
    const at = dx;
    dx += words.length * LETTER + 18;
    return text([words], { ...line, dx: at, dy: -16, fill: colour, fontWeight: 600 });
  });
  return [text([title], { ...line, dy: -38, fontSize: 14, fontWeight: 600, fill: colours.text }), ...entries];
}
