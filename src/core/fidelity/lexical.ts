/** How the words of synthetic documents differ from those of real ones (METHODS 3). */
import { quantile } from '../metrics/bootstrap.ts';
import { baselineOf, medianOf, type Split } from './baseline.ts';
import { FEWEST_LEXICAL } from './limits.ts';
import type { Pause } from './pace.ts';
import type { Lexical, LexicalSide, Measured } from './scores.ts';
import { tooFew, type Side } from './side.ts';
import { boilerplateRuns, boilerplateShare } from './text/boilerplate.ts';
import { claimForm } from './text/claim-form.ts';
import { jensenShannon } from './text/divergence.ts';
import { Vocabulary, wordsOfAll, type Words } from './text/vocabulary.ts';

export async function lexicalScore(
  real: Side,
  synthetic: Side,
  splits: readonly Split[],
  pause: Pause,
): Promise<Measured<Lexical>> {
  const reason = tooFew(real.rows.length, synthetic.rows.length, FEWEST_LEXICAL);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const vocabulary = new Vocabulary();
  const wordsOf = ({ documents }: Side): Promise<readonly Words[]> =>
    wordsOfAll(
      documents.map(({ text }) => text),
      vocabulary,
      pause,
    );
  const ours = await wordsOf(real);
  const theirs = await wordsOf(synthetic);
  const divergence = (a: readonly Words[], b: readonly Words[]): number =>
    jensenShannon(a, b, vocabulary.size);
  const halves: number[] = [];
  const same: number[] = [];
  for (const split of splits) {
    const first = at(ours, split.first);
    halves.push(divergence(first, at(ours, split.second)));
    same.push(divergence(first, at(theirs, split.synthetic)));
    await pause();
  }
  const size = splits[0]?.first.length ?? 0;
  const isSame = ours.length === size && theirs.length === size;
  const boilerplate = await boilerplateRuns(
    real.documents.map(({ text }) => text),
    pause,
  );
  return {
    kind: 'measured',
    jsd: divergence(ours, theirs),
    baseline: baselineOf(halves, size, isSame),
    ...(same.length > 0 && !isSame ? { atBaselineSize: medianOf(same) } : {}),
    real: await lexicalSide(real, ours, boilerplate, pause),
    synthetic: await lexicalSide(synthetic, theirs, boilerplate, pause),
  };
}

const at = (words: readonly Words[], rows: Uint32Array): Words[] =>
  Array.from(rows, (row) => words[row] ?? new Int32Array());

async function lexicalSide(
  { documents }: Side,
  words: readonly Words[],
  boilerplate: ReadonlySet<number>,
  pause: Pause,
): Promise<LexicalSide> {
  const lengths = Float64Array.from(words, ({ length }) => length).sort();
  const share = (q: number): number => quantile(lengths, q);
  return {
    lengths: [share(0), share(0.25), share(0.5), share(0.75), share(1)],
    claimForm: claimForm(documents.map(({ claims }) => claims)),
    boilerplate: await boilerplateShare(
      documents.map(({ text }) => text),
      boilerplate,
      pause,
    ),
  };
}
