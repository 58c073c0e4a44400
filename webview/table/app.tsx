/** The folder table: what was classified, a filter, and the rows. */
import { useMemo } from 'preact/hooks';
import type { TableIntent, TableMessage, TableRow, TableState } from '../../src/protocol/table-view.ts';
import { Button } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import type { Host } from '../ui/host.ts';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import './app.css';
import { Grid } from './grid.tsx';
import { type Counts, countRows, DEFAULT_SORT, selectRows, type Show, sortRows } from './rows.ts';
import type { SavedState } from './saved-state.ts';

export type TableHost = Host<TableMessage, TableIntent, SavedState>;

interface AppProps {
  readonly state: TableState;
  readonly rows: readonly TableRow[];
  readonly host: TableHost;
}

export function App({ state, rows, host }: AppProps) {
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const [show, setShow] = useSaved(host, 'show', 'all' as Show);
  const [sort, setSort] = useSaved(host, 'sort', DEFAULT_SORT);
  const shown = useMemo(() => sortRows(selectRows(rows, { filter, show }), sort), [rows, filter, show, sort]);
  const counts = useMemo(() => countRows(rows), [rows]);
  const narrowed = filter.trim() !== '' || show !== 'all';
  const exportable = !state.running && rows.length > 0;

  return (
    <div class="table-page">
      <header class="table-header">
        <div class="table-titles">
          <h1 title={state.title}>{state.title}</h1>
          <p class="muted">{state.classifier}</p>
        </div>
        <div class="table-exports">
          <Button
            icon="export"
            disabled={!exportable}
            onPress={() => host.send({ kind: 'export', format: 'csv' })}
          >
            {t('Export CSV')}
          </Button>
          <Button
            icon="export"
            disabled={!exportable}
            onPress={() => host.send({ kind: 'export', format: 'jsonl' })}
          >
            {t('Export JSONL')}
          </Button>
        </div>
      </header>
      <Progress state={state} counts={counts} onCancel={() => host.send({ kind: 'cancel' })} />
      <div class="table-tools">
        <FilterField
          label={t('Filter patents')}
          placeholder={t('Filter by title, id, file or label')}
          value={filter}
          onChange={setFilter}
          onLeave={() => document.querySelector<HTMLElement>('[role="grid"]')?.focus()}
        />
        <Dropdown label={t('Show')} value={show} options={showOptions()} onChange={setShow} />
        <span class="table-found muted number" role="status">
          {narrowed ? t('{0} of {1}', integer(shown.length), integer(rows.length)) : ''}
        </span>
      </div>
      <Grid rows={shown} sort={sort} onSort={setSort} host={host} empty={emptyText(state, narrowed)} />
    </div>
  );
}

function showOptions(): readonly { readonly value: Show; readonly text: string }[] {
  return [
    { value: 'all', text: t('All patents') },
    { value: 'borderline', text: t('Borderline labels') },
    { value: 'unlabelled', text: t('No assigned label') },
    { value: 'cut', text: t('Text cut off') },
    { value: 'failed', text: t('Failed') },
  ];
}

function emptyText(state: TableState, narrowed: boolean): string {
  if (narrowed) return t('No patent matches.');
  return state.running ? t('The first patents appear here in a moment.') : t('There is nothing to show.');
}

interface ProgressProps {
  readonly state: TableState;
  readonly counts: Counts;
  readonly onCancel: () => void;
}

/** Progress and counts share one line of fixed height, so that the table does not move when the run ends. */
function Progress({ state, counts, onCancel }: ProgressProps) {
  const { running, done, total } = state;
  return (
    <div class="table-progress">
      <div class="table-summary">
        <span role="status" class="number">
          {progressText(state)}
        </span>
        <span class="muted number" title={countsText(counts)}>
          {countsText(counts)}
        </span>
        {running && (
          <Button small onPress={onCancel}>
            {t('Cancel')}
          </Button>
        )}
      </div>
      <div
        class={`progress-line ${running ? 'running' : ''} ${total === undefined ? 'unknown' : ''}`}
        role={running ? 'progressbar' : undefined}
        aria-label={running ? t('Classifying') : undefined}
        aria-valuemin={running && total !== undefined ? 0 : undefined}
        aria-valuemax={running ? total : undefined}
        aria-valuenow={running && total !== undefined ? done : undefined}
      >
        {running && <span class="progress-fill" style={{ '--value': total ? done / total : 0 }} />}
      </div>
    </div>
  );
}

function progressText({ running, cancelled, done, total }: TableState): string {
  if (running) {
    return total === undefined
      ? t('Counting documents…')
      : t('{0} of {1} patents', integer(done), integer(total));
  }
  if (cancelled && total !== undefined) {
    return t('Cancelled after {0} of {1} patents', integer(done), integer(total));
  }
  if (cancelled) return t('Cancelled');
  return plural(done, '{0} patent', '{0} patents', integer(done));
}

function countsText(counts: Counts): string {
  return [
    t('{0} labelled', integer(counts.labelled)),
    t('{0} borderline', integer(counts.borderline)),
    ...(counts.cut > 0 ? [t('{0} cut off', integer(counts.cut))] : []),
    ...(counts.failed > 0 ? [t('{0} failed', integer(counts.failed))] : []),
  ].join(' · ');
}
