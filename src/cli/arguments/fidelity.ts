/** Arguments of `fidelity`: synthetic documents beside real ones. */
import {
  atLeastOne,
  count,
  list,
  parse,
  reportFile,
  text,
  usageError,
  type Common,
  type ReportFile,
} from './options.ts';

export const FIDELITY_USAGE = `  patent-lab fidelity --real A.jsonl … --synthetic B.jsonl … [--model DIR] [--taxonomy T.json] [--json]
  patent-lab fidelity --workspace DIR [--synthetic FILE | --run NAME] [--json]
      [--report R.md|R.csv|R.json] [--permutations N] [--seed N]      how close, how varied, how copied`;

export interface FidelityCommand extends Common {
  readonly name: 'fidelity';
  readonly real: readonly string[];
  readonly synthetic: readonly string[];
  readonly workspace: string | undefined;
  /** Only what this generation run made. */
  readonly run: string | undefined;
  readonly model: string | undefined;
  readonly taxonomy: string | undefined;
  readonly report: ReportFile | undefined;
  readonly permutations: number;
  readonly seed: number;
}

export function parseFidelity(argv: readonly string[]): FidelityCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    real: { type: 'string', multiple: true },
    synthetic: { type: 'string', multiple: true },
    workspace: { type: 'string' },
    run: { type: 'string' },
    model: { type: 'string' },
    taxonomy: { type: 'string' },
    report: { type: 'string' },
    permutations: { type: 'string' },
    seed: { type: 'string' },
  });
  const workspace = text(values.workspace);
  const run = text(values.run);
  const [real, synthetic] = [list(values.real), list(values.synthetic)];
  if (workspace === undefined) {
    atLeastOne(real, 'fidelity needs --real FILE (or --workspace DIR)');
    atLeastOne(synthetic, 'fidelity needs --synthetic FILE (or --workspace DIR)');
    if (run !== undefined) throw usageError('--run needs --workspace, which knows the runs.');
  } else {
    const other = ['real', 'taxonomy'].find((option) => values[option] !== undefined);
    if (other !== undefined) throw usageError(`--${other} does not go with --workspace, which states it.`);
    if (synthetic.length > 1) throw usageError('--workspace takes one --synthetic FILE at a time.');
    if (synthetic.length > 0 && run !== undefined) throw usageError('Give --synthetic or --run, not both.');
  }
  return {
    name: 'fidelity',
    json: values.json === true,
    real,
    synthetic,
    workspace,
    run,
    model: text(values.model),
    taxonomy: text(values.taxonomy),
    report: reportFile(values.report),
    permutations: count(values.permutations, '--permutations', 200, 1),
    seed: count(values.seed, '--seed', 1),
  };
}
