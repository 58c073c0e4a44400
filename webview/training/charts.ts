/** The curves of a training as Plot sees them: the loss of each step, and the scores of each epoch. */
import { axisX, axisY, dot, gridY, lineY, text } from '@observablehq/plot';
import type { Markish, PlotOptions } from '@observablehq/plot';
import type { EpochScores, TrainingCurves } from '../../src/protocol/training-view.ts';
import type { ChartColours, ChartFrame, ChartSpec } from '../ui/chart.tsx';
import { decimal, integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';

const HEIGHT = 200;
const HEAD = 54;
/** Share of the past in the running mean of the loss: single steps say little. [ours] */
const SMOOTHING = 0.9;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The mean of the losses so far, later ones weighing more; the first ones are not pulled towards 0. */
export function smoothed(losses: TrainingCurves['losses']): readonly Point[] {
  let [mean, weight] = [0, 0];
  return losses.map(({ step, loss }) => {
    mean = SMOOTHING * mean + (1 - SMOOTHING) * loss;
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    return { x: step, y: mean / weight };
  });
}

export function lossChart({ losses, steps }: TrainingCurves): ChartSpec {
  const mean = smoothed(losses);
  const all = losses.map(({ step, loss }): Point => ({ x: step, y: loss }));
  return (frame) => {
    const { colours } = frame;
    const keys = [
      { words: t('running mean'), colour: colours.blue },
      { words: t('each step'), colour: colours.muted },
    ];
    return {
      ...frameOptions(frame, [1, Math.max(2, steps, all.at(-1)?.x ?? 0)]),
      y: { label: null, nice: true, zero: true },
      marks: [
        ...ground(frame, t('Loss'), keys, 3),
        lineY(all, { x: 'x', y: 'y', stroke: colours.muted, strokeOpacity: 0.4, strokeWidth: 1 }),
        lineY(mean, { x: 'x', y: 'y', stroke: colours.blue, strokeWidth: 2 }),
      ],
    };
  };
}

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

function frameOptions({ width, colours, alone }: ChartFrame, domain: readonly [number, number]): PlotOptions {
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

interface ChartKey {
  readonly words: string;
  readonly colour: string;
}

/** Width of a letter of the legend, roughly: a file has no page that would measure it. */
const LETTER = 6;

function ground(
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
      tickFormat: (value: number) => decimal(value, digits),
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
