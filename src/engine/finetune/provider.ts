/** Where a training's steps are computed: on an accelerator only where it makes the CPU's steps on this machine. */
import { PatentLabError } from '../../core/errors.ts';
import { stepDifference, stepFault, type TrainedSteps } from '../../core/numerics/training-steps.ts';
import {
  PROVIDER_NAMES,
  type Accelerator,
  type Provider,
  type ProviderDecision,
} from '../../protocol/numerics.ts';
import { sha256 } from '../classifier/store.ts';
import { reasonOf } from '../numerics/failure.ts';
import type { ProviderGate, Subject } from '../numerics/gate.ts';
import type { SelfCheck } from '../numerics/self-check.ts';
import { computeOn, type EngineCompute } from '../onnx/compute.ts';
import type { MemoryUse } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import {
  releaseState,
  type PlacedState,
  type Stepper,
  type StepResult,
  type TrainingState,
} from './stepper.ts';

type Stepping = Pick<Stepper, 'place' | 'read' | 'release'>;

/** A training before its first step. @typeParam S what makes its steps */
export interface Trainable<S extends Stepping> {
  /** All that determines what is computed, and for which an outcome is remembered. */
  readonly id: unknown;
  readonly start: TrainingState;
  on(compute: EngineCompute): S;
  /** The training's heaviest step: what makes it once makes all of them. @param step from 1 */
  step(sessions: S, state: PlacedState, step: number): Promise<StepResult>;
}

export interface OpenedTrainer<S> {
  readonly sessions: S;
  /** Undefined where nothing but the CPU was asked for. */
  readonly decision: ProviderDecision | undefined;
}

export interface TrainerPlace {
  readonly gate: ProviderGate | undefined;
  /** On the CPU. */
  readonly memory: MemoryUse;
}

/**
 * Trains where it may. An accelerator that fails meanwhile is remembered as unusable, so that the training goes on from
 * its checkpoint on the CPU.
 * @param computeFor replaces the runtime in tests
 * @throws `provider-failed`, and what `use` throws
 */
export async function withTrainer<S extends Stepping, T>(
  trainable: Trainable<S>,
  place: TrainerPlace,
  task: Task,
  use: (opened: OpenedTrainer<S>) => Promise<T>,
  computeFor: (provider: Provider) => EngineCompute = (provider) =>
    computeOn({ provider, memory: place.memory }),
): Promise<T> {
  const opened = await openTrainer(trainable, place, task, computeFor);
  const { sessions, decision } = opened;
  try {
    return await use(opened);
  } catch (cause) {
    if (!(cause instanceof DeviceFailure) || !decision || decision.provider === 'cpu') throw cause;
    const { provider } = decision;
    const reason = reasonOf(cause);
    await place.gate?.remember(modelOf(trainable), { provider, state: 'unusable', reason, speed: 0 });
    throw failedMeanwhile(provider, reason, cause);
  } finally {
    await sessions.release();
  }
}

async function openTrainer<S extends Stepping>(
  trainable: Trainable<S>,
  { gate }: TrainerPlace,
  task: Task,
  computeFor: (provider: Provider) => EngineCompute,
): Promise<OpenedTrainer<S>> {
  if (!gate || gate.choice === 'cpu')
    return { sessions: trainable.on(computeFor('cpu')), decision: undefined };
  task.progress('Checking the accelerator');
  const told = (provider: Provider): EngineCompute =>
    provider === 'cpu' ? computeFor(provider) : tellingFailures(computeFor(provider));
  const { one, decision } = await gate.choose(subjectOf(trainable, told), task);
  return { sessions: one, decision };
}

/** The runtime's, not one of what is done with it. */
class DeviceFailure extends Error {}

function tellingFailures(compute: EngineCompute): EngineCompute {
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw new DeviceFailure(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  };
  return {
    ...compute,
    compileHolding: async (graph, held) => {
      const executable = await told(() => compute.compileHolding(graph, held));
      return { ...executable, run: (feeds) => told(() => executable.run(feeds)) };
    },
    place: (values) => told(() => compute.place(values)),
    read: (vector) => told(() => compute.read(vector)),
  };
}

const failedMeanwhile = (provider: Accelerator, reason: string, cause: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'provider-failed',
      message: `${PROVIDER_NAMES[provider]} failed while it trained: ${reason}.`,
      remedy: 'Train again: what was learned is kept, and it goes on with that on the CPU.',
    },
    { cause },
  );

const modelOf = ({ id }: Pick<Trainable<never>, 'id'>): string => sha256(JSON.stringify(id));

/** For the notes of what was trained. */
export const trainedOn = ({ reason }: ProviderDecision): string =>
  `Trained on an accelerator, so that another machine comes to slightly other numbers: ${reason}`;

function subjectOf<S extends Stepping>(
  trainable: Trainable<S>,
  computeFor: (provider: Provider) => EngineCompute,
): Subject<S> {
  return {
    open: (provider) => Promise.resolve(trainable.on(computeFor(provider))),
    modelOf: () => modelOf(trainable),
    release: (sessions) => sessions.release(),
    check: async (reference, candidate, _, task): Promise<SelfCheck> => {
      const ours = await twoSteps(trainable, reference, task);
      const theirs = await twoSteps(trainable, candidate, task);
      const reason = stepFault(stepDifference(ours.trained, theirs.trained));
      return { passed: reason === '', reason, speed: ours.milliseconds / theirs.milliseconds };
    },
  };
}

/** Milliseconds are the last step's: the first one compiles. */
async function twoSteps<S extends Stepping>(
  trainable: Trainable<S>,
  sessions: S,
  task: Task,
): Promise<{ readonly trained: TrainedSteps; readonly milliseconds: number }> {
  const { start } = trainable;
  await task.checkpoint();
  const first = await trainable.step(sessions, await sessions.place(start), 1);
  let { state } = first;
  try {
    const { first: gradient } = await sessions.read(state);
    await task.checkpoint();
    const begun = performance.now();
    const second = await trainable.step(sessions, state, 2);
    const milliseconds = performance.now() - begun;
    ({ state } = second);
    const { parameters } = await sessions.read(state);
    return {
      trained: { losses: [first.loss, second.loss], gradient, start: start.parameters, parameters },
      milliseconds,
    };
  } finally {
    releaseState(state);
  }
}
