/**
 * What reading and judging one synthetic document costs in a review, by how many there are: a person who goes through
 * thousands must not wait for all of them after each. The peer is the same review with a tenth of the documents.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { planSchema } from '../src/core/generation/plan.ts';
import { slotsOf } from '../src/core/generation/slots.ts';
import { recordId } from '../src/engine/generation/record.ts';
import { answersFile, type AnswerEntry } from '../src/engine/generation/storage/journal.ts';
import { createRunFolder } from '../src/engine/generation/storage/run-folder.ts';
import { reviewDocument } from '../src/engine/generation/review/document.ts';
import { reviewList } from '../src/engine/generation/review/list.ts';
import { VerdictWriter } from '../src/engine/workspace/verdicts.ts';
import { printMachine, show, spread } from './lib/rounds.ts';

const RECORDS = Number(process.env['PATENT_LAB_BENCH_RECORDS'] ?? 5000);
/** Documents that are read and judged. */
const JUDGED = 30;

printMachine();
const few = await measure(RECORDS / 10);
const many = await measure(RECORDS);
for (const what of ['show', 'verdict'] as const)
  console.log(`  ${what}: ${(many[what] / few[what]).toFixed(2)} times that of a tenth of the documents`);

async function measure(records: number): Promise<{ readonly show: number; readonly verdict: number }> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'patent-lab-review-'));
  try {
    await writeWorkspace(root, records);
    const begun = performance.now();
    const { items } = await reviewList({ root });
    console.log(`\n${items.length} synthetic and ${records} real documents`);
    console.log(`  opening the review: ${(performance.now() - begun).toFixed(0)} ms`);
    const writer = new VerdictWriter();
    const times = { show: [] as number[], verdict: [] as number[] };
    for (let at = 0; at <= JUDGED; at++) {
      const { id = '' } = items[Math.floor((at * items.length) / (JUDGED + 1))] ?? {};
      const shown = await timed(() => reviewDocument({ root, id }));
      const judged = await timed(() => writer.record({ root, verdicts: [{ id, verdict: 'accepted' }] }));
      if (at === 0) {
        console.log(`  the first: shown in ${shown.toFixed(1)} ms, judged in ${judged.toFixed(1)} ms`);
        continue;
      }
      times.show.push(shown);
      times.verdict.push(judged);
    }
    console.log(`  shown in ${show(times.show)} ms, judged in ${show(times.verdict)} ms`);
    return { show: spread(times.show).median, verdict: spread(times.verdict).median };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function writeWorkspace(root: string, records: number): Promise<void> {
  for (const name of ['corpus', 'synthetic']) await mkdir(path.join(root, name), { recursive: true });
  const write = (file: string, values: readonly object[]): Promise<void> =>
    writeFile(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  const labelIds = Array.from({ length: 64 }, (_, at) => `label-${at}`);
  const labels = labelIds.map((id, at) => ({
    id,
    name: `Fictitious part ${at}`,
    description: `Aids with a part of the kind ${at}.`,
  }));
  await write(path.join(root, 'taxonomy.json'), [{ name: 'Fictitious aids', labels }]);
  const numbers = Array.from({ length: records }, (_, at) => at);
  await write(
    path.join(root, 'corpus', 'real.jsonl'),
    numbers.map((at) => ({ id: `R${at}`, ...document(at), labels: [labelIds[at % 64]] })),
  );
  const plan = planSchema.parse({
    name: 'judged',
    model: { client: 'built-in', model: 'none' },
    strategy: 'conditioned',
    labelSets: [{ labels: ['label-0'], count: records }],
  });
  const candidates = numbers.map((at) => ({ id: `R${at}`, labels: [at % 64], group: `R${at}`, text: '' }));
  const slots = slotsOf({ plan, documents: candidates.slice(0, 64), index: new Map([['label-0', 0]]) });
  const planned = slots.map((slot) => ({ ...slot, promptHash: 'none' }));
  const { folder } = await createRunFolder(root, plan, planned, labelIds, 'bench');
  const answers = slots.map(({ number }): AnswerEntry => ({
    kind: 'answer',
    slot: number,
    attempt: 1,
    at: '2026-01-01T00:00:00Z',
    milliseconds: 1000,
    promptHash: 'none',
    text: JSON.stringify(document(records + number)),
    finish: 'stop',
    model: 'none',
  }));
  await write(answersFile(folder), answers);
  await write(
    path.join(root, 'synthetic', `${plan.name}.jsonl`),
    answers.map((answer) => ({
      id: recordId(plan.name, answer),
      ...document(records + answer.slot),
      labels: ['label-0'],
      provenance: {
        kind: 'synthetic',
        run: plan.name,
        slot: answer.slot,
        attempt: 1,
        parents: [],
        exemplars: slots[answer.slot - 1]?.exemplars ?? [],
        prompt: [{ role: 'user', content: 'Write a fictitious patent. '.repeat(60) }],
      },
    })),
  );
}

/** Text as long as an abstract with four claims. */
function document(at: number): { title: string; abstract: string; claims: readonly string[] } {
  const word = (step: number): string => `part${(at * 7919 + step * 104_729) % 100_003}`;
  const words = (from: number, count: number): string =>
    Array.from({ length: count }, (_, step) => `the ${word(from + step)} of the device`).join(', ');
  return {
    title: `A fictitious holder with a ${word(0)} and a ${word(1)}`,
    abstract: `A holder has a frame and a lever. It comprises ${words(2, 24)}. The lever is moved by hand.`,
    claims: [0, 1, 2, 3].map((claim) =>
      claim === 0
        ? `A holder comprising a frame and a lever, wherein ${words(30, 10)} are joined to the frame.`
        : `The holder of claim 1, wherein the lever is held by ${words(40 + 10 * claim, 8)}.`,
    ),
  };
}
