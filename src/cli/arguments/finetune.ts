/** Arguments of `finetune`: a classifier whose encoder is trained too. */
import type { Method } from '../../core/learning/finetune/method.ts';
import type { View } from '../../core/patent/view.ts';
import { methodOf, METHOD_OPTIONS } from './method.ts';
import { atLeastOne, count, list, parse, positive, required, text, viewOf, type Common } from './options.ts';

export const FINETUNE_USAGE = `  patent-lab finetune --base ENCODER --taxonomy T.json --corpus C.jsonl… --method lora|full|last-k|head --out DIR
      [--epochs N] [--batch N] [--rate R] [--rank N] [--alpha N] [--targets query,value] [--layers K] [--split train]
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
  readonly view: View;
  readonly seed: number;
  readonly restart: boolean;
}

/** Highest rates that are usual: adapters start from nothing and take larger steps than published weights. [ours] */
const USUAL_RATES = { lora: 1e-3, 'last-k': 5e-5, full: 3e-5, head: 0 } as const;

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
    rate: { type: 'string' },
    view: { type: 'string' },
    seed: { type: 'string' },
    restart: { type: 'boolean' },
  });
  const method = methodOf(values, ['lora', 'last-k', 'full', 'head']);
  return {
    name: 'finetune',
    json: values.json === true,
    base: required(values.base, 'finetune needs --base ENCODER (a folder with encoder.json)'),
    taxonomy: required(values.taxonomy, 'finetune needs --taxonomy T.json'),
    corpora: atLeastOne(list(values.corpus), 'finetune needs --corpus C.jsonl'),
    split: text(values.split),
    out: required(values.out, 'finetune needs --out DIR'),
    method,
    epochs: count(values.epochs, '--epochs', 10, 1),
    batch: count(values.batch, '--batch', 8, 1),
    rate: positive(values.rate, '--rate', USUAL_RATES[method.kind]),
    view: viewOf(values.view),
    seed: count(values.seed, '--seed', 1),
    restart: values.restart === true,
  };
}
