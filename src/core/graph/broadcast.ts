/** NumPy-style broadcasting, which ONNX's element-wise operators share. */
import { elementCount, type Shape } from './tensor.ts';

export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new Error(`shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    }
    return Math.max(x, y) * Math.min(x, y, 1);
  });
}

/** Axes of `from` along which a tensor of shape `to` was repeated to reach it. */
export function broadcastAxes(from: Shape, to: Shape): readonly number[] {
  const lead = from.length - to.length;
  return from.flatMap((size, axis) => (axis < lead || (to[axis - lead] === 1 && size !== 1) ? [axis] : []));
}

/** For each element of `target`, the index of the element of a `source`-shaped tensor that stands there. */
export function broadcastIndices(source: Shape, target: Shape): Int32Array {
  const lead = target.length - source.length;
  const strides = new Array<number>(target.length).fill(0);
  for (let axis = source.length - 1, stride = 1; axis >= 0; axis--) {
    const size = source[axis] ?? 1;
    strides[axis + lead] = size === 1 ? 0 : stride;
    stride *= size;
  }
  const indices = new Int32Array(elementCount(target));
  const position = new Array<number>(target.length).fill(0);
  for (let i = 0, index = 0; i < indices.length; i++) {
    indices[i] = index;
    for (let axis = target.length - 1; axis >= 0; axis--) {
      const next = (position[axis] ?? 0) + 1;
      index += strides[axis] ?? 0;
      if (next < (target[axis] ?? 1)) {
        position[axis] = next;
        break;
      }
      position[axis] = 0;
      index -= (strides[axis] ?? 0) * (target[axis] ?? 1);
    }
  }
  return indices;
}
