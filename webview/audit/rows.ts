/** The rows of the audit's label tables: which are shown, in which order. Pure, so that they are pinned by tests. */
import type {
  AuditFigure,
  AuditFigures,
  AuditReport,
  Interval,
  LabelOverlap,
} from '../../src/protocol/audit-view.ts';
import { sorted, type Sort } from '../report/sort.ts';
import { matcher } from '../ui/search.ts';

/** All labels, those for which masking costs something measurable, or those that too few documents speak of. */
export type LabelSelection = 'all' | 'loss' | 'too-few';

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  readonly real: LabelOverlap;
  readonly synthetic?: LabelOverlap;
  readonly figures?: AuditFigures;
}

/** Which words count: names and aliases alone, or keywords as well. */
export type WordsName = 'names' | 'words';

export function labelRows({ audit }: AuditReport, words: WordsName): readonly LabelRow[] {
  return audit.labels.flatMap(({ id, name }, at): readonly LabelRow[] => {
    const real = audit.real[words].perLabel[at];
    const synthetic = audit.synthetic?.[words].perLabel[at];
    const figures = audit.classifier?.perLabel[at];
    return real
      ? [{ id, name, real, ...(synthetic ? { synthetic } : {}), ...(figures ? { figures } : {}) }]
      : [];
  });
}

export function selectRows(
  rows: readonly LabelRow[],
  filter: string,
  selection: LabelSelection,
): readonly LabelRow[] {
  const accepts = matcher(filter);
  return rows.filter((row) => accepts(row.name, row.id) && selects(row, selection));
}

function selects({ figures }: LabelRow, selection: LabelSelection): boolean {
  switch (selection) {
    case 'all':
      return true;
    case 'loss':
      return verdictOf(figures?.masking ?? null) === 'loss';
    case 'too-few':
      return (figures?.masking ?? null) === null;
  }
}

/** What the interval of a difference says; `open` where it holds zero. */
export type DifferenceVerdict = 'loss' | 'gain' | 'open' | 'too-few';

export function verdictOf(difference: Interval | null): DifferenceVerdict {
  if (difference === null) return 'too-few';
  if (difference.high < 0) return 'loss';
  return difference.low > 0 ? 'gain' : 'open';
}

/** How much more often the words stand in documents that have the label; undefined where either kind is missing. */
export function overlapGap({ shareHaving, shareNotHaving }: LabelOverlap): number | undefined {
  return shareHaving === null || shareNotHaving === null ? undefined : shareHaving - shareNotHaving;
}

export type OverlapSort = Sort<'label' | 'having' | 'not-having' | 'gap'>;
export type FigureSort = Sort<'label' | 'from' | 'to' | 'difference' | 'survival'>;

export function sortOverlap(rows: readonly LabelRow[], sort: OverlapSort): readonly LabelRow[] {
  return sorted(rows, sort, ({ real }) => {
    switch (sort.column) {
      case 'label':
        return undefined;
      case 'having':
        return real.shareHaving ?? undefined;
      case 'not-having':
        return real.shareNotHaving ?? undefined;
      case 'gap':
        return overlapGap(real);
    }
  });
}

export function sortFigures(
  rows: readonly LabelRow[],
  sort: FigureSort,
  columns: Readonly<Record<'from' | 'to' | 'difference' | 'survival', AuditFigure>>,
): readonly LabelRow[] {
  return sorted(rows, sort, ({ figures }) => {
    switch (sort.column) {
      case 'label':
        return undefined;
      case 'survival':
      case 'from':
      case 'to':
      case 'difference':
        return figures?.[columns[sort.column]]?.value;
    }
  });
}
