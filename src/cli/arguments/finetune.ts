/** Arguments of `finetune`: a classifier whose encoder is trained too. */
import { USUAL_LORA, type Method } from '../../core/learning/finetune/method.ts';
import { RECIPES } from '../../core/learning/finetune/recipe.ts';
import type { View } from '../../core/patent/view.ts';
import {
  atLeastOne,
  count,
  list,
  parse,
  required,
  text,
  usageError,
  viewOf,
  type Common,
  type Values,
} from './options.ts';

export const FINETUNE_USAGE = `  patent-lab finetune --base ENCODER --taxonomy T.json --corpus C.jsonl… --method lora|full|last-k|head --out DIR
      [--epochs N] [--batch N] [--rate R] [--head-rate R] [--rank N] [--alpha N] [--targets query,value] [--layers K] [--split train]
      [--view …] [--seed N] [--restart] [--json]
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
  readonly rate: number;
  readonly headRate: number;
  readonly view: View;
  readonly seed: number;
  readonly restart: boolean;
}

export function parseFinetune(argv: readonly string[]): FinetuneCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    base: { type: 'string' },
    taxonomy: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    out: { type: 'string' },
    method: { type: 'string' },
    epochs: { type: 'string' },
    batch: { type: 'string' },
    rate: { type: 'string' },
    'head-rate': { type: 'string' },
    rank: { type: 'string' },
    alpha: { type: 'string' },
    targets: { type: 'string' },
    layers: { type: 'string' },
    view: { type: 'string' },
    seed: { type: 'string' },
    restart: { type: 'boolean' },
  });
  const method = methodOf(values);
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
    epochs: count(values.epochs, '--epochs', usual.epochs, 1),
    batch: count(values.batch, '--batch', usual.batch, 1),
    rate: positive(values.rate, '--rate', usual.rate),
    headRate: positive(values['head-rate'], '--head-rate', usual.headRate),
    view: viewOf(values.view),
    seed: count(values.seed, '--seed', 1),
    restart: values.restart === true,
  };
}

function methodOf(values: Values): FinetuneCommand['method'] {
  const kind = text(values.method) ?? 'lora';
  const own: Readonly<Record<string, readonly string[]>> = {
    lora: ['rank', 'alpha', 'targets'],
    'last-k': ['layers'],
    full: [],
    head: [],
  };
  const allowed = own[kind];
  if (!allowed) throw usageError(`--method is one of ${Object.keys(own).join(', ')}, not "${kind}".`);
  const foreign = Object.values(own)
    .flat()
    .find((option) => values[option] !== undefined && !allowed.includes(option));
  if (foreign !== undefined) throw usageError(`--${foreign} does not go with --method ${kind}.`);
  switch (kind) {
    case 'lora': {
      const rank = count(values.rank, '--rank', USUAL_LORA.rank, 1);
      const targets = text(values.targets)?.split(',') ?? USUAL_LORA.targets;
      return { kind, rank, alpha: count(values.alpha, '--alpha', 2 * rank, 1), targets };
    }
    case 'last-k':
      return { kind, layers: count(values.layers, '--layers', 2, 1) };
    case 'full':
      return { kind };
    default:
      return { kind: 'head' };
  }
}

function positive(value: Values[string], flag: string, fallback: number): number {
  const given = text(value);
  if (given === undefined) return fallback;
  const number = Number(given);
  if (!Number.isFinite(number) || number <= 0)
    throw usageError(`${flag} needs a positive number, not "${given}".`);
  return number;
}
