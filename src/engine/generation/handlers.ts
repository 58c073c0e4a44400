/** The requests of the host that make synthetic documents. */
import { PatentLabError } from '../../core/errors.ts';
import { formatPlan, parsePlan, type GenerationPlan } from '../../core/generation/plan.ts';
import type {
  Estimate,
  GenerationEvent,
  GenerationResult,
  PlanParams,
  RunGenerationParams,
} from '../../protocol/generation.ts';
import type { Task } from '../task.ts';
import type { ClientContext, OpenClient } from './client.ts';
import { estimate } from './estimate.ts';
import { runGeneration } from './session.ts';

export class GenerationHandlers {
  readonly #openClient: OpenClient;
  readonly #context: Omit<ClientContext, 'access'>;

  constructor(openClient: OpenClient, context: Omit<ClientContext, 'access'>) {
    this.#openClient = openClient;
    this.#context = context;
  }

  async estimate(params: PlanParams): Promise<Estimate> {
    return estimate({ ...params, plan: checked(params.plan) });
  }

  run(
    { root, plan, access, existing, most }: RunGenerationParams,
    task: Task,
    tell: (event: GenerationEvent) => void,
  ): Promise<GenerationResult> {
    return runGeneration(
      { root, plan: checked(plan), existing, ...(most === undefined ? {} : { most }) },
      { openClient: this.#openClient, context: { ...this.#context, access }, tell },
      task,
    );
  }
}

/** A plan from another process is read like one from a file. */
function checked(plan: GenerationPlan): GenerationPlan {
  try {
    return parsePlan(formatPlan(plan), 'the plan');
  } catch (cause) {
    if (!(cause instanceof PatentLabError)) throw cause;
    // Places speak of a text that nobody has seen.
    const { code, message, remedy } = cause.report();
    throw new PatentLabError({ code, message, remedy });
  }
}
