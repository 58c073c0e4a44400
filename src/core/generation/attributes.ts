/**
 * What documents of one plan vary over beside their labels, so that two prompts for the same labels are not the same
 * prompt. Each attribute has a list of values; every value is used equally often.
 */
import { Random } from '../random.ts';
import type { GenerationPlan, Length } from './plan.ts';

export interface Attributes {
  readonly claimType: string;
  readonly field: string;
  readonly problem: string;
  readonly embodiment: string;
  readonly length: Length;
  readonly jurisdiction: string;
}

export const ATTRIBUTE_NAMES = [
  'claimType',
  'field',
  'problem',
  'embodiment',
  'length',
  'jurisdiction',
] as const;

/** The built-in values. [ours] */
export const ATTRIBUTE_VALUES: { readonly [Name in keyof Attributes]: readonly Attributes[Name][] } = {
  claimType: [
    'an apparatus with its parts and how they are connected',
    'a method with its steps in order',
    'a system of several devices that exchange data',
    'a kit or assembly of separable parts',
    'a computer-implemented method with its data',
  ],
  field: [
    'mechanical engineering',
    'electronics and sensors',
    'software and data processing',
    'materials and manufacturing',
    'human factors and ergonomics',
    'power supply and energy',
  ],
  problem: [
    'known solutions are too heavy or too large',
    'known solutions are unreliable over long use',
    'known solutions need a trained operator',
    'known solutions cost too much to make',
    'known solutions do not adapt to different users',
    'known solutions are unsafe when something fails',
    'known solutions are slow or late',
  ],
  embodiment: [
    'a portable embodiment for use at home',
    'a fixed installation',
    'a retrofit to existing equipment',
    'a single-use or replaceable unit',
    'a networked embodiment with a remote server',
    'an embodiment without electric power',
  ],
  length: ['short', 'medium', 'long'],
  jurisdiction: ['US', 'EP', 'WO'],
};

/**
 * The attributes of each of `count` documents. Every attribute deals its values from shuffled decks, one deck after the
 * other, so each is used equally often (to within one), and the decks are shuffled on their own, so values meet in many
 * combinations.
 */
export function assignAttributes(
  { attributes, seed }: Pick<GenerationPlan, 'attributes' | 'seed'>,
  count: number,
): readonly Attributes[] {
  const deal = <T>(values: readonly T[], stream: number): readonly T[] => dealt(values, count, seed, stream);
  const claimType = deal(attributes.claimType ?? ATTRIBUTE_VALUES.claimType, 1);
  const field = deal(attributes.field ?? ATTRIBUTE_VALUES.field, 2);
  const problem = deal(attributes.problem ?? ATTRIBUTE_VALUES.problem, 3);
  const embodiment = deal(attributes.embodiment ?? ATTRIBUTE_VALUES.embodiment, 4);
  const length = deal(attributes.length ?? ATTRIBUTE_VALUES.length, 5);
  const jurisdiction = deal(attributes.jurisdiction ?? ATTRIBUTE_VALUES.jurisdiction, 6);
  return claimType.map((claim, at) => ({
    claimType: claim,
    field: field[at] ?? '',
    problem: problem[at] ?? '',
    embodiment: embodiment[at] ?? '',
    length: length[at] ?? 'medium',
    jurisdiction: jurisdiction[at] ?? '',
  }));
}

/** `count` values from shuffled decks; `stream` tells decks of one seed apart. */
export function dealt<T>(values: readonly T[], count: number, seed: number, stream: number): readonly T[] {
  const random = new Random(streamSeed(seed, stream));
  const all: T[] = [];
  while (all.length < count) all.push(...random.shuffle([...values]));
  return all.slice(0, count);
}

/** A seed of its own for each use of a plan's seed; both below 2³². */
export const streamSeed = (seed: number, stream: number): number =>
  (seed % 2 ** 21) * 2 ** 32 + (stream % 2 ** 32);
