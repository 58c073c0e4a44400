/** Which findings are marked in an editor. */
import type { SettingValue } from '../contributions.ts';
import { byImportance } from '../../core/leakage/finding.ts';
import type { Leak } from './leak.ts';

/** Most findings that are marked in one document: with the one that says how many more, as many as VS Code takes. */
export const MOST_MARKED = 999;

export interface Chosen {
  readonly marked: readonly Leak[];
  /** Findings that are left out, of which the first is given. */
  readonly leftOut: number;
  readonly first?: Leak;
}

/** @param leaks of all patents of the document. */
export function chooseMarked(
  leaks: readonly (readonly Leak[])[],
  mode: SettingValue<'patentLab.leakage'>,
): Chosen {
  if (mode === 'off') return { marked: [], leftOut: 0 };
  const wanted = leaks.flatMap((one) => one.filter((leak) => isWanted(leak, mode)));
  if (leaks.length > 1) wanted.sort(byImportance);
  const marked = wanted.slice(0, MOST_MARKED);
  const first = wanted[MOST_MARKED];
  return first ? { marked, leftOut: wanted.length - MOST_MARKED, first } : { marked, leftOut: 0 };
}

export const isWanted = ({ kind }: Leak, mode: SettingValue<'patentLab.leakage'>): boolean =>
  mode === 'on' || (mode === 'assignedOnly' && kind !== 'other-label' && kind !== 'keyword');
