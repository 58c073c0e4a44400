/** What stands at a point of the map: the document, how it begins, and the real one nearest to it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FidelityDocument, MapPoint } from '../../../src/protocol/fidelity-view.ts';
import { Chip, Tag } from '../../ui/badge.tsx';
import { decimal } from '../../ui/format.ts';
import { t } from '../../ui/strings.ts';
import { fileName } from '../../ui/place.ts';
import { useFidelity } from '../context.ts';
import { offenceName, wordsText } from '../wording.ts';
import type { Frame, PlacedPoint } from './layout.ts';

/** Pixels between a point and its card. */
const GAP = 14;

interface PointCardProps {
  readonly placed: PlacedPoint;
  readonly document: FidelityDocument | undefined;
  readonly frame: Frame;
}

/** Hidden from screen readers, to which the map says the same. */
export function PointCard({ placed: { point, x, y }, document, frame }: PointCardProps) {
  const { opening, labelName, verdicts } = useFidelity();
  const card = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 300, height: 120 });
  const text = opening(point);
  useLayoutEffect(() => {
    const { offsetWidth, offsetHeight } = card.current ?? {};
    if (offsetWidth && offsetHeight) setSize({ width: offsetWidth, height: offsetHeight });
  }, [point, text]);
  const { left, top } = cardPlace({ x, y }, size, frame);
  return (
    <div class="map-card" ref={card} aria-hidden="true" style={{ left: `${left}px`, top: `${top}px` }}>
      <p class="map-card-title">{point.title === '' ? point.id : point.title}</p>
      <p class="map-card-line muted">
        <Tag>{point.kind === 'real' ? t('real') : t('synthetic')}</Tag>
        <span>{point.id}</span>
        <span>{fileName(point.file)}</span>
      </p>
      {text !== undefined && text !== '' && <p class="map-card-text">{text}</p>}
      {point.labels.length > 0 && (
        <p class="map-card-line">
          {point.labels.map((label) => (
            <Chip key={label} look="plain">
              <span class="chip-text">{labelName(label)}</span>
            </Chip>
          ))}
        </p>
      )}
      {document && (
        <p class="map-card-line muted number">
          {[document.strategy, document.model].filter((one) => one !== undefined).join(' · ')}
          {verdicts[document.id] === 'rejected' && <Tag>{t('dropped')}</Tag>}
          {document.offences.map((offence) => (
            <Tag key={offence}>{offenceName(offence)}</Tag>
          ))}
        </p>
      )}
      {document?.nearest && (
        <p class="map-card-nearest">
          <span class="muted">{t('nearest real, {0}', decimal(document.nearest.similarity))}</span>
          <span>{document.nearest.title === '' ? document.nearest.id : document.nearest.title}</span>
          {document.copied && (
            <span class="muted">{t('shares {0} in a row', wordsText(document.copied.words))}</span>
          )}
        </p>
      )}
    </div>
  );
}

/** To the right of the point, else to its left; under a map that is too narrow for either, so that nothing is covered. */
function cardPlace(
  { x, y }: { readonly x: number; readonly y: number },
  size: Frame,
  frame: Frame,
): { readonly left: number; readonly top: number } {
  const top = Math.min(Math.max(0, y - 24), Math.max(0, frame.height - size.height));
  if (x + GAP + size.width <= frame.width) return { left: x + GAP, top };
  if (x - GAP - size.width >= 0) return { left: x - GAP - size.width, top };
  return {
    left: Math.min(Math.max(0, x - size.width / 2), frame.width - size.width),
    top: frame.height + GAP,
  };
}

/** The same in one sentence, to be heard. */
export function pointText(
  point: MapPoint,
  document: FidelityDocument | undefined,
  labelName: (id: string) => string,
): string {
  return [
    point.title === '' ? point.id : point.title,
    point.kind === 'real' ? t('real') : t('synthetic'),
    ...point.labels.map(labelName),
    ...(document?.nearest ? [t('nearest real, {0}', decimal(document.nearest.similarity))] : []),
    ...(document?.offences ?? []).map(offenceName),
  ].join(', ');
}
