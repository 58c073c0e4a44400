/**
 * The sum of the gradients that reach one tensor over several ways. Where a tensor was taken apart into neighbouring
 * pieces, their padded gradients tile it: then they are put side by side instead of padded and added.
 */
import { add, concat } from './build.ts';
import { at, listAttribute } from './operator.ts';
import type { Tensor } from './tensor.ts';

export function total(pieces: readonly Tensor[]): Tensor {
  return tiled(pieces) ?? pieces.slice(1).reduce(add, at(pieces, 0));
}

interface Padded {
  readonly inner: Tensor;
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

function tiled(pieces: readonly Tensor[]): Tensor | undefined {
  const padded = pieces.flatMap((piece) => paddedAlongOneAxis(piece) ?? []);
  const [first] = padded;
  if (!first || padded.length !== pieces.length) return undefined;
  padded.sort((a, b) => a.start - b.start);
  const size = at(pieces, 0).shape[first.axis];
  const neighbours = padded.every(
    ({ axis, start }, i) => axis === first.axis && start === (i === 0 ? 0 : padded[i - 1]?.end),
  );
  if (!neighbours || padded.at(-1)?.end !== size) return undefined;
  return concat(
    padded.map(({ inner }) => inner),
    first.axis,
  );
}

function paddedAlongOneAxis({ source, shape }: Tensor): Padded | undefined {
  if (source.kind !== 'node' || source.operator !== 'Pad') return undefined;
  const pads = listAttribute(source.attributes, 'pads');
  const axes = shape.flatMap((_, axis) => (pads[axis] || pads[axis + shape.length] ? [axis] : []));
  const [axis] = axes;
  const inner = at(source.inputs, 0);
  if (axis === undefined || axes.length > 1) return undefined;
  const start = pads[axis] ?? 0;
  return { inner, axis, start, end: start + (inner.shape[axis] ?? 0) };
}
