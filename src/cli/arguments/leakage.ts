/** Arguments of `leakage`: labels' words in texts, and the audit of a classifier. */
import { SEVERITIES, type Severity } from '../../core/leakage/finding.ts';
import {
  atLeastOne,
  count,
  list,
  parse,
  required,
  text,
  usageError,
  type Common,
  type Values,
} from './options.ts';

export const LEAKAGE_USAGE = `  patent-lab leakage --taxonomy T.json FILE|FOLDER|C.jsonl… [--train A.jsonl … --test B.jsonl …] [--seeds S.jsonl …]
      [--severity warning|information|hint] [--json]      (information, with --json hint)
  patent-lab leakage --workspace DIR [FILE|FOLDER|C.jsonl…] [--json]
      labels' words in the text, hidden text, documents on both sides of the split, copied passages
      --audit [--model DIR] [--report R.md|R.csv|R.json] [--seed N]   what a classifier owes to labels' words`;

export interface LeakageCommand extends Common {
  readonly name: 'leakage';
  readonly taxonomy: string | undefined;
  readonly workspace: string | undefined;
  /** On the side of the split that their records state. */
  readonly files: readonly string[];
  /** On this side, whatever their records state. */
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** What synthetic documents were made from, if it is not among the others. */
  readonly seeds: readonly string[];
  /** The least severe findings that are told. */
  readonly severity: Severity;
  readonly audit:
    | {
        readonly model: string | undefined;
        readonly report: { readonly path: string; readonly format: 'md' | 'csv' | 'json' } | undefined;
        readonly seed: number;
      }
    | undefined;
}

export function parseLeakage(argv: readonly string[]): LeakageCommand {
  const { values, positionals } = parse(
    argv,
    {
      json: { type: 'boolean' },
      taxonomy: { type: 'string' },
      workspace: { type: 'string' },
      train: { type: 'string', multiple: true },
      test: { type: 'string', multiple: true },
      seeds: { type: 'string', multiple: true },
      severity: { type: 'string' },
      audit: { type: 'boolean' },
      model: { type: 'string' },
      report: { type: 'string' },
      seed: { type: 'string' },
    },
    true,
  );
  const workspace = text(values.workspace);
  if (workspace !== undefined) {
    const other = ['taxonomy', 'train', 'test'].find((option) => values[option] !== undefined);
    if (other !== undefined) throw usageError(`--${other} does not go with --workspace, which states it.`);
  }
  const [train, test] = [list(values.train), list(values.test)];
  if (train.length > 0 !== test.length > 0) throw usageError('--train and --test go together.');
  const audit = values.audit === true;
  const lonely = audit
    ? undefined
    : ['model', 'report', 'seed'].find((option) => values[option] !== undefined);
  if (lonely !== undefined) throw usageError(`--${lonely} needs --audit.`);
  // Keywords stand in nearly every text; a person asks for them, a program takes what it needs.
  const severity = text(values.severity) ?? (values.json === true ? 'hint' : 'information');
  const least = SEVERITIES.find((one) => one === severity);
  if (!least) throw usageError(`--severity is one of ${SEVERITIES.join(', ')}, not "${severity}".`);
  if (workspace === undefined)
    atLeastOne([...positionals, ...train], 'leakage needs a FILE, a FOLDER or --workspace DIR');
  return {
    name: 'leakage',
    json: values.json === true,
    taxonomy:
      workspace === undefined
        ? required(values.taxonomy, 'leakage needs --taxonomy T.json (or --workspace DIR)')
        : undefined,
    workspace,
    files: positionals,
    train,
    test,
    seeds: list(values.seeds),
    severity: least,
    audit: audit
      ? {
          model: text(values.model),
          report: reportFile(values.report),
          seed: count(values.seed, '--seed', 1),
        }
      : undefined,
  };
}

function reportFile(value: Values[string]): NonNullable<LeakageCommand['audit']>['report'] {
  const file = text(value);
  if (file === undefined) return undefined;
  const format = (['md', 'csv', 'json'] as const).find((one) => file.toLowerCase().endsWith(`.${one}`));
  if (!format) throw usageError(`A report is named .md, .csv or .json, not "${file}".`);
  return { path: file, format };
}
