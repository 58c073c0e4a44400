/**
 * How long training takes once the embeddings are there, and where the time goes: the sample workspace and the train
 * split of health64, from labelled documents to a saved classifier, measuring included.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LabelledDocument } from '../src/core/corpus/labelled.ts';
import type { View } from '../src/core/patent/view.ts';
import { trainClassifier } from '../src/engine/training/train-classifier.ts';
import { keptEmbedder, realCorpus, sampleCorpus, type Corpus } from './lib/corpora.ts';
import { profiled, type Profile } from './lib/profile.ts';
import { printMachine, show } from './lib/rounds.ts';

/** Rounds of each corpus; the first also warms the kept embeddings and is left out. */
const ROUNDS = 4;
const VIEW: View = 'TAC';

printMachine();
const embedder = await keptEmbedder();
const samples = await sampleCorpus();
const health = await realCorpus('health64');
const runs: readonly { readonly corpus: Corpus; readonly documents: readonly LabelledDocument[] }[] = [
  { corpus: samples, documents: samples.documents },
  ...(health ? [{ corpus: health, documents: health.train }] : []),
];
const profiles = runs.map((): Profile[] => []);
const folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [position, { corpus, documents }] of runs.entries()) {
      const profile = await profiled((task) =>
        trainClassifier(
          { taxonomy: corpus.taxonomy, documents, view: VIEW, seed: 1, folder, name: corpus.name },
          embedder,
          task,
        ),
      );
      if (round > 0) profiles[position]?.push(profile);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
runs.forEach(({ corpus, documents }, position) => {
  report(
    `${corpus.name}, ${documents.length} documents, ${corpus.taxonomy.labels.length} labels`,
    profiles[position] ?? [],
  );
});

function report(name: string, rounds: readonly Profile[]): void {
  const line = (label: string, value: (profile: Profile) => number): void =>
    console.log(`  ${label.padEnd(34)} ${show(rounds.map(value))}`);
  console.log(`\n${name}: seconds, median of ${rounds.length} rounds`);
  line('training', ({ seconds }) => seconds);
  line('  inside ONNX Runtime', ({ inRuns }) => inRuns);
  line('  making sessions', ({ inSessions }) => inSessions);
  line('  everything else', ({ seconds, inRuns, inSessions }) => seconds - inRuns - inSessions);
  console.log(`  runs of a graph: ${rounds[0]?.runs ?? 0}; by stage:`);
  for (const stage of rounds[0]?.stages.keys() ?? [])
    line(`  ${stage}`, ({ stages }) => stages.get(stage) ?? 0);
}
