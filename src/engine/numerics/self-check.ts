/** The short check before a provider is first used: the built-in texts, without labels, against the CPU. */
import { compareOutputs } from '../../core/numerics/compare.ts';
import { criteriaOf, verdictOf, type Criterion } from '../../core/numerics/verdict.ts';
import { CRITERION_NAMES, cosineText } from '../../core/numerics/words.ts';
import type { Encoder } from '../encoder/encoder.ts';
import type { Task } from '../task.ts';
import { measurePair } from './measure.ts';
import { SELF_CHECK_TEXTS } from './self-check-texts.ts';

export interface SelfCheck {
  readonly passed: boolean;
  /** Why not, as a clause. */
  readonly reason: string;
  /** Documents a second by those of the reference. */
  readonly speed: number;
}

export async function selfCheck(
  reference: Encoder,
  candidate: Encoder,
  name: string,
  task: Task,
): Promise<SelfCheck> {
  const { reference: ours, candidate: theirs } = await measurePair(
    SELF_CHECK_TEXTS,
    { reference, candidate, name },
    undefined,
    task,
  );
  const comparison = compareOutputs({
    documents: SELF_CHECK_TEXTS.length,
    dimension: reference.dimension,
    labels: 0,
    reference: ours.outputs,
    candidate: theirs.outputs,
  });
  const criteria = criteriaOf(comparison, 'execution');
  return {
    passed: verdictOf(criteria) === 'passed',
    reason: criteria
      .filter(({ met }) => met === false)
      .map(clause)
      .join(', '),
    speed: ours.documentsPerSecond === 0 ? 0 : theirs.documentsPerSecond / ours.documentsPerSecond,
  };
}

const clause = ({ name, value, limit }: Criterion): string =>
  `${CRITERION_NAMES[name]}: ${name === 'worst-cosine' ? cosineText(value) : String(value)} where ${limit} is the limit`;
