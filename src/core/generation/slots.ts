/**
 * A plan as the list of documents it asks for. A slot is decided by the plan and the documents alone, so that a run can
 * be resumed: slot 17 is the same today and tomorrow.
 */
import type { Strategy } from '../corpus/origin.ts';
import { Random } from '../random.ts';
import { assignAttributes, dealt, streamSeed, type Attributes } from './attributes.ts';
import { ExemplarChooser, type ExemplarCandidate } from './exemplars.ts';
import type { GenerationPlan, Genre } from './plan.ts';

export interface Slot {
  /** From 1, as people count. */
  readonly number: number;
  readonly strategy: Strategy;
  /** Positions in the taxonomy, ascending. */
  readonly labels: readonly number[];
  /** Id of the document that is written anew. */
  readonly source?: string;
  readonly exemplars: readonly string[];
  readonly genre: Genre;
  readonly attributes: Attributes;
  /** Of the model's sampling; one more for each re-try. */
  readonly seed: number;
}

export interface SlotInput {
  readonly plan: GenerationPlan;
  /** Real training documents. */
  readonly documents: readonly ExemplarCandidate[];
  /** Positions of labels by id. */
  readonly index: ReadonlyMap<string, number>;
}

interface Wanted {
  readonly labels: readonly number[];
  readonly source?: ExemplarCandidate;
}

/** Streams of the plan's seed; 1 to 6 are the attributes'. */
const ORDER = 7;
const GENRE = 8;
const FIRST_SLOT = 1000;

/** Unknown labels and seeds are left out: whoever reads the plan has refused them before. */
export function slotsOf({ plan, documents, index }: SlotInput): readonly Slot[] {
  // In random order, so that the first few are samples of the whole.
  const wanted = new Random(streamSeed(plan.seed, ORDER)).shuffle(wantedOf(plan, documents, index));
  const attributes = assignAttributes(plan, wanted.length);
  const genres = dealt(plan.genres, wanted.length, plan.seed, GENRE);
  const chooser = new ExemplarChooser(documents);
  return wanted.flatMap(({ labels, source }, at) => {
    const [own, genre] = [attributes[at], genres[at]];
    if (!own || !genre) return [];
    const seed = streamSeed(plan.seed, FIRST_SLOT + at);
    return {
      number: at + 1,
      strategy: plan.strategy,
      labels,
      ...(source ? { source: source.id } : {}),
      exemplars: chooser.choose({
        labels,
        count: plan.exemplars,
        ...(source ? { withoutGroup: source.group } : {}),
        seed,
      }),
      genre,
      attributes: own,
      // Servers take 31 bits.
      seed: new Random(seed).word() >>> 1,
    };
  });
}

function wantedOf(
  plan: GenerationPlan,
  documents: readonly ExemplarCandidate[],
  index: ReadonlyMap<string, number>,
): Wanted[] {
  switch (plan.strategy) {
    case 'conditioned':
      return plan.labelSets.flatMap((set) => {
        const labels = [...new Set(set.labels.flatMap((id) => index.get(id) ?? []))].sort((a, b) => a - b);
        return labels.length === 0 ? [] : Array.from({ length: set.count }, () => ({ labels }));
      });
    case 'paraphrase': {
      const byId = new Map(documents.map((document) => [document.id, document]));
      const seeds = plan.seeds
        ? [...new Set(plan.seeds)].flatMap((id) => byId.get(id) ?? [])
        : documents.filter(({ labels }) => labels.length > 0);
      return seeds.flatMap((source) =>
        Array.from({ length: plan.times }, () => ({ labels: source.labels, source })),
      );
    }
  }
}
