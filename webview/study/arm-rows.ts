/** The rows of the arms' table: in groups, sorted within them, those that failed last. Pure, pinned by tests. */
import type {
  ArmDone,
  ArmResult,
  Effect,
  Estimate,
  RetrievalEffect,
  StudyCell,
  StudyReport,
} from '../../src/protocol/study-view.ts';
import { sorted, type Sort } from '../report/sort.ts';
import { armName, groupName } from './arm-names.ts';
import { isOf } from './cells.ts';

export const METRICS = ['microF1', 'macroF1', 'weightedF1', 'microAP', 'macroAP', 'lrap'] as const;
export type Metric = (typeof METRICS)[number];

export type ArmSort = Sort<'label' | 'score' | 'gain' | 'retrieval' | 'documents'>;

export const ARM_GROUPS = ['real', 'losses', 'synthetic', 'mixes', 'paraphrases', 'cells'] as const;
export type ArmGroup = (typeof ARM_GROUPS)[number];

const GROUP_OF: Readonly<Record<string, ArmGroup>> = {
  'real-only': 'real',
  'step-matched': 'real',
  'duplicate-to-match': 'real',
  'inverse-frequency': 'losses',
  focal: 'losses',
  asymmetric: 'losses',
  'distribution-balanced': 'losses',
};

export function groupOf(id: string): ArmGroup {
  if (id.startsWith('mix-')) return 'mixes';
  if (id.startsWith('paraphrase-')) return 'paraphrases';
  return id.startsWith('cell:') ? 'cells' : (GROUP_OF[id] ?? 'synthetic');
}

export interface ArmRow {
  readonly id: string;
  readonly name: string;
  readonly heading?: boolean;
  readonly arm?: ArmResult;
  readonly score?: Estimate;
  readonly gain?: Effect;
  readonly retrieval?: RetrievalEffect;
}

/** Rows of the cell with the name of each group before its arms. */
export function armRows(
  report: StudyReport,
  cell: StudyCell,
  metric: Metric,
  sort: ArmSort,
): readonly ArmRow[] {
  const rows = report.arms.filter((arm) => isOf(arm, cell)).map((arm) => armRow(report, cell, metric, arm));
  return ARM_GROUPS.flatMap((group): readonly ArmRow[] => {
    const ofGroup = rows.filter(({ id }) => groupOf(id) === group);
    if (ofGroup.length === 0) return [];
    return [{ id: `group:${group}`, name: groupName(group), heading: true }, ...sortArms(ofGroup, sort)];
  });
}

function armRow(report: StudyReport, cell: StudyCell, metric: Metric, arm: ArmResult): ArmRow {
  const gain = report.comparisons.find((one) => one.arm === arm.id && isOf(cell, one))?.overRealOnly;
  const retrieval = report.retrieval.find((one) => one.arm === arm.id && isOf(cell, one));
  return {
    id: arm.id,
    name: armName(arm.id),
    arm,
    ...(arm.status === 'ok' ? { score: arm[metric] } : {}),
    ...(gain ? { gain } : {}),
    ...(retrieval ? { retrieval } : {}),
  };
}

/** Rows without the value, such as arms that failed, stand last in both directions. */
function sortArms(rows: readonly ArmRow[], sort: ArmSort): readonly ArmRow[] {
  return sorted(rows, sort, ({ arm, score, gain, retrieval }) => {
    switch (sort.column) {
      case 'label':
        return undefined;
      case 'score':
        return score?.mean;
      case 'gain':
        return gain?.mean;
      case 'retrieval':
        return retrieval?.change.mean;
      case 'documents':
        return arm && arm.real + arm.synthetic;
    }
  });
}

/** The arm of a cell, where it ran to its end. */
export function doneArm(
  { arms }: Pick<StudyReport, 'arms'>,
  cell: StudyCell,
  id: string,
): ArmDone | undefined {
  const found = arms.find((arm) => arm.id === id && isOf(arm, cell));
  return found?.status === 'ok' ? found : undefined;
}
