/**
 * The map itself: pointing at a document tells what it is, a click or Enter opens it, and the arrow keys go to the next
 * one in their direction. The drawing is Plot's; what moves lies over it, so that nothing is drawn anew.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FidelityMap } from '../../../src/protocol/fidelity-view.ts';
import { Announcer } from '../../ui/announcer.tsx';
import { Chart, type ChartSpec } from '../../ui/chart.tsx';
import { hasModifier } from '../../ui/roving.ts';
import { t } from '../../ui/strings.ts';
import { useWidth } from '../../ui/width.ts';
import { useFidelity } from '../context.ts';
import type { DocumentOf } from '../documents.ts';
import { mapHeight } from './chart.ts';
import {
  nearestTo,
  nextInDirection,
  placePoints,
  type Direction,
  type PlacedPoint,
  type Projection,
} from './layout.ts';
import { PointCard, pointText } from './point-card.tsx';

/** Pixels from a point at which the mouse still means it. */
const REACH = 16;
/** A pause after which the pointer rests on a point rather than passes over it, in milliseconds. */
const REST_MS = 90;

interface DocumentMapProps {
  readonly map: FidelityMap;
  readonly projection: Projection;
  readonly spec: ChartSpec;
  readonly documentOf: DocumentOf;
}

export function DocumentMap({ map, projection, spec, documentOf }: DocumentMapProps) {
  const { send, read, labelName } = useFidelity();
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const [current, setCurrent] = useState<number>();
  const [walked, setWalked] = useState(false);

  const height = mapHeight(width);
  const placed = useMemo(
    () => (width > 0 ? placePoints(map.points, projection, { width, height }) : []),
    [map, projection, width, height],
  );
  const shown = placed.find(({ index }) => index === current);
  const document = shown && documentOf(shown.point);
  const neighbour = useMemo(() => {
    const nearest = document?.nearest;
    return nearest && placed.find(({ point }) => point.id === nearest.id && point.file === nearest.file);
  }, [document, placed]);

  useEffect(() => {
    if (!shown) return;
    const wanted = neighbour ? [shown.point, neighbour.point] : [shown.point];
    const timer = window.setTimeout(() => read(wanted), REST_MS);
    return () => window.clearTimeout(timer);
  }, [shown, neighbour, read]);

  const open = ({ point }: PlacedPoint): void => send({ kind: 'open', path: point.file, span: point.span });

  const pointAt = (event: MouseEvent): PlacedPoint | undefined => {
    const box = area.current?.getBoundingClientRect();
    return box && nearestTo(placed, event.clientX - box.left, event.clientY - box.top, REACH);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (hasModifier(event)) return;
    const direction = DIRECTIONS[event.key];
    const first = placed[0];
    if (direction !== undefined) {
      const next = shown ? nextInDirection(placed, shown, direction) : first;
      if (next) setCurrent(next.index);
      setWalked(true);
    } else if (event.key === 'Home' || event.key === 'End') {
      setCurrent((event.key === 'Home' ? first : placed.at(-1))?.index);
      setWalked(true);
    } else if (event.key === 'Enter' && shown) open(shown);
    else if (event.key === 'Escape' && shown) setCurrent(undefined);
    else return;
    event.preventDefault();
  };

  return (
    <div class="map" ref={area} style={{ height: `${height}px` }}>
      <Chart spec={spec} width={width} />
      <div
        class={shown ? 'map-surface on-point' : 'map-surface'}
        role="application"
        tabIndex={0}
        aria-label={t(
          'Map of {0} documents. Arrow keys go to the next document, Enter opens it.',
          placed.length,
        )}
        aria-roledescription={t('map')}
        onMouseMove={(event) => {
          setWalked(false);
          setCurrent(pointAt(event)?.index);
        }}
        onMouseLeave={() => {
          if (!walked) setCurrent(undefined);
        }}
        onClick={(event) => {
          const hit = pointAt(event);
          if (hit) open(hit);
        }}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (current === undefined && event.currentTarget.matches(':focus-visible')) {
            setCurrent(placed[0]?.index);
            setWalked(true);
          }
        }}
        onBlur={() => setCurrent(undefined)}
      />
      {shown && (
        <>
          <svg class="map-marks" width={width} height={height} aria-hidden="true">
            {neighbour && (
              <>
                <line class="map-link" x1={shown.x} y1={shown.y} x2={neighbour.x} y2={neighbour.y} />
                <circle class="map-neighbour" cx={neighbour.x} cy={neighbour.y} r={7} />
              </>
            )}
            <circle class="map-current" cx={shown.x} cy={shown.y} r={8} />
          </svg>
          <PointCard placed={shown} document={document} frame={{ width, height }} />
        </>
      )}
      <Announcer message={shown && walked ? pointText(shown.point, document, labelName) : ''} />
    </div>
  );
}

const DIRECTIONS: Readonly<Record<string, Direction | undefined>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
