/**
 * Vectors that stay where a graph computed them. A training reads and writes its whole state in every step; carried to
 * the device and back each time, that would cost more than the step.
 */
import { multiply } from '../../core/graph/build.ts';
import { serialiseGraph } from '../../core/graph/serialise.ts';
import { input, scalar } from '../../core/graph/tensor.ts';
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
  readonly #options: SessionOptions;
  readonly #sessions = new Map<string, Promise<ort.InferenceSession>>();

  /** @param options with the device as provider */
  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async place(values: Float32Array): Promise<Held> {
    const session = await this.#session(values.length, ['y']);
    const { y } = await session.run({ x: new ort.Tensor('float32', values, [values.length]) });
    if (!y) throw new Error('the runtime gave no output');
    return new Held(y);
  }

  async read({ tensor }: Held): Promise<Float32Array> {
    const session = await this.#session(tensor.size, []);
    const { y } = await session.run({ x: tensor });
    if (!(y?.data instanceof Float32Array)) throw new Error('the runtime gave no vector');
    return y.data;
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await (await session).release();
    this.#sessions.clear();
  }

  #session(size: number, held: readonly string[]): Promise<ort.InferenceSession> {
    const name = `${size} ${held.join()}`;
    const known = this.#sessions.get(name);
    if (known) return known;
    const graph = { name: 'move', outputs: { y: multiply(input('x', [size]), scalar(1)) } };
    const made = createSession(serialiseGraph(graph), { ...this.#options, held });
    this.#sessions.set(name, made);
    return made;
  }
}
