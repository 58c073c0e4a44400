/** How varied synthetic documents are beside as many real ones (METHODS 3). */
import type { Compute } from '../graph/compute.ts';
import { Random } from '../random.ts';
import { drawRows } from './distance/median.ts';
import { vendiScore } from './distance/vendi.ts';
import { meanCosine, selectRows } from './embeddings.ts';
import { FEWEST_DIVERSITY, SELF_BLEU_SAMPLE } from './limits.ts';
import type { Pause } from './pace.ts';
import type { Diversity, DiversityFigures, Measured } from './scores.ts';
import { tooFew, type Side } from './side.ts';
import { distinct, selfBleu4 } from './text/diversity.ts';
import { Vocabulary, wordsOfAll, type Words } from './text/vocabulary.ts';

/** Draws of real documents that the figures beside are the mean of, where not all of them are taken. [ours] */
const DRAWS = 3;

interface Spoken extends Side {
  readonly words: readonly Words[];
}

export async function diversityScore(
  compute: Compute,
  real: Side,
  synthetic: Side,
  seed: number,
  pause: Pause,
): Promise<Measured<Diversity>> {
  const reason = tooFew(real.rows.length, synthetic.rows.length, FEWEST_DIVERSITY);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const vocabulary = new Vocabulary();
  const spoken = async (side: Side): Promise<Spoken> => ({
    ...side,
    words: await wordsOfAll(
      side.documents.map(({ text }) => text),
      vocabulary,
      pause,
    ),
  });
  const ours = await spoken(real);
  const theirs = await spoken(synthetic);
  const random = new Random(seed);
  const size = Math.min(real.rows.length, synthetic.rows.length);
  const figures = (of: Spoken): Promise<DiversityFigures> =>
    figuresOf(compute, of, vocabulary.size, random, pause);
  const atSize = async (of: Spoken): Promise<DiversityFigures> => {
    if (of.rows.length === size) return figures(of);
    const drawn: DiversityFigures[] = [];
    for (let draw = 0; draw < DRAWS; draw++) {
      drawn.push(await figures(chosen(of, drawRows(of.rows.length, size, random))));
    }
    return meanFigures(drawn);
  };
  return {
    kind: 'measured',
    ...(await figures(theirs)),
    real: await atSize(ours),
    size,
    ...(theirs.rows.length > size ? { atRealSize: await atSize(theirs) } : {}),
  };
}

async function figuresOf(
  compute: Compute,
  { words, embeddings }: Spoken,
  vocabulary: number,
  random: Random,
  pause: Pause,
): Promise<DiversityFigures> {
  const sampled =
    words.length > SELF_BLEU_SAMPLE
      ? Array.from(drawRows(words.length, SELF_BLEU_SAMPLE, random), (row) => words[row] ?? new Int32Array())
      : words;
  return {
    distinct1: await distinct(words, 1, vocabulary, pause),
    distinct2: await distinct(words, 2, vocabulary, pause),
    selfBleu4: await selfBleu4(sampled, vocabulary, pause),
    selfBleuSample: sampled.length,
    vendi: await vendiScore(compute, embeddings, pause),
    meanCosine: meanCosine(embeddings),
  };
}

const chosen = (of: Spoken, rows: Uint32Array): Spoken => ({
  rows: Array.from(rows, (row) => of.rows[row] ?? 0),
  documents: Array.from(rows).flatMap((row) => of.documents[row] ?? []),
  embeddings: selectRows(of.embeddings, rows),
  words: Array.from(rows, (row) => of.words[row] ?? new Int32Array()),
});

function meanFigures(drawn: readonly DiversityFigures[]): DiversityFigures {
  const mean = (figure: keyof DiversityFigures): number =>
    drawn.reduce((total, one) => total + one[figure], 0) / drawn.length;
  return {
    distinct1: mean('distinct1'),
    distinct2: mean('distinct2'),
    selfBleu4: mean('selfBleu4'),
    selfBleuSample: mean('selfBleuSample'),
    vendi: mean('vendi'),
    meanCosine: mean('meanCosine'),
  };
}
