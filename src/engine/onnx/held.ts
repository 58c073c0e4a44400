/**
 * Vectors that stay where a graph computed them. A training reads and writes its whole state in every step; carried to
 * the device and back each time, that would cost more than the step.
 */
import { multiply } from '../../core/graph/build.ts';
import { serialiseGraph } from '../../core/graph/serialise.ts';
import { input, scalar } from '../../core/graph/tensor.ts';
import { Kept } from '../kept.ts';
import { createSession, ort, type SessionOptions } from './runtime.ts';

/** A vector in single precision on a device. */
export class Held {
  readonly tensor: ort.Tensor;
  #isFreed = false;

  constructor(tensor: ort.Tensor) {
    this.tensor = tensor;
  }

  /** Frees it, once; it must not be used any more. */
  release(): void {
    if (!this.#isFreed) this.tensor.dispose();
    this.#isFreed = true;
  }
}

/** In memory, or on a device. */
export type Vector = Float32Array | Held;

export function release(vector: Vector): void {
  if (vector instanceof Held) vector.release();
}

/**
 * Carries vectors between memory and a device. The runtime's binding cannot copy them itself: a graph that gives what it
 * is given does it, with its output on one side or the other.
 */
export class Mover {
  /** By direction and size. */
  readonly #sessions: Kept<`${'to' | 'from'} ${number}`, ort.InferenceSession>;

  /** @param options with the device as provider */
  constructor(options: SessionOptions) {
    this.#sessions = new Kept((key) => {
      const [direction, size] = key.split(' ');
      const graph = { name: 'move', outputs: { y: multiply(input('x', [Number(size)]), scalar(1)) } };
      return createSession(serialiseGraph(graph), { ...options, held: direction === 'to' ? ['y'] : [] });
    });
  }

  async place(values: Float32Array): Promise<Held> {
    const session = await this.#sessions.at(`to ${values.length}`);
    const { y } = await session.run({ x: new ort.Tensor('float32', values, [values.length]) });
    if (!y) throw new Error('the runtime gave no output');
    return new Held(y);
  }

  async read({ tensor }: Held): Promise<Float32Array> {
    const session = await this.#sessions.at(`from ${tensor.size}`);
    const { y } = await session.run({ x: tensor });
    if (!(y?.data instanceof Float32Array)) throw new Error('the runtime gave no vector');
    return y.data;
  }

  release(): Promise<void> {
    return this.#sessions.release();
  }
}
