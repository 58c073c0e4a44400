/** Where a training's steps are computed: on an accelerator only where it makes the CPU's steps on this machine. */
import { createHash } from 'node:crypto';
import { stepDifference, stepFault, type TrainedSteps } from '../../core/numerics/training-steps.ts';
import type { Provider, ProviderDecision } from '../../protocol/numerics.ts';
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
  /** The training's first step, made once more. @param step from 1 */
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

/** @param computeFor replaces the runtime in tests */
export async function openTrainer<S extends Stepping>(
  trainable: Trainable<S>,
  { gate, memory }: TrainerPlace,
  task: Task,
  computeFor: (provider: Provider) => EngineCompute = (provider) => computeOn({ provider, memory }),
): Promise<OpenedTrainer<S>> {
  if (!gate || gate.choice === 'cpu')
    return { sessions: trainable.on(computeFor('cpu')), decision: undefined };
  task.progress('Checking the accelerator');
  const { one, decision } = await gate.choose(subjectOf(trainable, computeFor), task);
  return { sessions: one, decision };
}

/** For the notes of what was trained. */
export const trainedOn = ({ reason }: ProviderDecision): string =>
  `Trained on an accelerator, so that another machine comes to slightly other numbers: ${reason}`;

function subjectOf<S extends Stepping>(
  trainable: Trainable<S>,
  computeFor: (provider: Provider) => EngineCompute,
): Subject<S> {
  return {
    open: (provider) => Promise.resolve(trainable.on(computeFor(provider))),
    modelOf: () => createHash('sha256').update(JSON.stringify(trainable.id)).digest('hex'),
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
  const { first: gradient } = await sessions.read(first.state);
  await task.checkpoint();
  const begun = performance.now();
  const second = await trainable.step(sessions, first.state, 2);
  const milliseconds = performance.now() - begun;
  const { parameters } = await sessions.read(second.state);
  releaseState(second.state);
  return {
    trained: { losses: [first.loss, second.loss], gradient, start: start.parameters, parameters },
    milliseconds,
  };
}
