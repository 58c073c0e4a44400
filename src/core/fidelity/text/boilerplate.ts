/**
 * What documents say whatever they are about (METHODS 3): runs of four words that stand in many of the real documents.
 * Found in the documents themselves, so that it works in every language and needs no list of phrases.
 */
import { noPause, pacedBy, type Pause } from '../pace.ts';
import { gramHashes, wordHashes } from '../../text/words.ts';

/** Words of a run. [ours] */
const RUN = 4;
/** Share of the real documents, and least number of them, that a run stands in. [ours] */
const MANY = 0.05;
const FEWEST = 3;
/** Documents that are read; of more, so many spread over all. [ours] */
const MOST_DOCUMENTS = 2000;
/** Characters between two pauses. */
const PACE = 200_000;

/** The runs that are boilerplate in these documents. */
export async function boilerplateRuns(
  all: readonly string[],
  pause: Pause = noPause,
): Promise<ReadonlySet<number>> {
  const texts = evenly(all);
  const pace = pacedBy(pause, PACE);
  const documents = new Map<number, number>();
  for (const text of texts) {
    await pace(text.length);
    for (const gram of new Set(gramHashes(wordHashes(text), RUN))) {
      documents.set(gram, (documents.get(gram) ?? 0) + 1);
    }
  }
  const many = Math.max(FEWEST, MANY * texts.length);
  return new Set([...documents].flatMap(([gram, count]) => (count >= many ? [gram] : [])));
}

/** Share of the runs of texts that are boilerplate; 0 where no text has a run. */
export async function boilerplateShare(
  texts: readonly string[],
  boilerplate: ReadonlySet<number>,
  pause: Pause = noPause,
): Promise<number> {
  const pace = pacedBy(pause, PACE);
  let [stock, all] = [0, 0];
  for (const text of evenly(texts)) {
    await pace(text.length);
    for (const gram of gramHashes(wordHashes(text), RUN)) {
      if (boilerplate.has(gram)) stock++;
      all++;
    }
  }
  return all === 0 ? 0 : stock / all;
}

const evenly = (texts: readonly string[]): readonly string[] =>
  texts.length <= MOST_DOCUMENTS
    ? texts
    : Array.from(
        { length: MOST_DOCUMENTS },
        (_, at) => texts[Math.floor((at * texts.length) / MOST_DOCUMENTS)] ?? '',
      );
