/** Arguments of `generate`: synthetic documents from a plan, and a first plan. */
import path from 'node:path';
import { MODEL_CLIENTS, PLAN_SUFFIX, type ModelChoice } from '../../core/generation/plan.ts';
import { STRATEGIES, type Strategy } from '../../core/corpus/origin.ts';
import { TINYLLAMA } from '../../engine/models/catalog.ts';
import type { NamedFiles } from '../../engine/workspace/workspace.ts';
import type { ExistingRun, ModelFile } from '../../protocol/generation.ts';
import { count, list, parse, required, text, usageError, type Common, type Values } from './options.ts';

export const GENERATE_USAGE = `  patent-lab generate --propose --workspace DIR|(--taxonomy T.json --corpus C.jsonl …) [--out P.generation.json]
      a first plan by the labels that lack documents, on stdout without --out
      [--client built-in|endpoint:NAME] [--model M]   the built-in model when left out
      [--strategy conditioned|paraphrase] [--name N] [--target N] [--documents N] [--seed N]
  patent-lab generate --plan P.generation.json [--resume | --overwrite] [--most N] [--json]
      [--workspace DIR] [--taxonomy T.json --corpus C.jsonl …]   the folder of the plan when left out
      synthetic patents for labels that have too few; --resume asks only for what is missing, --most 3 makes samples
      --endpoint NAME=URL (again for each)   --local-only   --models DIR   --threads N
      --model-file NAME=FILE.gguf (again for each)   a file of your own, by the name that the plan has
      --estimate   what would be sent, to whom, and what is known of its cost; nothing is sent
      a key is read from the environment: PATENT_LAB_KEY_NAME`;

export type GenerateCommand = Common & { readonly name: 'generate' } & (
    | {
        readonly kind: 'run' | 'estimate';
        readonly plan: string;
        /** Left out: the folder of the plan. */
        readonly workspace: string | undefined;
        readonly named: NamedFiles | undefined;
        readonly existing: ExistingRun;
        readonly most: number | undefined;
        readonly endpoints: readonly { readonly name: string; readonly url: string }[];
        readonly modelFiles: readonly ModelFile[];
        readonly localOnly: boolean;
        readonly models: string | undefined;
        readonly threads: number | undefined;
      }
    | {
        readonly kind: 'propose';
        /** Left out: the folder that the plan is written to. */
        readonly workspace: string | undefined;
        readonly named: NamedFiles | undefined;
        /** Left out: stdout. */
        readonly out: string | undefined;
        readonly model: ModelChoice;
        readonly strategy: Strategy;
        readonly plan: string;
        readonly target: number | undefined;
        readonly documents: number | undefined;
        readonly seed: number;
      }
  );

export function parseGenerate(argv: readonly string[]): GenerateCommand {
  const { values } = parse(argv, {
    json: { type: 'boolean' },
    plan: { type: 'string' },
    workspace: { type: 'string' },
    taxonomy: { type: 'string' },
    corpus: { type: 'string', multiple: true },
    out: { type: 'string' },
    resume: { type: 'boolean' },
    overwrite: { type: 'boolean' },
    most: { type: 'string' },
    endpoint: { type: 'string', multiple: true },
    'model-file': { type: 'string', multiple: true },
    'local-only': { type: 'boolean' },
    models: { type: 'string' },
    threads: { type: 'string' },
    estimate: { type: 'boolean' },
    propose: { type: 'boolean' },
    client: { type: 'string' },
    model: { type: 'string' },
    strategy: { type: 'string' },
    name: { type: 'string' },
    target: { type: 'string' },
    documents: { type: 'string' },
    seed: { type: 'string' },
  });
  return values.propose === true ? proposal(values) : plannedRun(values);
}

const PROPOSAL_ONLY = ['out', 'client', 'model', 'strategy', 'name', 'target', 'documents', 'seed'];
const RUN_ONLY = [
  'plan',
  'resume',
  'overwrite',
  'most',
  'endpoint',
  'model-file',
  'local-only',
  'models',
  'threads',
  'estimate',
];

