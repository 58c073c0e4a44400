/**
 * How often the checks of synthetic documents refuse what is right, and find what is wrong: real patents, which every
 * check must let pass beside patents of other families; and abstracts that language models wrote from real claims, beside
 * their own patent and beside another one. Nothing here is timed. Skipped where the real patents are absent.
 */
import { readFileSync } from 'node:fs';
import { draftText, type Draft } from '../src/core/generation/answer/draft.ts';
import { echoProblem } from '../src/core/generation/answer/echo.ts';
import { languageProblem } from '../src/core/generation/answer/language.ts';
import { readAnswer } from '../src/core/generation/answer/read-answer.ts';
import { shapeProblem } from '../src/core/generation/answer/shape.ts';
import { strayProblem } from '../src/core/generation/answer/stray.ts';
import { NEAR_DUPLICATE } from '../src/core/leakage/contamination/contamination.ts';
import { jaccard, shingleSet } from '../src/core/leakage/contamination/shingles.ts';
import { hiddenText } from '../src/core/leakage/hidden-text.ts';
import { instructionText } from '../src/core/leakage/instruction-text.ts';
import type { Patent } from '../src/core/patent/model.ts';
import { viewText } from '../src/core/patent/view.ts';
import { COPIED_WORDS, CopyIndex } from '../src/core/text/copying.ts';
import { NEAR_SEED } from '../src/engine/generation/checks/draft-checks.ts';
import { NearIndex } from '../src/engine/generation/checks/near-index.ts';
import { globFiles, readFileDocuments } from '../src/engine/files/read-documents.ts';
import { realCorpus } from './lib/corpora.ts';
import { csvRows } from './lib/csv-rows.ts';
import { sharedData } from './lib/places.ts';

interface Written {
  /** The patent that the model saw the claim of. */
  readonly real: Draft;
  readonly generated: string;
}

const draftOf = (title: string, abstract: string, claims: readonly string[]): Draft => ({
  title,
  abstract,
  claims,
  description: '',
});

function printRate(what: string, hits: number, all: number, examples: readonly string[] = []): void {
  const rate = all === 0 ? '–' : `${((100 * hits) / all).toFixed(2)} %`;
  console.log(`  ${what.padEnd(58)} ${rate.padStart(8)}  (${hits} of ${all})`);
  for (const example of examples.slice(0, 2)) console.log(`      such as: ${example.slice(0, 140)}`);
}

/** Counts what a check says, with examples. */
function check<T>(what: string, items: readonly T[], problem: (item: T) => string | undefined): void {
  const found = items.flatMap((item) => problem(item) ?? []);
  printRate(what, found.length, items.length, found);
}

function quantiles(what: string, values: readonly number[]): void {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(3);
  console.log(`  ${what.padEnd(58)} median ${at(0.5)}, 90 % ${at(0.9)}, 99 % ${at(0.99)}, most ${at(1)}`);
}

/** Checks of one text, whatever it is near to. */
function ofTexts(texts: readonly string[]): void {
  check('another language', texts, (text) => languageProblem(text, 'en'));
  check('speaks of a prompt', texts, (text) => echoProblem(draftOf('', text, []))?.detail);
  check('speaks to a model', texts, (text) => {
    const [found] = instructionText(text);
    return found && text.slice(found.start, found.end);
  });
  check('hidden text', texts, (text) => hiddenText(text)[0]?.codes);
}

async function ofCorpora(): Promise<void> {
  for (const name of ['health64', 'patents64'] as const) {
    const corpus = await realCorpus(name);
    if (!corpus) continue;
    const documents = corpus.documents.map(({ patent, group }) => ({
      group,
      text: viewText(patent, 'TA').text,
    }));
    console.log(`\n${name}: ${documents.length} real patents, titles and abstracts; all should pass`);
    ofTexts(documents.map(({ text }) => text));
    // One half as the real documents, the other as outputs; families are not divided.
    const groups = [...new Set(documents.map(({ group }) => group))];
    const known = new Set(groups.filter((_, at) => at % 2 === 0));
    const real = documents.filter(({ group }) => known.has(group));
    const others = documents.filter(({ group }) => !known.has(group)).map(({ text }) => text);
    const near = new NearIndex();
    for (const [at, { text }] of real.entries()) near.add(String(at), text);
    const copies = new CopyIndex(real.map(({ text }) => text));
    check(`near another family (${NEAR_DUPLICATE})`, others, (text) => {
      const found = near.nearest(text);
      return found && found.jaccard >= NEAR_DUPLICATE ? `${found.jaccard.toFixed(2)}: ${text}` : undefined;
    });
    check(`near another family, as near as to a seed (${NEAR_SEED})`, others, (text) => {
      const found = near.nearest(text);
      return found && found.jaccard >= NEAR_SEED ? `${found.jaccard.toFixed(2)}: ${text}` : undefined;
    });
    check(`copies ${COPIED_WORDS} words of another family`, others, (text) => {
      const [run] = copies.runs(text, COPIED_WORDS);
      return run && `${run.words} words: ${text}`;
    });
  }
}

