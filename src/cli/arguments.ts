/** The command line, parsed and checked before anything is loaded. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { PatentLabError } from '../core/errors.ts';
import { USUAL_LORA, type Method } from '../core/learning/finetune/method.ts';
import { SEVERITIES, type Severity } from '../core/leakage/finding.ts';
import { VIEWS, type View } from '../core/patent/view.ts';
import type { CorpusFormat, ExistingCorpus } from '../protocol/import.ts';

export const USAGE = `patent-lab: classify patents against your own taxonomy, on your own machine.

  patent-lab inspect FILE… [--json]
      what is read from patent files: text, claims and their dependencies, codes, with spans
  patent-lab import FILE|FOLDER|ARCHIVE… --out CORPUS.jsonl|CORPUS.csv [--map M.json | --map "title=Title;id=Pub No"]
      [--overwrite | --append] [--restart] [--json]
      any files become one corpus; run it again to continue where it was interrupted, or --restart to start anew
  patent-lab import TABLE --propose
      what the columns of a table are taken for, as JSON to edit and pass to --map
  patent-lab train --taxonomy T.json --corpus C.jsonl [--corpus D.csv …] [--split train] --out DIR [--json]
  patent-lab train --workspace DIR [--if-needed] [--json]
      --view title|abstract|claims|first-claim|TA|TAC (default TAC)   --seed N (default 1)
  patent-lab classify FILE|FOLDER|C.jsonl… (--model DIR | --workspace DIR) [--json] [--top N]
  patent-lab evaluate --model DIR --corpus C.jsonl [--split test] [--seed N] [--resamples N] [--json]
  patent-lab finetune --base ENCODER --taxonomy T.json --corpus C.jsonl… --method lora|full|last-k|head --out DIR
      [--epochs N] [--batch N] [--rate R] [--rank N] [--alpha N] [--targets query,value] [--layers K] [--split train]
      [--view …] [--seed N] [--restart] [--json]
      the encoder itself is trained; run it again to continue where it was interrupted, or --restart to start anew
  patent-lab export --model DIR --out DIR [--json]
      a fine-tuned classifier's encoder as one plain ONNX file with tokenizer, labels and card
  patent-lab leakage --taxonomy T.json FILE|FOLDER|C.jsonl… [--train A.jsonl … --test B.jsonl …] [--seeds S.jsonl …]
      [--severity warning|information|hint] [--json]      (information, with --json hint)
  patent-lab leakage --workspace DIR [FILE|FOLDER|C.jsonl…] [--json]
      labels' words in the text, hidden text, documents on both sides of the split, copied passages
      --audit [--model DIR] [--report R.md|R.csv|R.json] [--seed N]   what a classifier owes to labels' words

Results go to stdout, progress and notes to stderr. Exit code 1: some documents failed; 2: nothing was done;
3: leakage found warnings.
`;

interface Common {
  readonly json: boolean;
}

export interface InspectCommand extends Common {
  readonly name: 'inspect';
  readonly files: readonly string[];
}

export interface TrainCommand extends Common {
  readonly name: 'train';
  readonly source:
    | { readonly kind: 'workspace'; readonly root: string; readonly ifNeeded: boolean }
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

export interface ExportCommand extends Common {
  readonly name: 'export';
  readonly model: string;
  readonly out: string;
}

export interface ClassifyCommand extends Common {
  readonly name: 'classify';
  readonly targets: readonly string[];
  readonly model: { readonly kind: 'folder' | 'workspace'; readonly path: string };
  /** Labels printed per document beside the assigned ones. */
  readonly top: number;
}

export interface EvaluateCommand extends Common {
  readonly name: 'evaluate';
  readonly model: string;
  readonly corpora: readonly string[];
  readonly split: string | undefined;
  readonly seed: number;
  readonly resamples: number;
}

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

export type ImportCommand = Common & { readonly name: 'import' } & (
    | { readonly kind: 'propose'; readonly file: string }
    | {
        readonly kind: 'import';
        readonly sources: readonly string[];
        readonly out: string;
        readonly format: CorpusFormat;
        /** A mapping, or a JSON file that holds one. */
        readonly map: string | undefined;
        readonly existing: ExistingCorpus;
        readonly restart: boolean;
      }
  );

export type Command =
  | { readonly name: 'help' }
  | ImportCommand
  | InspectCommand
  | TrainCommand
  | ClassifyCommand
  | EvaluateCommand
  | ExportCommand
  | FinetuneCommand
  | LeakageCommand;

const usageError = (message: string): PatentLabError =>
  new PatentLabError({ code: 'usage', message, remedy: 'See patent-lab --help.' });

