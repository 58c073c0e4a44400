/**
 * What documents say whatever they are about (METHODS 3): runs of four words that stand in many of the real documents.
 * Found in the documents themselves, so that it works in every language and needs no list of phrases.
 */
import { gramHashes, wordHashes } from '../../text/words.ts';

/** Words of a run. [ours] */
const RUN = 4;
/** Share of the real documents, and least number of them, that a run stands in. [ours] */
const MANY = 0.05;
const FEWEST = 3;

/** The runs that are boilerplate in these documents. */
export function boilerplateRuns(texts: readonly string[]): ReadonlySet<number> {
  const documents = new Map<number, number>();
  for (const text of texts) {
    for (const gram of new Set(gramHashes(wordHashes(text), RUN))) {
      documents.set(gram, (documents.get(gram) ?? 0) + 1);
    }
  }
  const many = Math.max(FEWEST, MANY * texts.length);
  return new Set([...documents].flatMap(([gram, count]) => (count >= many ? [gram] : [])));
}

/** Share of the runs of texts that are boilerplate; 0 where no text has a run. */
export function boilerplateShare(texts: readonly string[], boilerplate: ReadonlySet<number>): number {
  let [stock, all] = [0, 0];
  for (const text of texts) {
    for (const gram of gramHashes(wordHashes(text), RUN)) {
      if (boilerplate.has(gram)) stock++;
      all++;
    }
  }
  return all === 0 ? 0 : stock / all;
}
