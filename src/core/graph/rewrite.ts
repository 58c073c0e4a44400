/** A graph with some of its tensors exchanged: everything computed from them is built anew, the rest is shared. */
import { apply, part } from './build.ts';
import { at } from './operator.ts';
import { topologicalOrder, type Tensor } from './tensor.ts';

/**
 * Called for every tensor in order, with what it has become so far (its inputs already exchanged); gives what shall
 * stand in its place.
 */
export type Change = (rebuilt: Tensor, original: Tensor) => Tensor;

/** What every tensor below the roots has become. */
export function rewrite(roots: readonly Tensor[], change: Change): ReadonlyMap<Tensor, Tensor> {
  const become = new Map<Tensor, Tensor>();
  const now = (tensor: Tensor): Tensor => become.get(tensor) ?? tensor;
  for (const original of topologicalOrder(roots)) {
    become.set(original, change(rebuilt(original, now), original));
  }
  return become;
}

function rebuilt(tensor: Tensor, now: (tensor: Tensor) => Tensor): Tensor {
  const { source } = tensor;
  if (source.kind === 'part') {
    const of = now(source.of);
    return of === source.of ? tensor : part(of, source.index);
  }
  if (source.kind !== 'node') return tensor;
  const inputs = source.inputs.map(now);
  if (inputs.every((input, i) => input === at(source.inputs, i))) return tensor;
  return apply(source.operator, inputs, source.attributes);
}
