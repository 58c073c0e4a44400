/**
 * The gate before accelerators: what is calculated runs on one only after it gave the CPU's results on this machine, with
 * this runtime and driver and these weights. It says what it chose and why, and falls back to the CPU.
 */
import { unreachable } from '../../core/errors.ts';
import {
  PROVIDER_NAMES,
  type Accelerator,
  type Provider,
  type ProviderChoice,
  type ProviderDecision,
} from '../../protocol/numerics.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import { isCancelled, quietTask, type Task } from '../task.ts';
import { reasonOf } from './failure.ts';
import { machineFingerprint } from './machine.ts';
import { outcomeKey, Outcomes, type Outcome, type OutcomeKey } from './outcomes.ts';
import { realProviders, type LoadOn, type Providers } from './providers.ts';
import { selfCheck, type SelfCheck } from './self-check.ts';

/** `auto` takes an accelerator only where it is at least this many times as fast as the CPU. [ours] */
const WORTH_IT = 1.1;

export interface GateOptions {
  readonly choice?: ProviderChoice;
  readonly providers?: Providers;
  readonly outcomes?: Outcomes;
  readonly machine?: () => Promise<string>;
  readonly onDecision?: (decision: ProviderDecision) => void;
}

/** What runs on an accelerator or the CPU, and how it is held against itself there. */
export interface Subject<T> {
  open(provider: Provider): Promise<T>;
  /** What outcomes are remembered for: a hash of all that is calculated. */
  modelOf(reference: T): string;
  check(reference: T, candidate: T, name: string, task: Task): Promise<SelfCheck>;
  release(one: T): Promise<void>;
}

export interface Chosen<T> {
  readonly one: T;
  readonly decision: ProviderDecision;
}

type Judged = Pick<Outcome, 'provider' | 'state' | 'reason' | 'speed'>;

export class ProviderGate {
  readonly providers: Providers;
  readonly #outcomes: Outcomes;
  readonly #machine: () => Promise<string>;
  readonly #onDecision: (decision: ProviderDecision) => void;
  /** Encoders are opened one after another: two checks at once would each find the other slow. */
  #opening: Promise<unknown> = Promise.resolve();
  choice: ProviderChoice;

  constructor({ choice = 'cpu', providers, outcomes, machine, onDecision }: GateOptions = {}) {
    this.choice = choice;
    this.providers = providers ?? realProviders;
    this.#outcomes = outcomes ?? new Outcomes();
    this.#machine = machine ?? machineFingerprint;
    this.#onDecision = onDecision ?? (() => undefined);
  }

  /** The encoder on what the choice allows. Only the CPU's own failures are thrown. */
  async open(load: LoadOn<Provider>): Promise<Encoder> {
    if (this.choice === 'cpu') return load('cpu');
    const { one, decision } = await this.choose(this.#encoderOf(load), quietTask);
    this.#onDecision(decision);
    return one;
  }

  /** Anything on what the choice allows, and why it is there. Only the CPU's own failures are thrown. */
  choose<T>(subject: Subject<T>, task: Task): Promise<Chosen<T>> {
    const opened = this.#opening.then(() => this.#choose(subject, task));
    this.#opening = opened.catch(() => undefined);
    return opened;
  }

  /** Keeps what a whole check came to, so that the next start goes by it. */
  async remember(model: string, { provider, state, reason, speed }: Judged): Promise<void> {
    await this.#outcomes.record({ ...(await this.#key(provider, model)), state, reason, speed });
  }

  #encoderOf(load: LoadOn<Provider>): Subject<Encoder> {
    return {
      open: (provider) => (provider === 'cpu' ? load(provider) : this.providers.open(provider, load)),
      modelOf: ({ spec }) => spec.sha256,
      check: selfCheck,
      release: (encoder) => encoder.release(),
    };
  }