export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (argv.some((argument) => argument === '--help' || argument === '-h')) return { name: 'help' };
  switch (name) {
    case undefined:
    case 'help':
      return { name: 'help' };
    case 'inspect': {
      const { values, positionals } = parse(rest, { json: { type: 'boolean' } }, true);
      return { name, json: values.json === true, files: atLeastOne(positionals, 'inspect needs a FILE') };
    }
    case 'import':
      return parseImport(rest);
    case 'train':
      return parseTrain(rest);
    case 'classify': {
      const { values, positionals } = parse(
        rest,
        {
          json: { type: 'boolean' },
          model: { type: 'string' },
          workspace: { type: 'string' },
          top: { type: 'string' },
        },
        true,
      );
      const model = text(values.model);
      const workspace = text(values.workspace);
      if ((model === undefined) === (workspace === undefined)) {
        throw usageError('classify needs either --model DIR or --workspace DIR.');
      }
      return {
        name,
        json: values.json === true,
        targets: atLeastOne(positionals, 'classify needs a FILE or a FOLDER'),
        model:
          model === undefined
            ? { kind: 'workspace', path: workspace ?? '.' }
            : { kind: 'folder', path: model },
        top: count(values.top, '--top', 3),
      };
    }
    case 'evaluate': {
      const { values } = parse(rest, {
        json: { type: 'boolean' },
        model: { type: 'string' },
        corpus: { type: 'string', multiple: true },
        split: { type: 'string' },
        seed: { type: 'string' },
        resamples: { type: 'string' },
      });
      return {
        name,
        json: values.json === true,
        model: required(values.model, 'evaluate needs --model DIR'),
        corpora: atLeastOne(list(values.corpus), 'evaluate needs --corpus FILE'),
        split: text(values.split),
        seed: count(values.seed, '--seed', 1),
        resamples: count(values.resamples, '--resamples', 1000, 1),
      };
    }
    case 'export': {
      const { values } = parse(rest, {
        json: { type: 'boolean' },
        model: { type: 'string' },
        out: { type: 'string' },
      });
      return {
        name,
        json: values.json === true,
        model: required(values.model, 'export needs --model DIR'),
        out: required(values.out, 'export needs --out DIR'),
      };
    }
    case 'finetune':
      return parseFinetune(rest);
    case 'leakage':
      return parseLeakage(rest);
    default:
      throw usageError(`There is no command "${name}".`);
  }
}

function parseImport(argv: readonly string[]): ImportCommand {
  const { values, positionals } = parse(
    argv,
    {
      json: { type: 'boolean' },
      out: { type: 'string' },
      map: { type: 'string' },
      propose: { type: 'boolean' },
      overwrite: { type: 'boolean' },
      append: { type: 'boolean' },
      restart: { type: 'boolean' },
    },
    true,
  );
  const sources = atLeastOne(positionals, 'import needs a FILE, a FOLDER or an ARCHIVE');
  const json = values.json === true;
  if (values.propose === true) {
    const [file = '', ...more] = sources;
    if (more.length > 0) throw usageError('--propose looks at one table at a time.');
    return { name: 'import', kind: 'propose', json, file };
  }
  if (values.overwrite === true && values.append === true) {
    throw usageError('--overwrite and --append exclude each other.');
  }
  const out = required(values.out, 'import needs --out CORPUS.jsonl (or .csv)');
  return {
    name: 'import',
    kind: 'import',
    json,
    sources,
    out,
    format: corpusFormat(out),
    map: text(values.map),
    existing: values.overwrite === true ? 'overwrite' : values.append === true ? 'append' : 'refuse',
    restart: values.restart === true,
  };
}

function corpusFormat(out: string): CorpusFormat {
  if (/\.jsonl$/i.test(out)) return 'jsonl';
  if (/\.csv$/i.test(out)) return 'csv';
  throw usageError(`A corpus is named .jsonl or .csv, not "${out}".`);
}

function parseLeakage(argv: readonly string[]): LeakageCommand {
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

function parseTrain(argv: readonly string[]): TrainCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    taxonomy: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    split: { type: 'string' },
    out: { type: 'string' },
    workspace: { type: 'string' },
    'if-needed': { type: 'boolean' },
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
    return { kind: 'workspace', root, ifNeeded: values['if-needed'] === true };
  }
  if (values['if-needed']) throw usageError('--if-needed needs --workspace DIR.');
  return {
    kind: 'files',
    taxonomy: required(values.taxonomy, 'train needs --taxonomy T.json (or --workspace DIR)'),
    corpora: atLeastOne(list(values.corpus), 'train needs --corpus C.jsonl'),
    split: text(values.split),
    out: required(values.out, 'train needs --out DIR'),
  };
}

/** Highest rates that are usual: adapters start from nothing and take larger steps than published weights. [ours] */
const USUAL_RATES = { lora: 1e-3, 'last-k': 5e-5, full: 3e-5, head: 0 } as const;

function parseFinetune(argv: readonly string[]): FinetuneCommand {
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
    rank: { type: 'string' },
    alpha: { type: 'string' },
    targets: { type: 'string' },
    layers: { type: 'string' },
    view: { type: 'string' },
    seed: { type: 'string' },
    restart: { type: 'boolean' },
  });
  const method = methodOf(values);
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

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(
  argv: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
  allowPositionals = false,
): { values: Values; positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause));
  }
}

const text = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined);

const list = (value: Values[string]): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

function required(value: Values[string], message: string): string {
  const given = text(value);
  if (given === undefined) throw usageError(`${message}.`);
  return given;
}

function atLeastOne(values: readonly string[], message: string): readonly string[] {
  if (values.length === 0) throw usageError(`${message}.`);
  return values;
}

function count(value: Values[string], flag: string, fallback: number, least = 0): number {
  const given = text(value);
  if (given === undefined) return fallback;
  const number = Number(given);
  if (!/^\d+$/.test(given) || !Number.isSafeInteger(number) || number < least) {
    throw usageError(`${flag} needs a whole number from ${least} on, not "${given}".`);
  }
  return number;
}

function viewOf(value: Values[string]): View {
  const given = text(value) ?? 'TAC';
  const view = VIEWS.find((one) => one === given);
  if (!view) throw usageError(`--view is one of ${VIEWS.join(', ')}, not "${given}".`);
  return view;
}
