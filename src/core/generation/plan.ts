/**
 * A plan of a generation run, `*.generation.json`: everything that decides what is asked, so that a run can be read,
 * repeated and resumed. It names a model and, for servers, an endpoint by its name in the machine's settings; it never
 * holds an address or a key, so that a workspace cannot send text elsewhere.
 */
import { z } from 'zod';
import { PatentLabError } from '../errors.ts';
import { parseJson, type LocatedJson } from '../json.ts';
import { STRATEGIES } from '../corpus/origin.ts';

export const PLAN_SUFFIX = '.generation.json';

/** `editor`: a model that VS Code offers; `endpoint`: an OpenAI-compatible server; `built-in`: a GGUF file, in process. */
export const MODEL_CLIENTS = ['editor', 'endpoint', 'built-in'] as const;
export type ModelClientKind = (typeof MODEL_CLIENTS)[number];

export const GENRES = ['standard', 'claim-led', 'problem-solution', 'product-sheet'] as const;
export type Genre = (typeof GENRES)[number];

export const LENGTHS = ['short', 'medium', 'long'] as const;
export type Length = (typeof LENGTHS)[number];

/** How the instruction tells the model what a label means. METHODS 4: names in the prompt leak into the text. */
export const LABEL_INSTRUCTIONS = ['described', 'named'] as const;
export type LabelInstruction = (typeof LABEL_INSTRUCTIONS)[number];

/**
 * `full`: every rule is told. `short`: answers are shown in place of rules, and a client that takes a grammar holds claims
 * to their form; for models below some three billion parameters, which repeat rules.
 */
export const PROMPT_STYLES = ['full', 'short'] as const;
export type PromptStyle = (typeof PROMPT_STYLES)[number];

const positive = z.int().min(1);

const modelSchema = z.strictObject({
  client: z.enum(MODEL_CLIENTS),
  /**
   * The model: its id at the endpoint, the id of a built-in model or the name of a model file in the machine's settings
   * (never its path), or `vendor/family` or the id of a model of the editor.
   */
  model: z.string().min(1),
  /** Name of an endpoint of the machine's settings; needed for `endpoint` and for nothing else. */
  endpoint: z.string().min(1).optional(),
});

const priceSchema = z.strictObject({
  currency: z.string().min(1),
  /** Per million tokens. */
  prompt: z.number().min(0),
  completion: z.number().min(0),
});

const labelSetSchema = z.strictObject({
  /** Ids of the labels that each of the documents has. */
  labels: z.array(z.string().min(1)).min(1),
  /** How many documents. */
  count: positive,
});

const words = z.array(z.string().min(1)).min(1);

/** Values that outputs vary over; what is left out takes the built-in list of attributes.ts. */
const attributesSchema = z.strictObject({
  claimType: words.optional(),
  field: words.optional(),
  problem: words.optional(),
  embodiment: words.optional(),
  length: z.array(z.enum(LENGTHS)).min(1).optional(),
  jurisdiction: words.optional(),
});

/** Safe as a file's name everywhere; `review.jsonl` beside the documents holds the verdicts. */
export const RUN_NAME = /^(?![Rr][Ee][Vv][Ii][Ee][Ww]$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export const planSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Names the run: `synthetic/<name>.jsonl`. */
  name: z
    .string()
    .regex(RUN_NAME, 'a name has letters, digits, ".", "_" and "-" only, at most 64, and is not "review"'),
  model: modelSchema,
  strategy: z.enum(STRATEGIES),
  /** `conditioned`: what is written. */
  labelSets: z.array(labelSetSchema).default([]),
  /** `paraphrase`: how often each seed is written anew. */
  times: positive.max(10).default(1),
  /** `paraphrase`: ids of the seeds; left out, all labelled training documents. */
  seeds: z.array(z.string().min(1)).optional(),
  labelInstruction: z.enum(LABEL_INSTRUCTIONS).default('described'),
  prompts: z.enum(PROMPT_STYLES).default('full'),
  /** Real documents that each prompt shows as examples. */
  exemplars: z.int().min(0).max(5).default(2),
  genres: z.array(z.enum(GENRES)).min(1).default(['standard']),
  attributes: attributesSchema.default({}),
  /** Ask for a description beside title, abstract and claims. */
  description: z.boolean().default(false),
  /** ISO 639-1. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'a language is two lower-case letters, such as "en"')
    .default('en'),
  temperature: z.number().min(0).max(2).default(0.9),
  /** Of one answer. */
  maxTokens: positive.max(32_768).default(1500),
  seed: z.int().min(0).default(1),
  /** How often a rejected document is asked for again. */
  retries: z.int().min(0).max(5).default(1),
  /** Requests at once, at most; the model's own limit counts too. */
  concurrency: positive.max(64).default(8),
  /** The run stops before it exceeds it. */
  budget: z.strictObject({ documents: positive.optional(), tokens: positive.optional() }).default({}),
  /** What the model's provider charges; left out, cost is unknown. */
  price: priceSchema.optional(),
});

export type GenerationPlan = z.infer<typeof planSchema>;
export type ModelChoice = z.infer<typeof modelSchema>;
export type Price = z.infer<typeof priceSchema>;
export type LabelSet = z.infer<typeof labelSetSchema>;

const REMEDY = 'Correct the plan; the schema that the editor completes with describes every field.';

/** Throws `generation-plan-invalid` with the place. Labels and seeds are checked against the workspace elsewhere. */
export function parsePlan(text: string, file: string): GenerationPlan {
  const parsed = parseJson(text, planSchema, { file, code: 'generation-plan-invalid', remedy: REMEDY });
  const { value: plan } = parsed;
  const { client, endpoint } = plan.model;
  if ((client === 'endpoint') !== (endpoint !== undefined)) {
    const message =
      client === 'endpoint'
        ? 'model: an "endpoint" is needed: the name of one of the endpoints in the settings of this machine.'
        : `model: the client "${client}" has no "endpoint".`;
    throw invalid(parsed, file, message, ['model']);
  }
  if (plan.strategy === 'conditioned' && plan.labelSets.length === 0)
    throw invalid(parsed, file, 'labelSets: at least one label set is needed.', ['labelSets']);
  if (plan.strategy === 'paraphrase' && plan.labelSets.length > 0)
    throw invalid(parsed, file, 'labelSets: a paraphrase has the labels of its seed.', ['labelSets']);
  if (plan.strategy === 'conditioned' && plan.seeds !== undefined)
    throw invalid(parsed, file, 'seeds: only paraphrases have seeds.', ['seeds']);
  return plan;
}

export const formatPlan = (plan: z.input<typeof planSchema>): string =>
  `${JSON.stringify(plan, undefined, 2)}\n`;

const invalid = (
  { place }: LocatedJson<GenerationPlan>,
  file: string,
  message: string,
  path: readonly string[],
): PatentLabError =>
  new PatentLabError({
    code: 'generation-plan-invalid',
    message: `${file}: ${message}`,
    remedy: REMEDY,
    place: { file, ...place(path) },
  });
