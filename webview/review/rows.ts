/** The list of outputs: filtering, counting, and where the keyboard goes. Pure, so that it is pinned by tests. */
import type { ReviewLabel, ReviewRow, Standing, SyntheticUse } from '../../src/protocol/review-view.ts';
import { matcher } from '../ui/search.ts';

export interface Filter {
  readonly text: string;
  readonly standing: Standing | 'all';
  /** Empty for all; ids of labels, models and reasons else. */
  readonly label: string;
  readonly reason: string;
  readonly model: string;
}

export const NO_FILTER: Filter = { text: '', standing: 'all', label: '', reason: '', model: '' };

export function isNarrowed({ text, ...rest }: Filter): boolean {
  return text.trim() !== '' || rest.standing !== 'all' || rest.label + rest.reason + rest.model !== '';
}

export function selectRows(
  rows: readonly ReviewRow[],
  filter: Filter,
  nameOf: (label: string) => string,
): readonly ReviewRow[] {
  if (!isNarrowed(filter)) return rows;
  const matches = matcher(filter.text);
  return rows.filter(
    ({ title, key, standing, labels, model, run, reason }) =>
      (filter.standing === 'all' || filter.standing === standing) &&
      (filter.label === '' || labels.includes(filter.label)) &&
      (filter.model === '' || filter.model === model) &&
      (filter.reason === '' || filter.reason === reason?.code) &&
      matches(title, key, run, model, `${reason?.name ?? ''} ${reason?.text ?? ''}`, ...labels.map(nameOf)),
  );
}

export type Counts = Readonly<Record<Standing, number>>;

export function countRows(rows: readonly ReviewRow[]): Counts {
  const counts = { new: 0, accepted: 0, rejected: 0, invalid: 0 };
  for (const { standing } of rows) counts[standing]++;
  return counts;
}

export interface Choice {
  readonly value: string;
  readonly count: number;
}

/** What occurs among the rows, most frequent first. */
export function choices(
  rows: readonly ReviewRow[],
  of: (row: ReviewRow) => readonly string[],
): readonly Choice[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of of(row)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

/** Where the keyboard goes after a verdict: the next output that takes one, or the one before where there is none. */
export function keyAfter(rows: readonly ReviewRow[], key: string): string | undefined {
  const index = rows.findIndex((row) => row.key === key);
  const takes = ({ standing }: ReviewRow): boolean => standing !== 'invalid';
  const next = rows.slice(index + 1).find(takes) ?? rows.slice(0, Math.max(0, index)).findLast(takes);
  return (next ?? rows[index])?.key;
}

/** How far a label is: real documents, synthetic ones that count, and those that would if they were accepted. */
export interface Reach {
  readonly label: ReviewLabel;
  readonly counting: number;
  readonly waiting: number;
}

/** Labels that outputs were written for, those that lack most first. */
export function reaches(
  labels: readonly ReviewLabel[],
  rows: readonly ReviewRow[],
  use: SyntheticUse,
): readonly Reach[] {
  const tallies = new Map<string, { counting: number; waiting: number }>();
  for (const { standing, labels: ids } of rows) {
    if (standing === 'invalid' || standing === 'rejected') continue;
    for (const id of ids) {
      const tally = tallies.get(id) ?? { counting: 0, waiting: 0 };
      tallies.set(id, tally);
      if (counts(use, standing)) tally.counting++;
      else tally.waiting++;
    }
  }
  return labels
    .flatMap((label): readonly Reach[] => {
      const tally = tallies.get(label.id);
      return tally ? [{ label, ...tally }] : [];
    })
    .sort((a, b) => lack(b) - lack(a) || a.label.name.localeCompare(b.label.name));
}

const lack = ({ label, counting }: Reach): number => label.target - label.real - counting;

function counts(use: SyntheticUse, standing: 'new' | 'accepted'): boolean {
  switch (use) {
    case 'none':
      return false;
    case 'accepted':
      return standing === 'accepted';
    case 'all':
      return true;
  }
}

/** A row that is sent again replaces the one that stands there. */
export function mergeRows(rows: readonly ReviewRow[], changed: readonly ReviewRow[]): readonly ReviewRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const row of changed) byKey.set(row.key, row);
  return [...byKey.values()];
}
