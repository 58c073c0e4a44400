/** Arguments of `evaluate`: a classifier against labelled documents. */
import { atLeastOne, count, list, parse, required, text, type Common } from './options.ts';

export const EVALUATE_USAGE = `  patent-lab evaluate --model DIR --corpus C.jsonl [--split test] [--seed N] [--resamples N] [--json]`;

export interface EvaluateCommand extends Common {
  readonly name: 'evaluate';
  readonly model: string;
  readonly corpora: readonly string[];
  readonly split: string | undefined;
  readonly seed: number;
  readonly resamples: number;
}

export function parseEvaluate(rest: readonly string[]): EvaluateCommand {
  const { values } = parse(rest, {
    json: { type: 'boolean' },
    model: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    seed: { type: 'string' },
    resamples: { type: 'string' },
  });
  return {
    name: 'evaluate',
    json: values.json === true,
    model: required(values.model, 'evaluate needs --model DIR'),
    corpora: atLeastOne(list(values.corpus), 'evaluate needs --corpus FILE'),
    split: text(values.split),
    seed: count(values.seed, '--seed', 1),
    resamples: count(values.resamples, '--resamples', 1000, 1),
  };
}
