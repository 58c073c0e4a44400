/**
 * A table with one chart over its rows: the numbers stand in real cells, for the keyboard and for who does not see the
 * chart, and the chart is drawn once over its column, so that it can be exported as it is.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import '../report/table.css';
import { TextButton } from '../ui/button.tsx';
import { Chart, type ChartSpec } from '../ui/chart.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import './figure-table.css';
import type { Sort } from './sort.ts';

export interface FigureColumn<Column extends string> {
  readonly id: Column;
  readonly title: string;
  readonly tooltip?: string;
  /** Left out where the table is narrow; the row's tooltip says it. */
  readonly spare?: boolean;
  /** Does not sort. */
  readonly fixed?: boolean;
  /** The one that stays where the table is very narrow; else the last. */
  readonly kept?: boolean;
}

export interface FigureTableRow {
  readonly id: string;
  readonly name: string;
  /** Stands first and apart. */
  readonly total?: boolean;
  /** What the others are held against. */
  readonly strong?: boolean;
  /** Names the rows under it and has no figures. */
  readonly heading?: boolean;
  /** All of the row in words. */
  readonly tooltip: string;
  /** Why there are no figures; stands where they would be drawn. */
  readonly failed?: string;
  /** In the order of the columns. */
  readonly cells: readonly ComponentChildren[];
}

interface FigureTableProps<Column extends string> {
  readonly caption: string;
  /** Head of the column that the chart stands in. */
  readonly chartTitle: string;
  readonly columns: readonly FigureColumn<Column | 'label'>[];
  readonly rows: readonly FigureTableRow[];
  /** Rows that there are, those that are not shown included; without it, all are shown. */
  readonly total?: number;
  readonly all?: boolean;
  readonly onAll?: (all: boolean) => void;
  /** Without it, the rows have an order of their own. */
  readonly sort?: Sort<Column | 'label'>;
  readonly onSort?: (column: Column | 'label') => void;
  readonly chart: ChartSpec;
  readonly nothing?: string;
}

/** How many labels stand there before "Show all". */
export const FIRST_ROWS = 15;

export function FigureTable<Column extends string>(props: FigureTableProps<Column>) {
  const { columns, rows, sort, onSort, total = 0 } = props;
  const column = useRef<HTMLTableCellElement>(null);
  const [place, setPlace] = useState({ left: 0, width: 0 });

  useLayoutEffect(() => {
    const cell = column.current;
    if (!cell) return;
    const measure = (): void => setPlace({ left: cell.offsetLeft, width: cell.offsetWidth });
    const observer = new ResizeObserver(measure);
    observer.observe(cell);
    measure();
    return () => observer.disconnect();
  }, []);

  const [label, ...rest] = columns;
  const kept = rest.find((one) => one.kept) ?? rest.at(-1);
  const numbers = rest.map((one) => ({ ...one, look: lookOf(one, one === kept) }));
  const head = (one: FigureColumn<Column | 'label'>, look: string) => (
    <th
      key={one.id}
      scope="col"
      class={look}
      aria-sort={sort?.column === one.id ? sort.direction : undefined}
    >
      {onSort && !one.fixed ? (
        <button type="button" class="figure-sort" title={one.tooltip} onClick={() => onSort(one.id)}>
          <span>{one.title}</span>
          {sort?.column === one.id && <Icon name="sorted" class={`sort-icon ${sort.direction}`} />}
        </button>
      ) : (
        <span class="figure-sort fixed" title={one.tooltip}>
          {one.title}
        </span>
      )}
    </th>
  );
  return (
    <div class="figure">
      <table class="figure-table">
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {label && head(label, 'figure-name')}
            <th scope="col" class="figure-plot" ref={column}>
              <span class="visually-hidden">{props.chartTitle}</span>
            </th>
            {numbers.map((one) => head(one, one.look))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} numbers={numbers} />
          ))}
        </tbody>
      </table>
      {rows.length > 0 && (
        <div class="figure-chart" style={{ left: `${place.left}px`, width: `${place.width}px` }}>
          <Chart spec={props.chart} width={place.width} />
        </div>
      )}
      {rows.length === 0 && <p class="figure-nothing muted">{props.nothing}</p>}
      {total > FIRST_ROWS && (
        <TextButton class="figure-all" onPress={() => props.onAll?.(!props.all)}>
          {props.all ? t('Show fewer') : t('Show all {0}', integer(total))}
        </TextButton>
      )}
    </div>
  );
}

const lookOf = ({ spare }: { readonly spare?: boolean }, kept: boolean): string =>
  `figure-number ${kept ? 'kept' : ''} ${spare ? 'spare' : ''}`;

interface RowProps {
  readonly row: FigureTableRow;
  readonly numbers: readonly { readonly look: string }[];
}

function Row({ row, numbers }: RowProps) {
  if (row.heading) {
    return (
      <tr class="heading">
        <th scope="rowgroup" class="figure-name">
          {row.name}
        </th>
        <td class="figure-plot" />
      </tr>
    );
  }
  return (
    <tr class={row.total ? 'total' : row.strong ? 'strong' : ''} title={row.tooltip}>
      <th scope="row" class="figure-name">
        <span class="figure-text">{row.name}</span>
      </th>
      <td class="figure-plot">
        {row.failed !== undefined && <span class="figure-text figure-reason">{row.failed}</span>}
      </td>
      {row.cells.map((cell, index) => (
        <td key={index} class={`number ${numbers[index]?.look ?? ''}`}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