function plannedRun(values: Values): GenerateCommand {
  refuse(values, PROPOSAL_ONLY, 'needs --propose; a plan states it.');
  if (values.resume === true && values.overwrite === true)
    throw usageError('--resume and --overwrite exclude each other.');
  return {
    name: 'generate',
    kind: values.estimate === true ? 'estimate' : 'run',
    json: values.json === true,
    plan: required(values.plan, 'generate needs --plan P.generation.json (or --propose)'),
    workspace: text(values.workspace),
    named: namedFiles(values),
    existing: values.resume === true ? 'only-missing' : values.overwrite === true ? 'always' : 'never',
    most: optionalCount(values, 'most'),
    endpoints: list(values.endpoint).map(endpoint),
    modelFiles: list(values['model-file']).map(modelFile),
    localOnly: values['local-only'] === true,
    models: text(values.models),
    threads: optionalCount(values, 'threads'),
  };
}

function proposal(values: Values): GenerateCommand {
  refuse(values, RUN_ONLY, 'does not go with --propose.');
  const strategy = text(values.strategy) ?? 'conditioned';
  const known = STRATEGIES.find((one) => one === strategy);
  if (!known) throw usageError(`--strategy is one of ${STRATEGIES.join(', ')}, not "${strategy}".`);
  const [workspace, named, out] = [text(values.workspace), namedFiles(values), text(values.out)];
  if (workspace === undefined && !named)
    throw usageError('--propose needs --workspace DIR, or --taxonomy T.json and --corpus C.jsonl.');
  if (out !== undefined && !out.endsWith(PLAN_SUFFIX))
    throw usageError(`--out is named …${PLAN_SUFFIX}, not "${out}".`);
  return {
    name: 'generate',
    kind: 'propose',
    json: values.json === true,
    workspace,
    named,
    out,
    model: modelChoice(values),
    strategy: known,
    plan: text(values.name) ?? (out === undefined ? 'synthetic' : path.basename(out, PLAN_SUFFIX)),
    target: optionalCount(values, 'target'),
    documents: optionalCount(values, 'documents'),
    seed: count(values.seed, '--seed', 1),
  };
}

function modelChoice(values: Values): ModelChoice {
  const given = text(values.client) ?? 'built-in';
  const [kind = '', ...rest] = given.split(':');
  const client = MODEL_CLIENTS.find((one) => one === kind);
  const endpointName = rest.join(':');
  if (!client || client === 'editor' || (client === 'endpoint') !== (endpointName !== ''))
    throw usageError(`--client is endpoint:NAME or built-in, not "${given}".`);
  if (client === 'built-in') return { client, model: text(values.model) ?? TINYLLAMA.id };
  return { client, endpoint: endpointName, model: required(values.model, `${given} needs --model M`) };
}

function namedFiles(values: Values): NamedFiles | undefined {
  const [taxonomy, corpora] = [text(values.taxonomy), list(values.corpus)];
  if (taxonomy === undefined && corpora.length === 0) return undefined;
  if (taxonomy === undefined || corpora.length === 0)
    throw usageError('--taxonomy and --corpus go together.');
  return { taxonomy: path.resolve(taxonomy), corpora: corpora.map((file) => path.resolve(file)) };
}

function endpoint(given: string): { readonly name: string; readonly url: string } {
  const [name = '', ...rest] = given.split('=');
  const url = rest.join('=');
  if (name === '' || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw usageError(`--endpoint is NAME=URL, not "${given}".`);
  return { name, url };
}

function modelFile(given: string): ModelFile {
  const [name = '', ...rest] = given.split('=');
  const file = rest.join('=');
  if (name === '' || file === '') throw usageError(`--model-file is NAME=FILE.gguf, not "${given}".`);
  return { name, path: path.resolve(file) };
}

function optionalCount(values: Values, option: string): number | undefined {
  return values[option] === undefined ? undefined : count(values[option], `--${option}`, 1, 1);
}

function refuse(values: Values, options: readonly string[], why: string): void {
  const found = options.find((option) => values[option] !== undefined);
  if (found !== undefined) throw usageError(`--${found} ${why}`);
}
