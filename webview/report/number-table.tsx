/** A small table of numbers beside a chart: what the chart shows, for the keyboard and for who does not see it. */
import type { ComponentChildren } from 'preact';
import './number-table.css';

export interface NumberRow {
  readonly id: string;
  readonly name: ComponentChildren;
  readonly cells: readonly ComponentChildren[];
  /** Set apart from the others, with the reason in words for a screen reader. */
  readonly marked?: string;
  readonly tooltip?: string;
}

interface NumberTableProps {
  readonly caption: string;
  /** The first names the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly NumberRow[];
}

export function NumberTable({ caption, columns, rows }: NumberTableProps) {
  return (
    <table class="number-table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} class={row.marked === undefined ? '' : 'marked'} title={row.tooltip}>
            <th scope="row">
              {row.name}
              {row.marked !== undefined && <span class="visually-hidden">, {row.marked}</span>}
            </th>
            {row.cells.map((cell, at) => (
              <td key={at} class="number">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
