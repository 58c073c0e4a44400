/** Arguments of `numerics`: a candidate against the reference, or which execution providers there are. */
import { ACCELERATORS, type NumericsCandidate } from '../../protocol/numerics.ts';
import {
  atLeastOne,
  count,
  list,
  parse,
  reportFile,
  required,
  text,
  usageError,
  type Common,
  type ReportFile,
  type Values,
} from './options.ts';

export const NUMERICS_USAGE = `  patent-lab numerics --model DIR --corpus C.jsonl … --candidate ${ACCELERATORS.join('|')}|FILE.onnx|DIR [--reference DIR]
      [--split test] [--limit N] [--report R.md|R.csv|R.json] [--seed N] [--resamples N] [--json]
  patent-lab numerics --workspace DIR --candidate … [--json]
  patent-lab numerics --providers [--json]      does another precision or device calculate the same?`;

export type NumericsCommand = NumericsCheckCommand | NumericsProvidersCommand;

export interface NumericsProvidersCommand extends Common {
  readonly name: 'numerics';
  readonly kind: 'providers';
}

export interface NumericsCheckCommand extends Common {
  readonly name: 'numerics';
  readonly kind: 'check';
  /** Folder of a classifier; absent with a workspace, which states it. */
  readonly model: string | undefined;
  readonly corpora: readonly string[];
  readonly workspace: string | undefined;
  readonly candidate: NumericsCandidate;
  /** Folder of the encoder that is held to be right. */
  readonly reference: string | undefined;
  readonly split: string | undefined;
  readonly limit: number | undefined;
  readonly report: ReportFile | undefined;
  readonly seed: number;
  readonly resamples: number;
}

export function parseNumerics(argv: readonly string[]): NumericsCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    providers: { type: 'boolean' },
    model: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    workspace: { type: 'string' },
    candidate: { type: 'string' },
    reference: { type: 'string' },
    split: { type: 'string' },
    limit: { type: 'string' },
    report: { type: 'string' },
    seed: { type: 'string' },
    resamples: { type: 'string' },
  });
  const json = values.json === true;
  if (values.providers === true) return { name: 'numerics', kind: 'providers', json };
  const workspace = text(values.workspace);
  const corpora = list(values.corpus);
  if (workspace === undefined) {
    required(values.model, 'numerics needs --model DIR (or --workspace DIR)');
    atLeastOne(corpora, 'numerics needs --corpus FILE (or --workspace DIR)');
  } else {
    const other = ['model', 'corpus'].find((option) => values[option] !== undefined);
    if (other !== undefined) throw usageError(`--${other} does not go with --workspace, which states it.`);
  }
  return {
    name: 'numerics',
    kind: 'check',
    json,
    model: text(values.model),
    corpora,
    workspace,
    candidate: candidateOf(values.candidate),
    reference: text(values.reference),
    split: text(values.split),
    limit: values.limit === undefined ? undefined : count(values.limit, '--limit', 0, 1),
    report: reportFile(values.report),
    seed: count(values.seed, '--seed', 1),
    resamples: count(values.resamples, '--resamples', 1000, 1),
  };
}

/** A provider's name is one; whatever else is given is a path. */
function candidateOf(value: Values[string]): NumericsCandidate {
  const given = required(value, `numerics needs --candidate ${ACCELERATORS.join('|')}|FILE.onnx|DIR`);
  const provider = ACCELERATORS.find((one) => one === given);
  if (given === 'cpu') throw usageError('The CPU is what candidates are held against.');
  return provider ? { kind: 'provider', provider } : { kind: 'model', path: given };
}
