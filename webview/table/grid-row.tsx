/** One document of the table, or the reason why it has no prediction. */
import type { TableRow } from '../../src/protocol/table-view.ts';
import { Chip } from '../ui/badge.tsx';
import { decimal, integer, percent } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { AmountBar } from '../ui/meter.tsx';
import { t } from '../ui/strings.ts';
import { fittingChips } from './fit.ts';
import { ROW_HEIGHT } from '../ui/row-window.ts';

interface GridRowProps {
  readonly id: string;
  readonly row: TableRow;
  readonly index: number;
  readonly active: boolean;
  readonly labelsWidth: number;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

export function GridRow({ id, row, index, active, labelsWidth, onSelect, onOpen }: GridRowProps) {
  return (
    <div
      id={id}
      class={`grid-row grid-columns ${row.error ? 'failed' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={onSelect}
      onDblClick={onOpen}
    >
      <div class="cell cell-patent" role="gridcell">
        <span class="row-title">
          <span class="row-open" title={row.title || row.name} onClick={onOpen}>
            {row.title || row.name}
          </span>
          {row.cut && <Icon name="cut" label={t('Part of the text was not read')} class="row-cut" />}
        </span>
        <span class="row-id">{row.id}</span>
      </div>
      <div class="cell cell-file" role="gridcell" title={row.path}>
        {/* Cut at its start: the end of a path tells files apart. */}
        <bdi>{row.name}</bdi>
      </div>
      {row.error ? (
        <div class="cell cell-error" role="gridcell" title={`${row.error.message}\n${row.error.remedy}`}>
          <Icon name="error" label={t('Failed')} />
          <span class="row-failure">
            <span>{row.error.message}</span>
            <span class="muted">{row.error.remedy}</span>
          </span>
        </div>
      ) : (
        <>
          <Labels labels={row.labels} width={labelsWidth} />
          <div class="cell cell-uncertainty" role="gridcell">
            <AmountBar value={row.uncertainty} />
            <span class="number">{decimal(row.uncertainty)}</span>
          </div>
        </>
      )}
    </div>
  );
}

interface LabelsProps {
  readonly labels: TableRow['labels'];
  readonly width: number;
}

function Labels({ labels, width }: LabelsProps) {
  const count = fittingChips(labels, width - 16);
  const hidden = labels.length - count;
  return (
    <div class="cell cell-labels" role="gridcell" title={labels.map(labelText).join('\n')}>
      {labels.slice(0, count).map((label) => (
        <Chip key={label.id} look={label.status === 'assigned' ? 'filled' : 'outlined'}>
          <span class="chip-text">{label.name}</span>
          <span class="chip-number">{percent(label.probability)}</span>
          {label.status === 'borderline' && <span class="visually-hidden">{t('borderline')}</span>}
        </Chip>
      ))}
      {hidden > 0 && (
        <>
          <span class="muted number" aria-hidden="true">
            +{integer(hidden)}
          </span>
          <span class="visually-hidden">{labels.slice(count).map(labelText).join(', ')}</span>
        </>
      )}
      {labels.length === 0 && <span class="muted">{t('none')}</span>}
    </div>
  );
}

function labelText(label: TableRow['labels'][number]): string {
  const text = `${label.name} ${percent(label.probability)}`;
  return label.status === 'borderline' ? t('{0} (borderline)', text) : text;
}
