/** The same scores for every label, strategy, model and run, one a row. */
import { useMemo } from 'preact/hooks';
import type { FidelityCell, FidelityScores } from '../../src/protocol/fidelity-view.ts';
import { Section } from '../report/section.tsx';
import '../report/table.css';
import { TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import {
  cellFigure,
  cellKey,
  cellKinds,
  reasonOf,
  selectCells,
  type CellColumn,
  type CellSelection,
  type CellSort,
} from './cell-rows.ts';
import './cells.css';
import { cellKindName, figure, pText, tooFew } from './wording.ts';

interface CellsProps {
  readonly cells: readonly FidelityCell[];
  readonly shown: FidelityCell;
  readonly onShow: (key: string) => void;
  readonly selection: CellSelection;
  readonly onSelection: (selection: CellSelection) => void;
  readonly sort: CellSort;
  readonly onSort: (sort: CellSort) => void;
}

export function CellsSection({ cells, shown, onShow, selection, onSelection, sort, onSort }: CellsProps) {
  const kinds = useMemo(() => cellKinds(cells), [cells]);
  const known = selection === 'all' || kinds.includes(selection) ? selection : 'all';
  const rows = useMemo(() => selectCells(cells, known, sort), [cells, known, sort]);
  const judged = cells.some(({ scores }) => scores.labelFidelity !== undefined);
  if (kinds.length === 0) return null;
  const columns = columnsOf(judged);
  return (
    <Section
      title={t('By label, strategy, model and run')}
      lead={t(
        'Each part beside the real documents, a label’s part beside the real documents of that label. Choose a part to see all of its scores with their yardsticks above.',
      )}
      tools={
        kinds.length > 1 && (
          <Dropdown
            label={t('Parts')}
            value={known}
            options={[
              { value: 'all' as const, text: t('All parts') },
              ...kinds.map((kind) => ({ value: kind, text: cellKindName(kind) })),
            ]}
            onChange={onSelection}
          />
        )
      }
    >
      <div class="cells-scroll" tabIndex={0} role="group" aria-label={t('Parts and their scores')}>
        <table class="cell-table">
          <thead>
            <tr>
              {columns.map(({ id, title, help }) => (
                <th key={id} scope="col" aria-sort={sort.column === id ? sort.direction : 'none'}>
                  <button
                    type="button"
                    class="figure-sort"
                    title={help}
                    onClick={() => onSort(nextSort(sort, id))}
                  >
                    <span>{title}</span>
                    {sort.column === id && <Icon name="sorted" class={`sort-icon ${sort.direction}`} />}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cell) => (
              <Row
                key={cellKey(cell)}
                cell={cell}
                columns={columns}
                shown={cell === shown}
                showKind={known === 'all' && kinds.length > 1}
                onShow={onShow}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

interface Column {
  readonly id: CellColumn;
  readonly title: string;
  readonly help?: string;
}

function columnsOf(judged: boolean): readonly Column[] {
  return [
    { id: 'name', title: t('Part') },
    { id: 'synthetic', title: t('Synthetic'), help: t('Different synthetic documents') },
    { id: 'real', title: t('Real'), help: t('Different real documents') },
    { id: 'mmd2', title: t('MMD²'), help: t('With the p-value of its permutation test') },
    { id: 'precision', title: t('Precision') },
    { id: 'recall', title: t('Recall') },
    { id: 'vendi', title: t('Vendi'), help: t('Vendi score, beside that of as many real documents') },
    { id: 'jsd', title: t('Words'), help: t('Jensen–Shannon divergence of the word frequencies') },
    { id: 'nearest', title: t('Nearest'), help: t('Median distance to the nearest real document') },
    ...(judged ? [{ id: 'labels' as const, title: t('Label F1') }] : []),
  ];
}

const nextSort = (sort: CellSort, column: CellColumn): CellSort => ({
  column,
  direction:
    sort.column === column
      ? sort.direction === 'ascending'
        ? 'descending'
        : 'ascending'
      : column === 'name'
        ? 'ascending'
        : 'descending',
});

interface RowProps {
  readonly cell: FidelityCell;
  readonly columns: readonly Column[];
  readonly shown: boolean;
  readonly showKind: boolean;
  readonly onShow: (key: string) => void;
}

function Row({ cell, columns, shown, showKind, onShow }: RowProps) {
  const { kind, name, scores } = cell;
  const isTotal = kind === 'overall';
  return (
    <tr class={`${isTotal ? 'total' : ''} ${shown ? 'shown' : ''}`}>
      <th scope="row">
        <TextButton tooltip={t('Show all of its scores')} onPress={() => onShow(cellKey(cell))}>
          {isTotal ? t('All') : name === '' ? t('not stated') : name}
        </TextButton>
        {showKind && !isTotal && <span class="cell-kind"> {cellKindName(kind)}</span>}
      </th>
      {columns.slice(1).map(({ id }) => (
        <td key={id} class="number">
          <Figure scores={scores} column={id} />
        </td>
      ))}
    </tr>
  );
}

function Figure({ scores, column }: { readonly scores: FidelityScores; readonly column: CellColumn }) {
  const value = cellFigure(scores, column);
  if (value === undefined) {
    return (
      <span class="muted" title={reasonOf(scores, column)}>
        {tooFew()}
      </span>
    );
  }
  const beside = yardstick(scores, column);
  return (
    <>
      {column === 'synthetic' || column === 'real' ? integer(value) : figure(value)}
      {beside !== undefined && <span class="muted"> {beside}</span>}
    </>
  );
}

/** What a figure is read by, in as few letters as a cell has room for. */
function yardstick(scores: FidelityScores, column: CellColumn): string | undefined {
  switch (column) {
    case 'mmd2':
      return scores.mmd2.kind === 'measured' ? t('p {0}', pText(scores.mmd2.p)) : undefined;
    case 'precision':
    case 'recall': {
      const baseline = scores.prdc.kind === 'measured' ? scores.prdc.baseline?.[column] : undefined;
      return baseline ? t('real {0}', figure(baseline.median)) : undefined;
    }
    case 'vendi':
      return scores.diversity.kind === 'measured'
        ? t('real {0}', figure(scores.diversity.real.vendi))
        : undefined;
    case 'jsd': {
      const baseline = scores.lexical.kind === 'measured' ? scores.lexical.baseline : undefined;
      return baseline ? t('real {0}', figure(baseline.median)) : undefined;
    }
    case 'nearest': {
      const real = scores.copying.kind === 'measured' ? scores.copying.realNearest : undefined;
      return real ? t('real {0}', figure(real.value)) : undefined;
    }
    case 'labels':
    case 'name':
    case 'synthetic':
    case 'real':
      return undefined;
  }
}
