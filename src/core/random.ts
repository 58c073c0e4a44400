/**
 * Seeded random numbers: the same seed gives the same numbers on every machine, so a study can be repeated.
 *
 * The generator is xoshiro128** 1.1, its state filled by splitmix64 (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2021; https://prng.di.unimi.it). Not for anything that must be secret.
 */

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * The four 32-bit state words for a seed: two outputs of splitmix64, low half first.
 * @param seed any safe integer; a negative one counts as its 64-bit two's complement.
 * @throws RangeError when the seed is not a safe integer.
 */
export function seedWords(seed: number): [number, number, number, number] {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed must be a safe integer, not ${seed}`);
  const first = splitMix64(BigInt(seed), 1n);
  const second = splitMix64(BigInt(seed), 2n);
  return [lowWord(first), lowWord(first >> 32n), lowWord(second), lowWord(second >> 32n)];
}

/** The `draw`-th output (from 1) of splitmix64 started at `seed`. */
function splitMix64(seed: bigint, draw: bigint): bigint {
  let z = BigInt.asUintN(64, seed + draw * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

const lowWord = (value: bigint): number => Number(BigInt.asUintN(32, value));

/** One stream of random numbers. Two streams with the same seed are equal; a stream is never shared implicitly. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /**
   * @param seed a safe integer, or the four state words (unsigned 32-bit, not all 0) to start from.
   * @throws RangeError when the seed is not a safe integer, or the state is all 0 (it would stay 0 for ever).
   */
  constructor(seed: number | readonly [number, number, number, number]) {
    const [a, b, c, d] = typeof seed === 'number' ? seedWords(seed) : seed;
    if ((a | b | c | d) === 0) throw new RangeError('the state of a random stream must not be all 0');
    this.a = a | 0;
    this.b = b | 0;
    this.c = c | 0;
    this.d = d | 0;
  }

  /** The next output of the generator: an integer in [0, 2³²), every one equally likely. */
  word(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotateLeft(this.d, 11);
    return scrambled;
  }

  /** A number in [0, 1), a multiple of 2⁻⁵³; takes two words. */
  uniform(): number {
    const high = this.word() >>> 5;
    const low = this.word() >>> 6;
    return (high * 2 ** 26 + low) / TWO_53;
  }

  /**
   * An integer in [0, n), every one equally likely (words past the last whole multiple of n are drawn again).
   * @throws RangeError unless n is an integer in [1, 2³²].
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_32) {
      throw new RangeError(`the number of choices must be an integer from 1 to 2^32, not ${n}`);
    }
    const limit = TWO_32 - (TWO_32 % n);
    let drawn = this.word();
    while (drawn >= limit) drawn = this.word();
    return drawn % n;
  }

  /** Puts the items in random order, in place (Fisher–Yates; every order equally likely), and returns them. */
  shuffle<Items extends Shuffleable>(items: Items): Items {
    const slots: { [index: number]: unknown } = items;
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = slots[last];
      slots[last] = slots[other];
      slots[other] = kept;
    }
    return items;
  }

  /**
   * `count` independent draws from the integers [0, n), repeats allowed.
   * @throws RangeError unless n is an integer in [1, 2³²] and count an integer of at least 0.
   */
  choiceWithReplacement(n: number, count: number): Uint32Array {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`the number of draws must be an integer of at least 0, not ${count}`);
    }
    const drawn = new Uint32Array(count);
    for (let i = 0; i < count; i++) drawn[i] = this.integer(n);
    return drawn;
  }
}

/** What can be shuffled in place. */
export type Shuffleable =
  unknown[] | Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
