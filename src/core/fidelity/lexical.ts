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
import { Vocabulary, type Words } from './text/vocabulary.ts';

export async function lexicalScore(
  real: Side,
  synthetic: Side,
  splits: readonly Split[],
  pause: Pause,
): Promise<Measured<Lexical>> {
  const reason = tooFew(real.rows.length, synthetic.rows.length, FEWEST_LEXICAL);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const vocabulary = new Vocabulary();
  const wordsOf = ({ documents }: Side): readonly Words[] =>
    documents.map(({ text }) => vocabulary.words(text));
  const [ours, theirs] = [wordsOf(real), wordsOf(synthetic)];
  await pause();
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
  const boilerplate = boilerplateRuns(real.documents.map(({ text }) => text));
  await pause();
  return {
    kind: 'measured',
    jsd: divergence(ours, theirs),
    baseline: baselineOf(halves, size, isSame),
    ...(same.length > 0 && !isSame ? { atBaselineSize: medianOf(same) } : {}),
    real: lexicalSide(real, ours, boilerplate),
    synthetic: lexicalSide(synthetic, theirs, boilerplate),
  };
}

const at = (words: readonly Words[], rows: Uint32Array): Words[] =>
  Array.from(rows, (row) => words[row] ?? new Int32Array());

function lexicalSide(
  { documents }: Side,
  words: readonly Words[],
  boilerplate: ReadonlySet<number>,
): LexicalSide {
  const lengths = Float64Array.from(words, ({ length }) => length).sort();
  const share = (q: number): number => quantile(lengths, q);
  return {
    lengths: [share(0), share(0.25), share(0.5), share(0.75), share(1)],
    claimForm: claimForm(documents.map(({ claims }) => claims)),
    boilerplate: boilerplateShare(
      documents.map(({ text }) => text),
      boilerplate,
    ),
  };
}
