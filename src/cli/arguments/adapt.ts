/** Arguments of `adapt`: an encoder trained on unlabelled patents. */
import { TRAINING_NUMBERS } from '../../core/corpus/training-numbers.ts';
import { USUAL_TEMPERATURE } from '../../core/learning/adaptation/contrastive.ts';
import { USUAL_SHARE } from '../../core/learning/adaptation/masks.ts';
import { USUAL_BATCH, USUAL_EPOCHS, USUAL_RATES } from '../../core/learning/adaptation/recipe.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import type { TrainingOptions } from '../../core/learning/finetune/training-options.ts';
import { PAIRS, type AdaptationObjective, type Pairs } from '../../engine/adaptation/request.ts';
import type { ProviderChoice } from '../../protocol/numerics.ts';
import { methodOf, METHOD_OPTIONS } from './method.ts';
import {
  atLeastOne,
  count,
  list,
  parse,
  positive,
  providerOf,
  required,
  text,
  usageError,
  viewOf,
  within,
  type Common,
  type Values,
} from './options.ts';
import { trainingOf, TRAINING_OPTIONS } from './training.ts';

export const ADAPT_USAGE = `  patent-lab adapt --base ENCODER --corpus C.jsonl… --objective mlm|contrastive --out DIR
      [--mask-share 0.15] [--view …] [--temperature 0.05] [--pairs abstract-claims|title-abstract]
      [--method lora|full|last-k] [--rank N] [--alpha N] [--targets …] [--layers K] [--epochs N] [--batch N] [--rate R]
      [--accumulate N] [--schedule linear|cosine|constant] [--clip NORM] [--split train] [--seed N] [--restart] [--provider cpu|auto|webgpu|cuda|dml|coreml]
      [--json]
      an encoder trained on your unlabelled patents: by guessing hidden words, or by telling which claims belong to an
      abstract; the result is an encoder folder for --base; run it again to continue where it was interrupted`;

export interface AdaptCommand extends Common {
  readonly name: 'adapt';
  readonly base: string;
  readonly corpora: readonly string[];
  readonly split: string | undefined;
  readonly out: string;
  readonly objective: AdaptationObjective;
  readonly method: Method;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly training: Omit<TrainingOptions, 'dropout'>;
  readonly seed: number;
  readonly restart: boolean;
  readonly provider: ProviderChoice;
}

export function parseAdapt(argv: readonly string[]): AdaptCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    base: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    out: { type: 'string' },
    objective: { type: 'string' },
    ...METHOD_OPTIONS,
    epochs: { type: 'string' },
    batch: { type: 'string' },
    rate: { type: 'string' },
    ...TRAINING_OPTIONS,
    'mask-share': { type: 'string' },
    temperature: { type: 'string' },
    pairs: { type: 'string' },
    view: { type: 'string' },
    seed: { type: 'string' },
    restart: { type: 'boolean' },
    provider: { type: 'string' },
  });
  const objective = objectiveOf(values);
  const method = methodOf(values, ['lora', 'last-k', 'full']);
  const training = trainingOf(values);
  if (objective.kind === 'contrastive' && training.accumulate > 1) {
    throw usageError(
      '--accumulate does not go with --objective contrastive: each batch has its own negatives, so that several are not one large batch.',
    );
  }
  return {
    name: 'adapt',
    json: values['json'] === true,
    base: required(values['base'], 'adapt needs --base ENCODER (a folder with encoder.json)'),
    corpora: atLeastOne(list(values['corpus']), 'adapt needs --corpus C.jsonl'),
    split: text(values['split']),
    out: required(values['out'], 'adapt needs --out DIR'),
    objective,
    method,
    epochs: within(values['epochs'], '--epochs', USUAL_EPOCHS, TRAINING_NUMBERS.epochs),
    batch: count(values['batch'], '--batch', USUAL_BATCH, objective.kind === 'contrastive' ? 2 : 1),
    rate: positive(values['rate'], '--rate', USUAL_RATES[method.kind]),
    training,
    seed: count(values['seed'], '--seed', 1),
    restart: values['restart'] === true,
    provider: providerOf(values['provider']),
  };
}

function objectiveOf(values: Values): AdaptationObjective {
  const kind = required(values['objective'], 'adapt needs --objective mlm or contrastive');
  const refuse = (option: string): void => {
    if (values[option] !== undefined) {
      throw usageError(`--${option} does not go with --objective ${kind}.`);
    }
  };
  switch (kind) {
    case 'mlm': {
      refuse('temperature');
      refuse('pairs');
      const share = positive(values['mask-share'], '--mask-share', USUAL_SHARE);
      if (share >= 1) throw usageError(`--mask-share is below 1, not ${share}.`);
      return { kind, share, view: viewOf(values['view']) };
    }
    case 'contrastive':
      refuse('mask-share');
      refuse('view');
      return {
        kind,
        temperature: positive(values['temperature'], '--temperature', USUAL_TEMPERATURE),
        pairs: pairsOf(text(values['pairs']) ?? 'abstract-claims'),
      };
    default:
      throw usageError(`--objective is mlm or contrastive, not "${kind}".`);
  }
}

function pairsOf(given: string): Pairs {
  const pairs = PAIRS.find((one) => one === given);
  if (!pairs) throw usageError(`--pairs is one of ${PAIRS.join(', ')}, not "${given}".`);
  return pairs;
}
