/** Two histograms over the same bins as Plot sees them: shares of the documents, so that sets of any size compare. */
import { areaY, axisX, axisY, gridY, lineY, ruleY, text } from '@observablehq/plot';
import type { Distribution } from '../../src/protocol/fidelity-view.ts';
import type { ChartSpec } from '../ui/chart.tsx';
import { integer, percent } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { figure } from './wording.ts';

const HEIGHT = 190;
const HEAD = 50;

export function distributionTitle(kind: Distribution['kind']): string {
  return kind === 'length' ? t('Words a document') : t('Distance to the nearest real document');
}

/** A step for each bin, with the corners that make it one. */
interface Step {
  readonly at: number;
  readonly share: number;
}

function steps(edges: readonly number[], counts: readonly number[]): readonly Step[] {
  const all = counts.reduce((sum, count) => sum + count, 0) || 1;
  const first = edges[0] ?? 0;
  const last = edges.at(-1) ?? 1;
  return [
    { at: first, share: 0 },
    ...counts.flatMap((count, bin) => [
      { at: edges[bin] ?? first, share: count / all },
      { at: edges[bin + 1] ?? last, share: count / all },
    ]),
    { at: last, share: 0 },
  ];
}

export function distributionChart({ kind, edges, real, synthetic }: Distribution): ChartSpec {
  const sets = { real: steps(edges, real), synthetic: steps(edges, synthetic) };
  return ({ width, colours, alone }) => {
    const head = alone ? HEAD : 6;
    const line = { textAnchor: 'start', lineAnchor: 'middle', frameAnchor: 'top-left' } as const;
    const entry = (words: string, colour: string, dx: number) =>
      text([words], { ...line, dx, dy: -14, fill: colour, fontWeight: 600 });
    const area = (set: readonly Step[], colour: string) =>
      areaY(set, { x: 'at', y1: 0, y2: 'share', fill: colour, fillOpacity: 0.14 });
    const outline = (set: readonly Step[], colour: string) =>
      lineY(set, { x: 'at', y: 'share', stroke: colour, strokeWidth: 1.8 });
    return {
      width,
      height: HEIGHT + head,
      marginTop: head,
      marginBottom: 28,
      marginLeft: 40,
      marginRight: 12,
      x: { domain: [edges[0] ?? 0, edges.at(-1) ?? 1], label: null },
      y: { label: null, nice: true, zero: true },
      style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
      marks: [
        gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
        axisY({ ticks: 4, tickSize: 0, label: null, fill: colours.muted, tickFormat: percent }),
        axisX({
          ticks: Math.max(3, Math.round(width / 90)),
          tickSize: 0,
          tickPadding: 7,
          label: null,
          fill: colours.muted,
          tickFormat: (value: number) => (kind === 'length' ? integer(value) : figure(value)),
        }),
        ruleY([0], { stroke: colours.line }),
        area(sets.real, colours.blue),
        area(sets.synthetic, colours.purple),
        outline(sets.real, colours.blue),
        outline(sets.synthetic, colours.purple),
        ...(alone
          ? [
              text([distributionTitle(kind)], {
                ...line,
                dy: -34,
                fontSize: 14,
                fontWeight: 600,
                fill: colours.text,
              }),
              entry(t('real'), colours.blue, 0),
              entry(t('synthetic'), colours.purple, 44),
            ]
          : []),
      ],
    };
  };
}
