/**
 * Finding labels' words against one combined regular expression over the same text, scanning again after a keystroke,
 * and near-duplicates: found against all pairs of a real landscape, and time and memory for 100,000 documents.
 */
import {
  contamination,
  contaminationSteps,
  type ComparedDocument,
} from '../src/core/leakage/contamination/contamination.ts';
import { jaccard, shingleSet } from '../src/core/leakage/contamination/shingles.ts';
import { maskTerms } from '../src/core/leakage/mask.ts';
import { TermMatcher } from '../src/core/leakage/terms/matcher.ts';
import { LiveScan } from '../src/core/leakage/terms/rescan.ts';
import { groupKeys } from '../src/core/corpus/labelled.ts';
import type { Label } from '../src/core/corpus/taxonomy.ts';
import { viewText } from '../src/core/patent/view.ts';
import { Random } from '../src/core/random.ts';
import { realCorpus, type Corpus } from './lib/corpora.ts';
import { printMachine, show, speedups, spread, takeTurns } from './lib/rounds.ts';

const ROUNDS = 7;
const KEYSTROKES = 400;
const LARGE = 100_000;

printMachine();
const corpora = [await realCorpus('health64'), await realCorpus('patents64')].filter(
  (corpus) => corpus !== undefined,
);
const [health] = corpora;
if (health) {
  const texts = corpora.flatMap(({ documents }) =>
    documents.map(({ patent }) => viewText(patent, 'TA').text),
  );
  await scanning(texts, health);
  typing(texts, health);
  duplicates(health);
  manyDocuments(texts);
}

/** The landscape's names, and words and pairs of words of real patents as aliases and keywords. */
function labels(texts: readonly string[], names: readonly Label[], perLabel: number): Label[] {
  const random = new Random(1);
  return names.map((label) => ({
    ...label,
    aliases: Array.from({ length: perLabel - 1 }, () => {
      const words = (texts[random.integer(texts.length)] ?? '').match(/[A-Za-z]{4,}/g) ?? ['none'];
      const from = random.integer(words.length);
      return words.slice(from, from + 1 + random.integer(3)).join(' ');
    }),
  }));
}

/** What people write instead: every term, escaped, on word boundaries, whatever its case. No inflection, no variants. */
function combined(terms: readonly Label[]): RegExp {
  const words = terms.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
  const escaped = words
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .sort((a, b) => b.length - a.length);
  return new RegExp(`\\b(?:${escaped.join('|')})\\b`, 'giu');
}

async function scanning(texts: readonly string[], { taxonomy }: Corpus): Promise<void> {
  console.log('Finding labels’ words in real patents (title and abstract)');
  for (const [perLabel, share] of [
    [6, 1],
    [78, 0.1],
  ] as const) {
    const terms = labels(texts, taxonomy.labels, perLabel);
    const matcher = new TermMatcher({ labels: terms });
    const expression = combined(terms);
    const some = texts.slice(0, Math.floor(texts.length * share));
    const megabytes = some.reduce((sum, text) => sum + text.length, 0) / 1e6;
    const found = { ours: 0, theirs: 0 };
    const timings = await takeTurns(
      [
        {
          name: 'ours',
          run: () => void (found.ours = some.reduce((sum, text) => sum + matcher.scan(text).length, 0)),
        },
        {
          name: 'regex',
          run: () =>
            void (found.theirs = some.reduce((sum, text) => sum + (text.match(expression)?.length ?? 0), 0)),
        },
      ],
      ROUNDS,
    );
    const rate = (name: string): string =>
      show(
        (timings.get(name) ?? []).map((time) => (1000 * megabytes) / time),
        1,
      );
    console.log(
      `  ${terms.length} labels × ${perLabel} terms (${terms.length * perLabel}), ${megabytes.toFixed(1)} million characters`,
    );
    console.log(`    ours                 ${rate('ours')} MB/s, ${found.ours} matches`);
    console.log(`    regular expression   ${rate('regex')} MB/s, ${found.theirs} matches`);
    console.log(`    times faster         ${show(speedups(timings, 'ours', 'regex'), 1)}`);
  }
  const matcher = new TermMatcher({ labels: labels(texts, taxonomy.labels, 6) });
  const started = performance.now();
  for (const text of texts) maskTerms(text, matcher);
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  console.log(
    `  masking, until nothing is left: ${((1000 * megabytes) / (performance.now() - started)).toFixed(1)} MB/s`,
  );
}

function typing(texts: readonly string[], { taxonomy }: Corpus): void {
  const matcher = new TermMatcher({ labels: labels(texts, taxonomy.labels, 6) });
  const paragraphs = texts.join('\n\n').slice(0, 1e6);
  for (const [name, start] of [
    ['in paragraphs', paragraphs],
    ['in one line', paragraphs.replaceAll('\n', ' ')],
  ] as const) {
    const random = new Random(2);
    let text = start;
    let live = LiveScan.of(matcher, text);
    const times: number[] = [];
    const shown: number[] = [];
    for (let key = 0; key < KEYSTROKES; key++) {
      const at = random.integer(text.length);
      const removed = random.integer(2);
      const typed = removed === 1 ? '' : (['w', 'e', ' ', '-'][random.integer(4)] ?? '');
      text = text.slice(0, at) + typed + text.slice(at + removed);
      // An editor hands over a flat string; joining ours is no part of the work.
      text.charCodeAt(0);
      const before = performance.now();
      live = live.rescan(text, { start: at, removed, inserted: typed.length });
      const after = performance.now();
      live.matches();
      times.push(after - before);
      shown.push(performance.now() - before);
    }
    const full = performance.now();
    const same = JSON.stringify(matcher.scan(text)) === JSON.stringify(live.matches());
    console.log(`One keystroke in 1 MB ${name} (${live.matches().length} matches), ms`);
    console.log(`  scan again ${show(times, 3)}; with the matches resolved ${show(shown, 3)}`);
    console.log(
      `  whole scan and compare ${(performance.now() - full).toFixed(0)} ms; ${same ? 'the same' : 'NOT THE SAME'} matches`,
    );
  }
}

