/** Arguments of `train`: a classifier from labelled documents. */
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

export const TRAIN_USAGE = `  patent-lab train --taxonomy T.json --corpus C.jsonl [--corpus D.csv …] [--split train] --out DIR [--json]
  patent-lab train --workspace DIR [--if-needed] [--restart] [--json]
      --view title|abstract|claims|first-claim|TA|TAC (default TAC)   --seed N (default 1)`;

export interface TrainCommand extends Common {
  readonly name: 'train';
  readonly source:
    | {
        readonly kind: 'workspace';
        readonly root: string;
        readonly ifNeeded: boolean;
        readonly restart: boolean;
      }
    | {
        readonly kind: 'files';
        readonly taxonomy: string;
        readonly corpora: readonly string[];
        readonly split: string | undefined;
        readonly out: string;
      };
  readonly view: View;
  readonly seed: number;
}

export function parseTrain(argv: readonly string[]): TrainCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    taxonomy: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    out: { type: 'string' },
    workspace: { type: 'string' },
    'if-needed': { type: 'boolean' },
    restart: { type: 'boolean' },
    view: { type: 'string' },
    seed: { type: 'string' },
  });
  return {
    name: 'train',
    json: values.json === true,
    source: trainingSource(values),
    view: viewOf(values.view),
    seed: count(values.seed, '--seed', 1),
  };
}

function trainingSource(values: Values): TrainCommand['source'] {
  const root = text(values.workspace);
  if (root !== undefined) {
    const other = ['taxonomy', 'corpus', 'split', 'out'].find((option) => values[option] !== undefined);
    if (other !== undefined) throw usageError(`--${other} does not go with --workspace, which states it.`);
    return {
      kind: 'workspace',
      root,
      ifNeeded: values['if-needed'] === true,
      restart: values.restart === true,
    };
  }
  for (const flag of ['if-needed', 'restart'] as const)
    if (values[flag]) throw usageError(`--${flag} needs --workspace DIR.`);
  return {
    kind: 'files',
    taxonomy: required(values.taxonomy, 'train needs --taxonomy T.json (or --workspace DIR)'),
    corpora: atLeastOne(list(values.corpus), 'train needs --corpus C.jsonl'),
    split: text(values.split),
    out: required(values.out, 'train needs --out DIR'),
  };
}
