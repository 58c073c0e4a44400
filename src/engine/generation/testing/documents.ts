/** Fictitious workspaces, and fictitious answers that differ from one another. */
import { Random } from '../../../core/random.ts';
import { planSchema, type GenerationPlan } from '../../../core/generation/plan.ts';
import { temporaryFolder } from '../../testing/folder.ts';

export const TAXONOMY = {
  name: 'Fictitious aids',
  labels: [
    { id: 'walker', name: 'Rollators', description: 'Wheeled frames that steady a person on foot.' },
    {
      id: 'lamp',
      name: 'Signal lamps',
      description: 'Lights that announce a sound to a person who cannot hear it.',
    },
    { id: 'spoon', name: 'Steady spoons', description: 'Cutlery that stays level in a trembling hand.' },
    { id: 'silent', name: 'Whisper boxes' },
  ],
};

const WORDS = (
  'frame hinge wedge spring groove strap handle lever bearing shaft housing gear motor sensor circuit antenna ' +
  'battery switch lens mirror filter pump valve tube nozzle chamber piston cable pulley clamp bracket plate ' +
  'sleeve bushing washer magnet coil relay diode display panel button wheel brake fork axle rail carriage'
).split(' ');
const VERBS =
  'holds turns lifts presses guides locks releases carries measures warms cools seals drives joins'.split(
    ' ',
  );

/** A sentence of words that a seed chooses. */
const sentence = (random: Random): string => {
  const word = (): string => WORDS[random.integer(WORDS.length)] ?? '';
  const verb = VERBS[random.integer(VERBS.length)] ?? '';
  return `The ${word()} of the ${word()} ${verb} a ${word()} with the ${word()} and the ${word()} near each ${word()}.`;
};

export function madeDocument(seed: number): {
  title: string;
  abstract: string;
  claims: readonly string[];
} {
  const random = new Random(seed);
  const words = Array.from({ length: 12 }, () => WORDS[random.integer(WORDS.length)] ?? '');
  return {
    title: `Aid number ${seed} with a ${words[0] ?? ''} and a ${words[1] ?? ''}`,
    abstract: Array.from({ length: 4 }, () => sentence(random)).join(' '),
    claims: [
      `An aid comprising a ${words.slice(2, 6).join(', a ')} and a ${words[6] ?? ''} that the ${words[7] ?? ''} of number ${seed} moves.`,
      `The aid of claim 1, wherein the ${words[8] ?? ''} is connected to the ${words[9] ?? ''} of size ${seed}.`,
    ],
  };
}

/** What a model might answer to the request with this seed. */
export const madeAnswer = (seed: number): string => JSON.stringify(madeDocument(seed));

export interface WorkspaceContent {
  readonly documents?: readonly object[];
  readonly taxonomy?: object;
}

/** Ten real documents, the last of them set aside for testing. */
export const realDocuments = (): readonly object[] =>
  Array.from({ length: 10 }, (_, at) => ({
    id: `R${at}`,
    ...madeDocument(1_000_000 + at),
    labels: at % 3 === 0 ? ['walker', 'lamp'] : at % 3 === 1 ? ['walker'] : ['spoon'],
    ...(at === 9 ? { split: 'test' } : {}),
  }));

export function workspaceFolder({
  documents = realDocuments(),
  taxonomy = TAXONOMY,
}: WorkspaceContent = {}): Promise<string> {
  return temporaryFolder({
    'taxonomy.json': JSON.stringify(taxonomy),
    'corpus/real.jsonl': documents.map((document) => `${JSON.stringify(document)}\n`).join(''),
  });
}

export const planOf = (changes: object = {}): GenerationPlan =>
  planSchema.parse({
    name: 'trial',
    model: { client: 'endpoint', endpoint: 'here', model: 'made-up' },
    strategy: 'conditioned',
    labelSets: [
      { labels: ['walker', 'lamp'], count: 4 },
      { labels: ['spoon'], count: 2 },
    ],
    ...changes,
  });
