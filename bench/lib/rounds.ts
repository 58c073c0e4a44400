/**
 * Timing on machines that are never quiet: contenders take turns in short rounds, in an order that is reversed every
 * other round, and what is compared is the median of the rounds' ratios. Nothing here passes or fails.
 */
import { cpus, loadavg } from 'node:os';

export interface Contender {
  readonly name: string;
  /** One round's work; everything else belongs outside. */
  run(round: number): Promise<void> | void;
}

/** Milliseconds of each round by contender. */
export type Timings = ReadonlyMap<string, readonly number[]>;

export async function takeTurns(contenders: readonly Contender[], rounds: number): Promise<Timings> {
  const timings = new Map(contenders.map(({ name }): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run } of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      const started = performance.now();
      await run(round);
      timings.get(name)?.push(performance.now() - started);
    }
  }
  return timings;
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[Math.max(0, Math.min(sorted.length - 1, index))] ?? Number.NaN;
  return {
    min: at(0),
    median: sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2,
    max: at(sorted.length - 1),
  };
}

export const mean = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;

/** How many times faster `ours` was, round by round. */
export function speedups(timings: Timings, ours: string, peer: string): readonly number[] {
  const theirs = timings.get(peer) ?? [];
  return (timings.get(ours) ?? []).map((time, round) => (theirs[round] ?? Number.NaN) / time);
}

/** `12.3 (min 11.0, max 15.2)`. */
export function show(values: readonly number[], digits = 2): string {
  const { min, median, max } = spread(values);
  return `${median.toFixed(digits)} (min ${min.toFixed(digits)}, max ${max.toFixed(digits)})`;
}

export function describeMachine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${process.platform}-${process.arch}, Node ${process.versions.node}`;
}

export function printMachine(): void {
  console.log(`${describeMachine()}; load average at the start ${(loadavg()[0] ?? 0).toFixed(1)}`);
}
