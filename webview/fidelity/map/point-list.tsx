/** The documents of the map one under the other, for who would rather read than look. */
import { useMemo, useState } from 'preact/hooks';
import type { MapPoint } from '../../../src/protocol/fidelity-view.ts';
import { Tag } from '../../ui/badge.tsx';
import { TextButton } from '../../ui/button.tsx';
import { decimal, integer } from '../../ui/format.ts';
import { matcher } from '../../ui/search.ts';
import { t } from '../../ui/strings.ts';
import { FilterField } from '../../ui/text-field.tsx';
import { useFidelity } from '../context.ts';
import type { DocumentOf } from '../documents.ts';

/** How many documents stand there before "Show all". */
const FIRST = 20;

interface PointListProps {
  readonly points: readonly MapPoint[];
  readonly documentOf: DocumentOf;
}

export function PointList({ points, documentOf }: PointListProps) {
  const { send, labelName } = useFidelity();
  const [filter, setFilter] = useState('');
  const [all, setAll] = useState(false);
  const found = useMemo(() => {
    const accepts = matcher(filter);
    return points.filter(({ id, title, file, labels }) => accepts(id, title, file, ...labels.map(labelName)));
  }, [points, filter, labelName]);
  const shown = all ? found : found.slice(0, FIRST);
  return (
    <div class="point-list">
      <FilterField
        label={t('Filter documents')}
        placeholder={t('Filter documents')}
        value={filter}
        onChange={setFilter}
      />
      <ul aria-label={t('Documents of the map')}>
        {shown.map((point) => {
          const nearest = documentOf(point)?.nearest;
          return (
            <li key={`${point.file}\n${point.id}\n${point.kind}`}>
              <TextButton onPress={() => send({ kind: 'open', path: point.file, span: point.span })}>
                {point.title === '' ? point.id : point.title}
              </TextButton>{' '}
              <Tag>{point.kind === 'real' ? t('real') : t('synthetic')}</Tag>{' '}
              <span class="muted">
                {[
                  point.id,
                  ...point.labels.map(labelName),
                  ...(nearest ? [t('nearest real, {0}', decimal(nearest.similarity))] : []),
                ].join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p class="muted">{t('None matches “{0}”.', filter.trim())}</p>}
      {found.length > FIRST && (
        <TextButton class="show-all" onPress={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {0}', integer(found.length))}
        </TextButton>
      )}
    </div>
  );
}