function duplicates({ name, documents }: Corpus): void {
  const compared = documents.map(({ patent }): ComparedDocument => ({
    text: viewText(patent, 'TA').text,
    keys: [],
  }));
  let started = performance.now();
  const sets = compared.map(({ text }) => shingleSet(text));
  const exact = new Set<string>();
  sets.forEach((one, first) => {
    for (let second = first + 1; second < sets.length; second++) {
      if (jaccard(one, sets[second] ?? one) >= 0.8) exact.add(`${first}-${second}`);
    }
  });
  const slow = performance.now() - started;
  started = performance.now();
  const each = compared.map((_, at) => at);
  const found = contamination(compared, each);
  const fast = performance.now() - started;
  const right = found.pairs.filter(({ first, second }) => exact.has(`${first}-${second}`)).length;
  console.log(
    `Near-duplicates among ${documents.length} documents of ${name}: ${exact.size} pairs of Jaccard ≥ 0.8`,
  );
  console.log(
    `  all pairs ${slow.toFixed(0)} ms; MinHash ${fast.toFixed(0)} ms, ${found.compared} pairs compared, recall ${(right / exact.size).toFixed(4)}, precision ${(right / found.pairs.length).toFixed(4)}`,
  );

  const random = new Random(3);
  const sides = documents.map(() => (random.uniform() < 0.7 ? 'train' : 'test'));
  const groups = new Map<string, Set<string>>();
  documents.forEach(({ patent }, at) => {
    const group = patent.record?.group ?? patent.id;
    groups.set(group, (groups.get(group) ?? new Set()).add(sides[at] ?? ''));
  });
  const cut = [...groups].filter(([, both]) => both.size > 1).map(([group]) => group);
  const keyed = documents.map(({ patent }, at) => ({
    text: compared[at]?.text ?? '',
    keys: groupKeys(patent).filter((key) => key.startsWith('t:')),
  }));
  const near = contamination(keyed, sides);
  const groupOf = (at: number): string => documents[at]?.patent.record?.group ?? '';
  const met = new Set(
    near.pairs
      .filter(({ first, second }) => groupOf(first) === groupOf(second))
      .map(({ first }) => groupOf(first)),
  );
  console.log(
    `  a random split cuts ${cut.length} groups; found without their group: ${met.size}, by ${near.pairs.length} pairs (${near.pairs.filter(({ first, second }) => groupOf(first) !== groupOf(second)).length} between groups)`,
  );
}

/** Real documents and changed copies of them: a word in every so many replaced. */
function manyDocuments(texts: readonly string[]): void {
  const random = new Random(4);
  const documents: ComparedDocument[] = [];
  while (documents.length < LARGE) {
    const words = (texts[documents.length % texts.length] ?? '').split(' ');
    // Nearly every document is made unlike its model; one in ten only a little.
    const little = random.integer(10) === 0;
    const changes = little ? 1 : Math.ceil(words.length / 3);
    for (let change = 0; change < changes; change++)
      words[random.integer(words.length)] = `x${random.integer(1e6)}`;
    documents.push({ text: words.join(' '), keys: [] });
  }
  const sides = documents.map((_, at) => (at < LARGE * 0.7 ? 'train' : 'test'));
  globalThis.gc?.();
  const memory = process.memoryUsage();
  const started = performance.now();
  const steps = contaminationSteps(documents, sides);
  const stages = new Map<string, number>();
  const pauses: number[] = [];
  let peak = 0;
  let before = started;
  let result = steps.next();
  for (; !result.done; result = steps.next()) {
    const now = performance.now();
    stages.set(result.value.stage, (stages.get(result.value.stage) ?? 0) + now - before);
    pauses.push(now - before);
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    peak = Math.max(peak, heapUsed + arrayBuffers);
    before = performance.now();
  }
  const seconds = (performance.now() - started) / 1000;
  const base = memory.heapUsed + memory.arrayBuffers;
  console.log(
    `${LARGE} documents (${(documents.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(0)} million characters), train against test`,
  );
  console.log(
    `  ${seconds.toFixed(1)} s, at most ${((peak - base) / 2 ** 20).toFixed(0)} MiB more; longest step ${spread(pauses).max.toFixed(0)} ms`,
  );
  console.log(
    `  ${[...stages].map(([stage, time]) => `${stage} ${(time / 1000).toFixed(1)} s`).join(', ')}; ${result.value.compared} pairs compared, ${result.value.pairs.length} found, ${result.value.leftOut} left out`,
  );
}
