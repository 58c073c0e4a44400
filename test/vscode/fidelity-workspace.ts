/**
 * A small workspace for trying fidelity: forty of the sample workspace's fictitious patents as real ones, and fifteen
 * "synthetic" ones that are put together here: some honest, one that copies a passage, one that is a real document, and
 * one that repeats another.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';

interface SampleRecord {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly claims?: readonly unknown[];
  readonly labels: readonly string[];
}

const PARTS = ['frame', 'wheel', 'strap', 'handle', 'sensor', 'spring', 'hinge', 'cushion', 'lever', 'latch'];
const AIMS = [
  'so that a person can stand up without help',
  'so that a kerb is climbed without a ramp',
  'so that the hand rests while it grips',
  'so that the seat stays level on a slope',
  'so that it folds into the boot of a car',
];

const honest = (index: number, labels: readonly string[]) => {
  const [one, other] = [PARTS[index % PARTS.length], PARTS[(index * 3 + 1) % PARTS.length]];
  const aim = AIMS[index % AIMS.length];
  return {
    title: `Aid with a ${one} and a ${other} (fictitious)`,
    abstract: `An aid for everyday use has a ${one} that is joined to a ${other}, ${aim}. The ${other} is locked in ${index + 2} places and let go with one finger.`,
    claims: [`An aid with a ${one} and a ${other}, ${aim}.`, `The aid of claim 1, with a second ${one}.`],
    labels,
  };
};

/** Writes the workspace into a new folder and gives it. */
export function writeFidelityWorkspace(folder: string): string {
  const workspace = path.join(folder, 'fidelity');
  const samples = path.join(root, 'samples');
  for (const part of ['corpus', 'synthetic']) mkdirSync(path.join(workspace, part), { recursive: true });
  writeFileSync(
    path.join(workspace, 'taxonomy.json'),
    readFileSync(path.join(samples, 'taxonomy.json'), 'utf8'),
  );
  const lines = readFileSync(path.join(samples, 'corpus', 'mobility.jsonl'), 'utf8')
    .split('\n')
    .slice(0, 40);
  const real = lines.map((line) => JSON.parse(line) as SampleRecord);
  write(path.join(workspace, 'corpus', 'real.jsonl'), real);
  write(path.join(workspace, 'synthetic', 'made.jsonl'), synthetic(real));
  return workspace;
}

function synthetic(real: readonly SampleRecord[]): readonly object[] {
  const [first, second] = real;
  if (!first || !second) throw new Error('the samples have no mobility patents');
  const copied = first.abstract.split(' ').slice(0, 30).join(' ');
  const plain = Array.from({ length: 12 }, (_, index) => honest(index, real[index * 3]?.labels ?? []));
  const documents = [
    ...plain,
    { ...honest(12, first.labels), title: 'Aid that copies (fictitious)', abstract: `${copied}.` },
    { title: second.title, abstract: second.abstract, claims: second.claims, labels: second.labels },
    { ...plain[3] },
  ];
  return documents.map((document, index) => ({
    id: `MADE-${String(index + 1).padStart(2, '0')}`,
    ...document,
    provenance: {
      kind: 'synthetic',
      model: 'put together by a test',
      strategy: index % 2 === 0 ? 'conditioned' : 'paraphrase',
      run: 'made',
      ...(index === 12 ? { parents: [first.id] } : {}),
    },
  }));
}

const write = (file: string, records: readonly object[]): void =>
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
