/** Arguments of `finetune`: a classifier whose encoder is trained too. */
import { TRAINING_NUMBERS } from '../../core/corpus/training-numbers.ts';
import { USUAL_CERTAINTY } from '../../core/learning/finetune/certainty.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import { RECIPES, USUAL_PATIENCE } from '../../core/learning/finetune/recipe.ts';
import type { TrainingOptions } from '../../core/learning/finetune/training-options.ts';
import type { View } from '../../core/patent/view.ts';
import type { ProviderChoice } from '../../protocol/numerics.ts';
import { methodOf, METHOD_OPTIONS } from './method.ts';
import { dropoutOf, trainingOf, TRAINING_OPTIONS } from './training.ts';
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

export const FINETUNE_USAGE = `  patent-lab finetune --base ENCODER --taxonomy T.json --corpus C.jsonl… --method lora|full|last-k|head --out DIR
      [--epochs N] [--batch N] [--patience N] [--certainty SHARE] [--rate R] [--head-rate R] [--rank N] [--alpha N] [--targets query,value] [--layers K]
      [--accumulate N] [--schedule linear|cosine|constant] [--clip NORM] [--dropout SHARE]
      [--split train] [--view …] [--seed N] [--restart] [--json]
      [--provider cpu|auto|webgpu|cuda|dml|coreml]
      the encoder itself is trained; run it again to continue where it was interrupted, or --restart to start anew`;

export interface FinetuneCommand extends Common {
  readonly name: 'finetune';
  readonly base: string;
  readonly taxonomy: string;
  readonly corpora: readonly string[];
  readonly split: string | undefined;
  readonly out: string;
  readonly method: Method | { readonly kind: 'head' };
  readonly epochs: number;
  readonly batch: number;
  readonly patience: number;
  readonly certainty: number;
  readonly rate: number;
  readonly headRate: number;
  readonly training: TrainingOptions;
  readonly view: View;
  readonly seed: number;
  readonly restart: boolean;
  readonly provider: ProviderChoice;
}

/** Only a head is trained at once, on the CPU. */
const NOT_OF_HEAD = [
  ...['epochs', 'batch', 'patience', 'certainty', 'rate', 'head-rate', 'dropout', 'restart', 'provider'],
  ...Object.keys(TRAINING_OPTIONS),
];

export function parseFinetune(argv: readonly string[]): FinetuneCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    base: { type: 'string' },
    taxonomy: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    out: { type: 'string' },
    ...METHOD_OPTIONS,
    epochs: { type: 'string' },
    batch: { type: 'string' },
    patience: { type: 'string' },
    certainty: { type: 'string' },
    rate: { type: 'string' },
    'head-rate': { type: 'string' },
    ...TRAINING_OPTIONS,
    dropout: { type: 'string' },
    view: { type: 'string' },
    seed: { type: 'string' },
    restart: { type: 'boolean' },
    provider: { type: 'string' },
  });
  const method = methodOf(values, ['lora', 'last-k', 'full', 'head']);
  if (method.kind === 'head') {
    const foreign = NOT_OF_HEAD.find((option) => values[option] !== undefined);
    if (foreign !== undefined) throw usageError(`--${foreign} does not go with --method head.`);
  }
  const usual = RECIPES[method.kind === 'head' ? 'lora' : method.kind];
  return {
    name: 'finetune',
    json: values.json === true,
    base: required(values.base, 'finetune needs --base ENCODER (a folder with encoder.json)'),
    taxonomy: required(values.taxonomy, 'finetune needs --taxonomy T.json'),
    corpora: atLeastOne(list(values.corpus), 'finetune needs --corpus C.jsonl'),
    split: text(values.split),
    out: required(values.out, 'finetune needs --out DIR'),
    method,
    epochs: within(values.epochs, '--epochs', usual.epochs, TRAINING_NUMBERS.epochs),
    batch: within(values.batch, '--batch', usual.batch, TRAINING_NUMBERS.batch),
    patience: within(values.patience, '--patience', USUAL_PATIENCE, TRAINING_NUMBERS.patience),
    certainty: certaintyOf(values.certainty),
    rate: positive(values.rate, '--rate', usual.rate),
    headRate: positive(values['head-rate'], '--head-rate', usual.headRate),
    training: { ...trainingOf(values), dropout: dropoutOf(values.dropout) },
    view: viewOf(values.view),
    seed: count(values.seed, '--seed', 1),
    restart: values.restart === true,
    provider: providerOf(values.provider),
  };
}

function certaintyOf(value: Values[string]): number {
  const given = text(value);
  if (given === undefined) return USUAL_CERTAINTY;
  const parsed = TRAINING_NUMBERS.certainty.safeParse(Number(given));
  if (given.trim() === '' || !parsed.success)
    throw usageError(`--certainty needs a share from 0 to 1, not "${given}".`);
  return parsed.data;
}
