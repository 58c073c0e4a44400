/** The taxonomy as a tree: labels under their parents, each with what it has and lacks. */
import type { LabelSummary } from '../../protocol/engine.ts';

export interface LabelNode {
  readonly label: LabelSummary;
  readonly children: readonly LabelNode[];
}

/** Labels whose parent does not exist, or who are their own ancestors, stand at the top rather than nowhere. */
export function labelTree(labels: readonly LabelSummary[]): readonly LabelNode[] {
  const byId = new Map(labels.map((label) => [label.id, label]));
  const childrenOf = new Map<string | undefined, LabelSummary[]>();
  for (const label of labels) {
    const parent = isRooted(label, byId) ? label.parent : undefined;
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), label]);
  }
  const nodes = (parent: string | undefined): readonly LabelNode[] =>
    (childrenOf.get(parent) ?? []).map((label) => ({ label, children: nodes(label.id) }));
  return nodes(undefined);
}

/** Whether the way up ends at a label without parent, over labels that exist. */
function isRooted(label: LabelSummary, byId: ReadonlyMap<string, LabelSummary>): boolean {
  const seen = new Set<string>();
  for (
    let at: LabelSummary | undefined = label;
    at;
    at = at.parent === undefined ? undefined : byId.get(at.parent)
  ) {
    if (seen.has(at.id)) return false;
    seen.add(at.id);
    if (at.parent !== undefined && !byId.has(at.parent)) return at !== label;
  }
  return true;
}

/** Enough labelled documents, too few of them, or none. */
export type Supply = 'none' | 'few' | 'enough';

export function supply({ count, deficit }: LabelSummary): Supply {
  if (count === 0) return 'none';
  return deficit > 0 ? 'few' : 'enough';
}

/** The wanted number, which the summary states as what is missing to it. */
export const target = ({ count, deficit }: LabelSummary): number => count + deficit;
