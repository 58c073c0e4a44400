/**
 * Can the scores tell apart what is apart? Real patents against halves of themselves, against copies, against
 * themselves with shuffled words, against another technology, and against abstracts that language models wrote for the
 * same patents. Under each row stand the scores that moved out of the range of the halves, or beyond chance; a score
 * that is not named there cannot see that difference.
 */
import { readFileSync } from 'node:fs';
import { csvRows } from './lib/csv-rows.ts';
import { keptEmbedder, realCorpus } from './lib/corpora.ts';
import { sharedData } from './lib/places.ts';
import { printMachine } from './lib/rounds.ts';
import { mmd } from '../src/core/fidelity/distance/mmd.ts';
import { embeddings, selectRows, type Embeddings } from '../src/core/fidelity/embeddings.ts';
import { factsOf, prepareReal, type FidelitySet } from '../src/core/fidelity/facts.ts';
import { scoreRows } from '../src/core/fidelity/score.ts';
import type { FidelityScores, Measured } from '../src/core/fidelity/scores.ts';
import { reusing } from '../src/core/graph/reuse.ts';
import { viewText } from '../src/core/patent/view.ts';
import { Random } from '../src/core/random.ts';
import { onnxCompute } from '../src/engine/onnx/compute.ts';
import { quietTask } from '../src/engine/task.ts';

const SIZE = 300;
const SPLITS = 100;
/** Words in a row that are copying (METHODS 4), and the relative change of a diversity that is one. [ours] */
const COPIED = 30;
const CHANGE = 0.1;

printMachine();
const embedder = await keptEmbedder();
const health = await realCorpus('health64');
const everything = await realCorpus('patents64');
if (health) await tellApart();

async function tellApart(): Promise<void> {
  const all = unique((health?.documents ?? []).map(({ patent }) => viewText(patent, 'TA').text));
  // The corpus is in the order of its subjects, and neighbours in it are no random halves.
  const texts = new Random(1).shuffle([...all]).slice(0, 2 * SIZE);
  const real = await setOf('real', texts.slice(0, SIZE));
  const other = await setOf('other half', texts.slice(SIZE));
  await uniformity(real.embeddings, other.embeddings);
  console.log(`\n${SIZE} real documents against`);
  console.log(
    '  what                       | MMD² (p)          | Fréchet (halves)    | precision recall density coverage | distinct-2 self-BLEU Vendi   | JSD (halves)     | longest run, median distance',
  );
  await row('other real documents', real, other);
  await row('copies of themselves', real, await setOf('copies', texts.slice(0, SIZE)));
  await row('their words shuffled', real, await setOf('shuffled', texts.slice(0, SIZE).map(shuffledWords)));
  const away = unique((everything?.documents ?? []).map(({ patent }) => viewText(patent, 'TA').text));
  if (away.length > 0) await row('all of technology', real, await setOf('away', spread(away, SIZE)));
  for (const [name, file] of [
    ['Llama 2, its real twins', 'llama2-a61b.csv'],
    ['GPT-2, its real twins', 'gpt2-a61b.csv'],
  ] as const) {
    const path = sharedData('llm-abstracts', file);
    if (path === undefined) continue;
    const records = csvRows(readFileSync(path, 'utf8')).slice(0, SIZE);
    const twins = await setOf(
      'twins',
      records.map((record) => record['patent_abstract'] ?? ''),
    );
    const made = await setOf(
      'made',
      records.map((record) => record['generated_abstract'] ?? ''),
    );
    await row(`${name} (${records.length})`, twins, made);
  }
}

