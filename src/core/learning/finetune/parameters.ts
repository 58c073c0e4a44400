/**
 * All trained numbers of a model as one flat vector, so that the state of a training is three plain arrays and a
 * checkpoint restores bit for bit. Those that weight decay applies to stand first.
 */
import { reshape, slice } from '../../graph/build.ts';
import { elementCount, type Shape, type Tensor } from '../../graph/tensor.ts';

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  /** What training starts from. */
  readonly start: Float32Array;
  /** Its learning rate over the training's; 1 where nothing is said. */
  readonly rate?: number;
}

export interface Slot {
  readonly name: string;
  readonly shape: Shape;
  readonly offset: number;
  readonly rate: number;
}

export interface Layout {
  readonly slots: readonly Slot[];
  readonly size: number;
  /** Numbers at the front that weight decay applies to. */
  readonly decayed: number;
}

/** Matrices decay; vectors (shifts, and scales of normalisations) do not, as is usual since BERT. */
const decays = ({ shape }: Parameter): boolean => shape.length > 1;

export function layoutOf(parameters: readonly Parameter[]): Layout {
  const slots: Slot[] = [];
  let size = 0;
  let decayed = 0;
  for (const group of [parameters.filter(decays), parameters.filter((one) => !decays(one))]) {
    for (const { name, shape, rate = 1 } of group) {
      slots.push({ name, shape, offset: size, rate });
      size += elementCount(shape);
    }
    if (slots.length > 0 && group[0] && decays(group[0])) decayed = size;
  }
  return { slots, size, decayed };
}

export function startValues(layout: Layout, parameters: readonly Parameter[]): Float32Array {
  const starts = new Map(parameters.map(({ name, start }) => [name, start]));
  const flat = new Float32Array(layout.size);
  for (const { name, offset } of layout.slots) flat.set(starts.get(name) ?? new Float32Array(), offset);
  return flat;
}

/** Each parameter as a tensor cut out of the flat one. */
export function cutOut(flat: Tensor, { slots }: Layout): ReadonlyMap<string, Tensor> {
  return new Map(
    slots.map(({ name, shape, offset }) => [
      name,
      reshape(slice(flat, 0, offset, offset + elementCount(shape)), shape),
    ]),
  );
}

/** One parameter's numbers, as a view. */
export function valuesOf(flat: Float32Array, { slots }: Layout, name: string): Float32Array {
  const slot = slots.find((one) => one.name === name);
  if (!slot) throw new Error(`no parameter ${name}`);
  return flat.subarray(slot.offset, slot.offset + elementCount(slot.shape));
}
