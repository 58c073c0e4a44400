/** The parts of the synthetic documents (by label, strategy, model, run) as rows of a table, selected and sorted. */
import type { CellKind, FidelityCell, FidelityScores } from '../../src/protocol/fidelity-view.ts';
import { t } from '../ui/strings.ts';
import { cellKindName } from './wording.ts';

export type CellSelection = 'all' | Exclude<CellKind, 'overall'>;

export type CellColumn =
  'name' | 'synthetic' | 'real' | 'mmd2' | 'precision' | 'recall' | 'vendi' | 'jsd' | 'nearest' | 'labels';

export interface CellSort {
  readonly column: CellColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Cells of different kinds may have one id. */
export const cellKey = ({ kind, id }: FidelityCell): string => `${kind}:${id}`;

export function cellTitle({ kind, name }: FidelityCell): string {
  if (kind === 'overall') return t('All synthetic documents');
  return t('{0}: {1}', cellKindName(kind), name === '' ? t('not stated') : name);
}

/** The figure of a column; undefined where there are too few documents to say. */
export function cellFigure({ n, ...scores }: FidelityScores, column: CellColumn): number | undefined {
  switch (column) {
    case 'name':
      return undefined;
    case 'synthetic':
      return n.uniqueSynthetic;
    case 'real':
      return n.uniqueReal;
    case 'mmd2':
      return scores.mmd2.kind === 'measured' ? scores.mmd2.value : undefined;
    case 'precision':
      return scores.prdc.kind === 'measured' ? scores.prdc.precision : undefined;
    case 'recall':
      return scores.prdc.kind === 'measured' ? scores.prdc.recall : undefined;
    case 'vendi':
      return scores.diversity.kind === 'measured' ? scores.diversity.vendi : undefined;
    case 'jsd':
      return scores.lexical.kind === 'measured' ? scores.lexical.jsd : undefined;
    case 'nearest':
      return scores.copying.kind === 'measured' ? scores.copying.nearest.value : undefined;
    case 'labels':
      return scores.labelFidelity?.kind === 'measured' ? scores.labelFidelity.microF1.value : undefined;
  }
}

/** Why a column has no figure. */
export function reasonOf(scores: FidelityScores, column: CellColumn): string | undefined {
  const measured = {
    mmd2: scores.mmd2,
    precision: scores.prdc,
    recall: scores.prdc,
    vendi: scores.diversity,
    jsd: scores.lexical,
    nearest: scores.copying,
    labels: scores.labelFidelity,
    name: undefined,
    synthetic: undefined,
    real: undefined,
  }[column];
  return measured?.kind === 'too-few' ? measured.reason : undefined;
}

/** Kinds that divide the documents at all: a single model tells nothing that the whole does not. */
export function cellKinds(cells: readonly FidelityCell[]): readonly Exclude<CellKind, 'overall'>[] {
  const kinds = ['label', 'strategy', 'model', 'run'] as const;
  return kinds.filter((kind) => cells.some((cell) => cell.kind === kind));
}

/** The overall cell first; cells without a figure last, whatever the direction. */
export function selectCells(
  cells: readonly FidelityCell[],
  selection: CellSelection,
  { column, direction }: CellSort,
): readonly FidelityCell[] {
  const overall = cells.filter(({ kind }) => kind === 'overall');
  const parts = cells.filter(({ kind }) => kind !== 'overall' && (selection === 'all' || kind === selection));
  const sign = direction === 'ascending' ? 1 : -1;
  const sorted = [...parts].sort((a, b) => {
    const byName = cellTitle(a).localeCompare(cellTitle(b));
    if (column === 'name') return sign * byName;
    const [one, other] = [cellFigure(a.scores, column), cellFigure(b.scores, column)];
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || byName;
    }
    return sign * (one - other) || byName;
  });
  return [...overall, ...sorted];
}