/** Whole documents of the offices, with all their claims. */
async function ofOffices(): Promise<void> {
  const folder = sharedData('documents');
  if (folder === undefined) return;
  const drafts: Draft[] = [];
  for (const file of await globFiles(folder, ['**/*.{xml,txt}'], { anyCase: true })) {
    for await (const outcome of readFileDocuments(file)) {
      if (outcome.kind === 'patent' && isWhole(outcome.patent)) drafts.push(draftOfPatent(outcome.patent));
    }
  }
  console.log(`\n${drafts.length} whole English patents of the offices; all should pass`);
  check('form', drafts, (draft) => {
    const problem = shapeProblem(draft);
    return problem && `${problem.reason}: ${problem.detail}`;
  });
  ofTexts(drafts.map(draftText));
}

const isWhole = ({ title, abstract, claims, language }: Patent): boolean =>
  title !== undefined && abstract !== undefined && claims.length > 1 && (language ?? 'en') === 'en';

const draftOfPatent = ({ title, abstract, claims }: Patent): Draft =>
  draftOf(
    title?.text ?? '',
    abstract?.text ?? '',
    claims.map(({ text }) => text),
  );

function ofModels(name: string): void {
  const file = sharedData('llm-abstracts', name);
  if (file === undefined) return;
  const pairs = csvRows(readFileSync(file, 'utf8')).map((row): Written => ({
    real: draftOf(row['patent_title'] ?? '', row['patent_abstract'] ?? '', [row['claim_text'] ?? '']),
    generated: row['generated_abstract'] ?? '',
  }));
  console.log(`\n${name}: ${pairs.length} abstracts that a model wrote from a real claim`);
  const reals = pairs.map(({ real }) => real);
  check('real: form', reals, (real) => {
    const problem = shapeProblem(real);
    return problem && `${problem.reason}: ${problem.detail}`;
  });
  ofTexts(reals.map(draftText));
  const drafts = pairs.map(({ real, generated }) => cleaned(real, generated));
  check('model: preamble taken off', drafts, ({ preamble }) => preamble);
  check('model: form', drafts, ({ draft }) => {
    const problem = shapeProblem(draft);
    return problem && `${problem.reason}: ${problem.detail}`;
  });
  ofTexts(drafts.map(({ draft }) => draft.abstract));
  const likeness = pairs.map(({ real, generated }) =>
    jaccard(shingleSet(real.abstract), shingleSet(generated)),
  );
  quantiles('likeness of a model’s abstract to the real one', likeness);
  const claimLikeness = pairs.map(({ real, generated }) =>
    jaccard(shingleSet(real.claims[0] ?? ''), shingleSet(generated)),
  );
  quantiles('likeness of a model’s abstract to the claim it saw', claimLikeness);
  check(`model: near its claim (${NEAR_SEED})`, claimLikeness, (share) =>
    share >= NEAR_SEED ? share.toFixed(2) : undefined,
  );
  check(`model: copies ${COPIED_WORDS} words of its own patent`, pairs, ({ real, generated }) => {
    const [run] = new CopyIndex([draftText(real)]).runs(generated, COPIED_WORDS);
    return run && `${run.words} words`;
  });
  for (const [beside, step] of [
    ['its own patent', 0],
    ['another one', Math.floor(pairs.length / 2)],
  ] as const) {
    const sources = drafts.map(({ draft }, at) => ({
      draft: justAbstract(draft),
      source: draftText(reals[(at + step) % reals.length] ?? draft),
    }));
    check(
      `model: about something else, beside ${beside}`,
      sources,
      ({ draft, source }) => strayProblem(draft, source)?.detail,
    );
  }
}

const justAbstract = ({ abstract }: Draft): Draft => draftOf('', abstract, []);

/** As an answer with headings would be read, the model's abstract in place of the real one. */
function cleaned(
  { title, claims }: Draft,
  generated: string,
): { readonly draft: Draft; readonly preamble: string | undefined } {
  const read = readAnswer({
    text: `Title: ${title}\nAbstract: ${generated.trim()}\nClaims:\n1. ${claims[0] ?? ''}`,
    finish: 'stop',
  });
  if (read.kind === 'rejected')
    return { draft: draftOf(title, generated.trim(), claims), preamble: undefined };
  const note = read.notes.find(({ kind }) => kind === 'preamble-removed');
  return { draft: { ...read.draft, title, claims }, preamble: note?.detail };
}

// Last, when everything above is set.
await ofCorpora();
await ofOffices();
for (const name of ['llama2-a61b.csv', 'gpt2-a61b.csv']) ofModels(name);
