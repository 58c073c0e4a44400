/** Arguments of `study`: whether synthetic documents help. */
import { FAMILIES, SCHEDULES, type FamilyId, type Schedule } from '../../core/study/plan.ts';
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

export const STUDY_USAGE = `  patent-lab study --plan S.study.json [--workspace DIR] [--resume] [--estimate] [--report R.md|R.csv|R.json] [--json]
  patent-lab study --workspace DIR [--resume] [--estimate] [--report …] [--json]
  patent-lab study --taxonomy T.json --real R.jsonl … --synthetic S.jsonl … [--test T.jsonl …]
      [--resume] [--estimate] [--report …] [--json]   without --test, the real documents of split "test" or some held out
      --regime N|P% … (default 165 and 100%)   --seeds N (default 5)   --seed N (default 0)
      --schedule fixed-epochs|step-matched|convergence …   --family encoder-linear|encoder-mlp|tfidf-linear|lora|full …
      --view title|abstract|claims|first-claim|TA|TAC (default TAC)   --resamples N (default 10000)
      --threads N (default: the machine's, at most 4; the numbers are the same with any)
      do synthetic documents help? with intervals, apart from volume, steps, loss and threshold`;

export interface StudyCommand extends Common {
  readonly name: 'study';
  readonly source:
    | { readonly kind: 'plan'; readonly file: string; readonly workspace: string | undefined }
    | { readonly kind: 'workspace'; readonly workspace: string }
    | {
        readonly kind: 'files';
        readonly taxonomy: string;
        readonly real: readonly string[];
        readonly synthetic: readonly string[];
        readonly test: readonly string[];
        readonly regimes: readonly (number | string)[];
        readonly schedules: readonly Schedule[];
        readonly families: readonly FamilyId[];
        readonly seeds: number;
        readonly seed: number;
        readonly view: View;
        readonly resamples: number;
      };
  readonly resume: boolean;
  /** Only tells what it would take. */
  readonly estimate: boolean;
  readonly report: { readonly path: string; readonly format: 'md' | 'csv' | 'json' } | undefined;
  readonly threads: number | undefined;
}

const OF_FILES = [
  'taxonomy',
  'real',
  'synthetic',
  'test',
  'regime',
  'schedule',
  'family',
  'seeds',
  'seed',
  'view',
  'resamples',
] as const;

export function parseStudy(argv: readonly string[]): StudyCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    plan: { type: 'string' },
    workspace: { type: 'string' },
    resume: { type: 'boolean' },
    estimate: { type: 'boolean' },
    report: { type: 'string' },
    threads: { type: 'string' },
    taxonomy: { type: 'string' },
    real: { type: 'string', multiple: true },
    synthetic: { type: 'string', multiple: true },
    test: { type: 'string', multiple: true },
    regime: { type: 'string', multiple: true },
    schedule: { type: 'string', multiple: true },
    family: { type: 'string', multiple: true },
    seeds: { type: 'string' },
    seed: { type: 'string' },
    view: { type: 'string' },
    resamples: { type: 'string' },
  });
  return {
    name: 'study',
    json: values.json === true,
    source: sourceOf(values),
    resume: values.resume === true,
    estimate: values.estimate === true,
    report: reportFile(values.report),
    threads: values.threads === undefined ? undefined : count(values.threads, '--threads', 1, 1),
  };
}

function sourceOf(values: Values): StudyCommand['source'] {
  const [file, workspace] = [text(values.plan), text(values.workspace)];
  if (file !== undefined || workspace !== undefined) {
    const other = OF_FILES.find((option) => values[option] !== undefined);
    const stated = file === undefined ? '--workspace' : '--plan';
    if (other !== undefined) throw usageError(`--${other} does not go with ${stated}, which states it.`);
    if (file !== undefined) return { kind: 'plan', file, workspace };
    if (workspace !== undefined) return { kind: 'workspace', workspace };
  }
  return {
    kind: 'files',
    taxonomy: required(
      values.taxonomy,
      'study needs --plan S.study.json, --workspace DIR or --taxonomy T.json',
    ),
    real: atLeastOne(list(values.real), 'study needs --real R.jsonl'),
    synthetic: atLeastOne(list(values.synthetic), 'study needs --synthetic S.jsonl'),
    test: list(values.test),
    regimes: list(values.regime).map(regime),
    schedules: list(values.schedule).map((one) => oneOf(one, SCHEDULES, '--schedule')),
    families: list(values.family).map((one) => oneOf(one, FAMILIES, '--family')),
    seeds: count(values.seeds, '--seeds', 5, 1),
    seed: count(values.seed, '--seed', 0),
    view: viewOf(values.view),
    resamples: count(values.resamples, '--resamples', 10_000, 100),
  };
}

function regime(given: string): number | string {
  if (/^\d+$/.test(given) && Number(given) >= 2) return Number(given);
  if (/^(?:100|[1-9]?\d(?:\.\d+)?)%$/.test(given)) return given;
  throw usageError(`--regime is a number of documents from 2 on or a share such as 10%, not "${given}".`);
}

function oneOf<T extends string>(given: string, known: readonly T[], flag: string): T {
  const found = known.find((one) => one === given);
  if (found === undefined) throw usageError(`${flag} is one of ${known.join(', ')}, not "${given}".`);
  return found;
}

function reportFile(value: Values[string]): StudyCommand['report'] {
  const path = text(value);
  if (path === undefined) return undefined;
  const format = (['md', 'csv', 'json'] as const).find((one) => path.toLowerCase().endsWith(`.${one}`));
  if (!format) throw usageError(`--report writes .md, .csv or .json, not "${path}".`);
  return { path, format };
}
