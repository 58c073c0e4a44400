/** The map as Plot sees it. */
import { dot, text } from '@observablehq/plot';
import type { FidelityMap } from '../../../src/protocol/fidelity-view.ts';
import type { ChartSpec } from '../../ui/chart.tsx';
import { t } from '../../ui/strings.ts';
import { groupColour, type MapColouring, type MapGroups } from './colours.ts';
import { placePoints, type PlacedPoint, type Projection } from './layout.ts';

/** Title and legend of a map that stands alone. */
const HEAD = 56;
/** Width of a letter of the legend, roughly: a file has no page that would measure it. */
const LETTER = 5.6;

export const mapHeight = (width: number): number => Math.round(Math.min(520, Math.max(260, width * 0.62)));

export function mapChart(
  { points }: FidelityMap,
  projection: Projection,
  colouring: MapColouring,
  { groups, of }: MapGroups,
): ChartSpec {
  return ({ width, colours, alone }) => {
    const height = mapHeight(width);
    const head = alone ? HEAD : 0;
    const placed = placePoints(points, projection, { width, height });
    const fill = ({ index }: PlacedPoint): string => {
      const group = of[index];
      return group ? groupColour(group, colouring, colours) : colours.muted;
    };
    const many = placed.length > 600;
    const ofKind = (kind: 'real' | 'synthetic') => placed.filter(({ point }) => point.kind === kind);
    const place = { x: 'x', y: (one: PlacedPoint) => one.y + head } as const;
    return {
      width,
      height: height + head,
      margin: 0,
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      color: { type: 'identity' },
      style: { fontSize: '11px', color: colours.text, background: 'none', overflow: 'visible' },
      marks: [
        dot(ofKind('real'), {
          ...place,
          r: many ? 2.6 : 3.6,
          fill: colours.background,
          stroke: fill,
          strokeWidth: 1.4,
          strokeOpacity: 0.85,
        }),
        dot(ofKind('synthetic'), {
          ...place,
          r: many ? 3 : 4.4,
          symbol: 'diamond',
          fill,
          fillOpacity: 0.9,
          stroke: colours.background,
          strokeWidth: 0.8,
        }),
        ...(alone ? legend() : []),
      ],
    };

    function legend() {
      const line = { textAnchor: 'start', lineAnchor: 'middle', frameAnchor: 'top-left' } as const;
      let dx = 14;
      const title =
        projection === 'pca' ? t('Documents by their principal components') : t('Documents by UMAP');
      const shapes = t('circles are real, diamonds synthetic');
      return [
        text([`${title} (${shapes})`], {
          ...line,
          dx: 14,
          dy: 16,
          fontSize: 14,
          fontWeight: 600,
          fill: colours.text,
        }),
        ...groups.flatMap((group) => {
          const at = dx;
          dx += group.name.length * LETTER + 30;
          return [
            dot([group.name], {
              frameAnchor: 'top-left',
              dx: at + 4,
              dy: 38,
              r: 4,
              fill: groupColour(group, colouring, colours),
            }),
            text([group.name], { ...line, dx: at + 13, dy: 38, fill: colours.text }),
          ];
        }),
      ];
    }
  };
}
