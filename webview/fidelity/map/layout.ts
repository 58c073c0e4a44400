/** Where the documents of the map stand on the page, and which one is near a place or lies in a direction. */
import type { MapPoint } from '../../../src/protocol/fidelity-view.ts';

export type Projection = 'pca' | 'umap';

/** A document at its place in pixels. */
export interface PlacedPoint {
  readonly point: MapPoint;
  /** Position in the report's list. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the outermost points and the frame. */
export const MARGIN = 18;

/** One scale for both axes, so that distances mean the same in each; points that a projection lacks are left out. */
export function placePoints(
  points: readonly MapPoint[],
  projection: Projection,
  { width, height }: Frame,
): readonly PlacedPoint[] {
  const at = points.flatMap((point, index) => {
    const place = point[projection];
    return place ? [{ point, index, x: place[0], y: place[1] }] : [];
  });
  if (at.length === 0) return [];
  const [left, right] = extent(at.map(({ x }) => x));
  const [bottom, top] = extent(at.map(({ y }) => y));
  const inner = { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
  const scale = Math.min(inner.width / (right - left || 1), inner.height / (top - bottom || 1));
  const centre = { x: (left + right) / 2, y: (bottom + top) / 2 };
  return at.map(({ point, index, x, y }) => ({
    point,
    index,
    x: width / 2 + (x - centre.x) * scale,
    y: height / 2 - (y - centre.y) * scale,
  }));
}

/** The point nearest to a place, within a reach in pixels. */
export function nearestTo(
  placed: readonly PlacedPoint[],
  x: number,
  y: number,
  reach: number,
): PlacedPoint | undefined {
  let best: PlacedPoint | undefined;
  let least = reach;
  for (const one of placed) {
    const distance = Math.hypot(one.x - x, one.y - y);
    if (distance > least) continue;
    best = one;
    least = distance;
  }
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The next point in a direction: nearest first, with what lies aside counting double; points on one spot by order. */
export function nextInDirection(
  placed: readonly PlacedPoint[],
  from: PlacedPoint,
  direction: Direction,
): PlacedPoint | undefined {
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const sideways = direction === 'left' || direction === 'right';
  let best: PlacedPoint | undefined;
  let least = Infinity;
  for (const one of placed) {
    if (one.index === from.index) continue;
    const along = sign * (sideways ? one.x - from.x : one.y - from.y);
    const aside = Math.abs(sideways ? one.y - from.y : one.x - from.x);
    // Points on one spot could not be reached otherwise.
    const onSpot = along === 0 && aside === 0 && sign * (one.index - from.index) > 0;
    if (!onSpot && (along <= 0 || aside > along * 2)) continue;
    const distance = along + 2 * aside;
    if (distance >= least) continue;
    best = one;
    least = distance;
  }
  return best;
}

function extent(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
