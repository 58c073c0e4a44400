/** How far the candidate's embeddings lie from the reference's: a histogram over the documents. */
import { axisX, axisY, gridY, rectY, ruleX, ruleY, text } from '@observablehq/plot';
import type { CosineFigures } from '../../src/protocol/numerics-view.ts';
import type { ChartSpec } from '../ui/chart.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { distanceText } from './wording.ts';

const HEIGHT = 200;
const HEAD = 40;

export const distanceTitle = (): string => t('Distance of each document’s two embeddings (1 − cosine)');

/** @param limit farthest distance that the criterion allows; drawn where it lies among the bins. */
export function distanceChart(
  { edges, counts }: NonNullable<CosineFigures['distances']>,
  limit: number,
): ChartSpec {
  const bars = counts.map((count, bin) => ({ from: edges[bin] ?? 0, to: edges[bin + 1] ?? 0, count }));
  const last = edges.at(-1) ?? 0;
  const first = edges[0] ?? 0;
  const shown = limit >= first && limit <= last;
  return ({ width, colours, alone }) => {
    const head = alone ? HEAD : 10;
    return {
      width,
      height: HEIGHT + head,
      marginTop: head,
      marginBottom: 28,
      marginLeft: 40,
      marginRight: 16,
      x: { domain: [first, last], label: null },
      y: { label: null, nice: true, zero: true },
      style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
      marks: [
        gridY({ stroke: colours.line, strokeOpacity: 1, ticks: 4 }),
        axisY({ ticks: 4, tickSize: 0, label: null, fill: colours.muted, tickFormat: integer }),
        axisX({
          ticks: Math.max(2, Math.round(width / 130)),
          tickSize: 0,
          tickPadding: 7,
          label: null,
          fill: colours.muted,
          tickFormat: distanceText,
        }),
        rectY(bars, { x1: 'from', x2: 'to', y: 'count', fill: colours.blue, fillOpacity: 0.75, inset: 0.5 }),
        ruleY([0], { stroke: colours.line }),
        ...(shown ? [ruleX([limit], { stroke: colours.red, strokeWidth: 1.5, strokeDasharray: '4 3' })] : []),
        ...(alone
          ? [
              text([distanceTitle()], {
                frameAnchor: 'top-left',
                textAnchor: 'start',
                lineAnchor: 'middle',
                dy: -22,
                fontSize: 14,
                fontWeight: 600,
                fill: colours.text,
              }),
            ]
          : []),
      ],
    };
  };
}