/** p-values of halves of one set, which are about uniform where the test is right. */
async function uniformity(a: Embeddings, b: Embeddings): Promise<void> {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  const all = embeddings(data, a.dimension);
  const bins = new Array<number>(10).fill(0);
  const random = new Random(1);
  const order = Uint32Array.from({ length: all.rows }, (_, at) => at);
  await reusing(onnxCompute, async (compute) => {
    for (let split = 0; split < SPLITS; split++) {
      random.shuffle(order);
      const half = order.length >> 1;
      const score = await mmd(
        compute,
        selectRows(all, order.slice(0, half)),
        selectRows(all, order.slice(half)),
        {
          seed: split,
        },
      );
      const bin = Math.min(9, Math.floor(10 * ((score?.p ?? 1) - 1e-9)));
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
  });
  console.log(`p of MMD² between random halves of ${all.rows} real documents, ${SPLITS} splits:`);
  bins.forEach((count, bin) => {
    const from = (bin / 10).toFixed(1);
    console.log(`  ${from} to ${((bin + 1) / 10).toFixed(1)}  ${'#'.repeat(count)} ${count}`);
  });
  const chi = bins.reduce((total, count) => total + (count - SPLITS / 10) ** 2 / (SPLITS / 10), 0);
  console.log(`  χ² against uniform ${chi.toFixed(1)} (9 degrees of freedom; 16.9 is the 95th percentile)`);
}

async function setOf(name: string, texts: readonly string[]): Promise<FidelitySet> {
  const data = await embedder.embedAll(texts, quietTask, name);
  return {
    documents: texts.map((text, at) => ({ id: `${name} ${at}`, text, claims: [], parents: [] })),
    embeddings: embeddings(data, embedder.encoder.dimension),
  };
}

async function row(name: string, real: FidelitySet, synthetic: FidelitySet): Promise<void> {
  const facts = await factsOf(onnxCompute, await prepareReal(onnxCompute, real), synthetic);
  const scores = await reusing(onnxCompute, (compute) =>
    scoreRows(
      compute,
      { real, synthetic, facts },
      [...real.documents.keys()],
      [...synthetic.documents.keys()],
      {
        seed: 1,
      },
    ),
  );
  console.log(`  ${name.padEnd(27)}| ${cells(scores).join(' | ')}`);
  console.log(`  ${' '.repeat(27)}| shows in: ${showing(scores).join(', ') || 'nothing'}`);
}

/** The scores that are out of the range of halves, or beyond chance. */
function showing({ mmd2, frechet, prdc, diversity, lexical, copying }: FidelityScores): string[] {
  const moved = (value: number, usual: number): boolean => Math.abs(value - usual) > CHANGE * Math.abs(usual);
  const holds: readonly (readonly [string, boolean])[] = [
    ['MMD²', mmd2.kind === 'measured' && mmd2.p < 0.05],
    [
      'Fréchet',
      frechet.kind === 'measured' &&
        (frechet.atBaselineSize ?? frechet.value) > (frechet.baseline?.high ?? Infinity),
    ],
    ...(['precision', 'recall', 'density', 'coverage'] as const).map(
      (name) => [name, prdc.kind === 'measured' && prdc[name] < (prdc.baseline?.[name].low ?? 0)] as const,
    ),
    ...(['distinct2', 'selfBleu4', 'vendi'] as const).map(
      (name) =>
        [name, diversity.kind === 'measured' && moved(diversity[name], diversity.real[name])] as const,
    ),
    [
      'JSD',
      lexical.kind === 'measured' &&
        (lexical.atBaselineSize ?? lexical.jsd) > (lexical.baseline?.high ?? Infinity),
    ],
    ['copying', copying.kind === 'measured' && (copying.documents[0]?.words ?? 0) >= COPIED],
    ['near-copies', copying.kind === 'measured' && (copying.closerThanReal ?? 0) > 2 * CHANGE],
  ];
  return holds.flatMap(([name, shows]) => (shows ? [name] : []));
}

function cells({ mmd2, frechet, prdc, diversity, lexical, copying }: FidelityScores): string[] {
  return [
    told(mmd2, ({ value, p }) => `${value.toExponential(2)} (${p.toFixed(3)})`),
    told(frechet, ({ value, atBaselineSize, baseline }) =>
      baseline
        ? `${(atBaselineSize ?? value).toFixed(3)} (${baseline.low.toFixed(3)}–${baseline.high.toFixed(3)})`
        : value.toFixed(3),
    ),
    told(prdc, ({ precision, recall, density, coverage }) =>
      [precision, recall, density, coverage].map((value) => value.toFixed(2)).join(' '),
    ),
    told(diversity, ({ distinct2, selfBleu4, vendi, real }) =>
      [
        `${distinct2.toFixed(2)}/${real.distinct2.toFixed(2)}`,
        `${selfBleu4.toFixed(2)}/${real.selfBleu4.toFixed(2)}`,
        `${vendi.toFixed(0)}/${real.vendi.toFixed(0)}`,
      ].join(' '),
    ),
    told(lexical, ({ jsd, atBaselineSize, baseline }) =>
      baseline
        ? `${(atBaselineSize ?? jsd).toFixed(3)} (${baseline.low.toFixed(3)}–${baseline.high.toFixed(3)})`
        : jsd.toFixed(3),
    ),
    told(
      copying,
      ({ documents, nearest, realNearest }) =>
        `${documents[0]?.words ?? 0}, ${nearest.value.toFixed(3)}/${(realNearest?.value ?? 0).toFixed(3)}`,
    ),
  ];
}

function told<T>(score: Measured<T>, text: (score: T) => string): string {
  return score.kind === 'measured' ? text(score) : 'too few to say';
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter((text) => text.trim() !== ''))];
}

function spread(texts: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => texts[Math.floor((at * texts.length) / count)] ?? '');
}

function shuffledWords(text: string, at: number): string {
  return new Random(at).shuffle(text.split(/\s+/)).join(' ');
}
