/** Claims as a tree: each under the first claim it depends on, in the order of the document. */
import type { Claim } from '../../core/patent/model.ts';

export interface ClaimNode {
  readonly claim: Claim;
  /** Place among the claims. */
  readonly index: number;
  readonly depth: number;
  readonly children: readonly ClaimNode[];
}

interface Growing extends ClaimNode {
  readonly children: Growing[];
  readonly parent: Growing | undefined;
}

/** Claims nested deeper than any real ones stand beside their parent instead of below it. [ours] */
const DEEPEST = 24;

/** Independent claims. A claim depends only on claims with smaller numbers, so there are no circles. */
export function claimTree(claims: readonly Claim[]): readonly ClaimNode[] {
  const roots: Growing[] = [];
  const byNumber = new Map<number, Growing>();
  claims.forEach((claim, index) => {
    const [first] = claim.dependsOn;
    const wanted = first === undefined ? undefined : byNumber.get(first);
    const parent = wanted && wanted.depth >= DEEPEST ? wanted.parent : wanted;
    const node: Growing = { claim, index, depth: parent ? parent.depth + 1 : 0, children: [], parent };
    (parent ? parent.children : roots).push(node);
    // A number that is printed twice means the first claim of that number.
    if (!byNumber.has(claim.number)) byNumber.set(claim.number, node);
  });
  return roots;
}