  async #choose<T>(subject: Subject<T>, task: Task): Promise<Chosen<T>> {
    const reference = await subject.open('cpu');
    try {
      return await this.#best(reference, subject, task);
    } catch (cause) {
      await subject.release(reference);
      throw cause;
    }
  }

  async #best<T>(reference: T, subject: Subject<T>, task: Task): Promise<Chosen<T>> {
    const judged = new Map<Accelerator, Judged>();
    for (const provider of this.#candidates()) {
      judged.set(provider, await this.#judge(provider, reference, subject, task));
    }
    const worth = [...judged.values()]
      .filter(({ state, speed }) => state === 'passed' && (this.choice !== 'auto' || speed >= WORTH_IT))
      .sort((a, b) => b.speed - a.speed);
    for (const { provider, speed } of worth) {
      try {
        const one = await subject.open(provider);
        const reason = `${PROVIDER_NAMES[provider]} passed the numerics check on this machine, at ${times(speed)} the speed of the CPU.`;
        await subject.release(reference);
        return { one, decision: { provider, reason } };
      } catch (cause) {
        const unusable = { provider, state: 'unusable', reason: reasonOf(cause), speed: 0 } as const;
        await this.remember(subject.modelOf(reference), unusable);
        judged.set(provider, unusable);
      }
    }
    const reason = this.#whyCpu([...judged.values()]);
    return { one: reference, decision: { provider: 'cpu', reason } };
  }

  #candidates(): readonly Accelerator[] {
    if (this.choice === 'cpu') return [];
    return this.choice === 'auto' ? this.providers.offered() : [this.choice];
  }

  async #judge<T>(provider: Accelerator, reference: T, subject: Subject<T>, task: Task): Promise<Judged> {
    const key = await this.#key(provider, subject.modelOf(reference));
    const known = await this.#outcomes.find(key);
    if (known) return known;
    const standing = await this.providers.standing(provider);
    // What is not there costs nothing to find out again, and may have been installed by then.
    if (standing.state === 'absent')
      return { provider, state: 'unusable', reason: standing.reason, speed: 0 };
    if (standing.state === 'failed') {
      return this.#record(key, { state: 'unusable', reason: standing.reason, speed: 0 });
    }
    await this.#record(key, { state: 'trying', reason: 'it ended the engine when it was tried', speed: 0 });
    try {
      const candidate = await subject.open(provider);
      try {
        const name = PROVIDER_NAMES[provider];
        const { passed, reason, speed } = await subject.check(reference, candidate, name, task);
        return await this.#record(key, { state: passed ? 'passed' : 'refused', reason, speed });
      } finally {
        await subject.release(candidate);
      }
    } catch (cause) {
      if (isCancelled(cause)) {
        await this.#outcomes.forget(key);
        throw cause;
      }
      const reason = reasonOf(cause);
      return this.#record(key, { state: 'unusable', reason, speed: 0 });
    }
  }

  async #record(key: OutcomeKey, outcome: Omit<Judged, 'provider'>): Promise<Judged> {
    await this.#outcomes.record({ ...key, ...outcome });
    return { provider: key.provider, ...outcome };
  }

  async #key(provider: Accelerator, model: string): Promise<OutcomeKey> {
    return outcomeKey(provider, model, runtimeVersion(), await this.#machine());
  }

  #whyCpu(judged: readonly Judged[]): string {
    if (judged.length === 0) return 'The CPU, because ONNX Runtime has no accelerator for this platform.';
    return `The CPU. ${judged.map((one) => `${PROVIDER_NAMES[one.provider]}: ${why(one)}.`).join(' ')}`;
  }
}

const times = (speed: number): string => `${speed < 100 ? speed.toPrecision(2) : speed.toFixed(0)} times`;

function why({ state, reason, speed }: Judged): string {
  switch (state) {
    case 'passed':
      return `it passed the numerics check, but is no faster (${times(speed)} the speed of the CPU)`;
    case 'refused':
      return `it did not pass the numerics check (${reason})`;
    case 'unusable':
    case 'trying':
      return reason;
    default:
      return unreachable(state);
  }
}
