/** What the colours of the map stand for. Shape tells real from synthetic ones whatever the colour. */
import type { FidelityDocument, MapPoint } from '../../../src/protocol/fidelity-view.ts';
import type { ChartColours } from '../../ui/chart.tsx';
import { t } from '../../ui/strings.ts';

export type MapColouring = 'provenance' | 'label' | 'model';

/** More groups than an eye can tell apart are one. [ours] */
const MOST_GROUPS = 8;
/** Hues that stay apart from each other for most eyes, the likeliest neighbours far from one another. */
const HUES = [212, 28, 142, 330, 268, 50, 184, 0] as const;

export interface MapGroup {
  readonly key: string;
  readonly name: string;
  /** Undefined for what stands back: the rest, or real documents where models are told apart. */
  readonly hue: number | undefined;
  readonly count: number;
}

export interface MapGroups {
  readonly groups: readonly MapGroup[];
  /** Group of the points, in their order. */
  readonly of: readonly MapGroup[];
}

export interface Names {
  labelName(id: string): string;
  document(point: MapPoint): FidelityDocument | undefined;
}

export function mapGroups(points: readonly MapPoint[], colouring: MapColouring, names: Names): MapGroups {
  const keys = points.map((point) => keyOf(point, colouring, names));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const ranked = [...counts]
    .filter(([key]) => key !== REST && key !== REAL)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  const shown = ranked.slice(0, MOST_GROUPS);
  const groups = shown.map(([key, count], at): MapGroup => ({
    key,
    name: groupName(key, colouring, names),
    hue: HUES[at] ?? 0,
    count,
  }));
  const others = keys.length - shown.reduce((sum, [, count]) => sum + count, 0);
  const rest: MapGroup = { key: REST, name: restName(colouring), hue: undefined, count: others };
  const byKey = new Map(groups.map((group) => [group.key, group]));
  return {
    groups: others > 0 ? [...groups, rest] : groups,
    of: keys.map((key) => byKey.get(key) ?? rest),
  };
}

const REST = '\n';
const REAL = '\nreal';

function keyOf(point: MapPoint, colouring: MapColouring, { document }: Names): string {
  switch (colouring) {
    case 'provenance':
      return point.kind;
    case 'label':
      return point.labels[0] ?? REST;
    case 'model':
      return point.kind === 'real' ? REAL : (document(point)?.model ?? REST);
  }
}

function groupName(key: string, colouring: MapColouring, { labelName }: Names): string {
  switch (colouring) {
    case 'provenance':
      return key === 'real' ? t('real') : t('synthetic');
    case 'label':
      return labelName(key);
    case 'model':
      return key;
  }
}

function restName(colouring: MapColouring): string {
  return colouring === 'model' ? t('real, or not stated') : t('others');
}

/** Provenance has the colours that it has everywhere; the rest has hues of its own. */
export function groupColour(group: MapGroup, colouring: MapColouring, colours: ChartColours): string {
  if (colouring === 'provenance') return group.key === 'real' ? colours.blue : colours.purple;
  if (group.hue === undefined) return colours.muted;
  return `hsl(${group.hue} ${colours.hueSaturation} ${colours.hueLightness})`;
}
