/** The scores of one cell as named numbers, in one order: the columns of tables and of files for spreadsheets. */
import type { Interval } from '../metrics/bootstrap.ts';
import type { Baseline, FidelityScores } from './scores.ts';

export interface FlatScore {
  readonly name: string;
  /** Undefined where there are too few documents to say. */
  readonly value: number | undefined;
  /** Range of the same figure without any difference, or its interval. */
  readonly low?: number;
  readonly high?: number;
  /** What the range is. */
  readonly range?: 'halves of the real documents' | '95 % interval' | 'real documents' | 'permutations';
  readonly note?: string;
}

/** Every score of a cell; what was not measured has no value, and the reason as its note. */
export function flatScores(scores: FidelityScores): readonly FlatScore[] {
  const { mmd2, frechet, prdc, diversity, lexical, copying, labelFidelity } = scores;
  return [
    ...(mmd2.kind === 'measured'
      ? [
          {
            name: 'MMD²',
            value: mmd2.value,
            high: mmd2.null95,
            range: 'permutations' as const,
            note: `p = ${mmd2.p.toFixed(3)}`,
          },
        ]
      : unsaid(['MMD²'], mmd2.reason)),
    ...(frechet.kind === 'measured'
      ? [
          halves('Fréchet distance', frechet.value, frechet.baseline, [
            frechet.atBaselineSize === undefined
              ? ''
              : `${frechet.atBaselineSize.toPrecision(3)} at the size of the halves`,
            frechet.singular ? `biased upward: no more documents than ${frechet.dimensions} dimensions` : '',
          ]),
        ]
      : unsaid(['Fréchet distance'], frechet.reason)),
    ...(prdc.kind === 'measured'
      ? (['precision', 'recall', 'density', 'coverage'] as const).map((name) =>
          halves(name, prdc[name], prdc.baseline?.[name] ?? null, [
            prdc.atBaselineSize === undefined
              ? ''
              : `${prdc.atBaselineSize[name].toPrecision(3)} at the size of the halves`,
            `k = ${prdc.k}`,
          ]),
        )
      : unsaid(['precision', 'recall', 'density', 'coverage'], prdc.reason)),
    ...(diversity.kind === 'measured'
      ? DIVERSITY.map(([name, figure]) => ({
          name,
          value: diversity[figure],
          low: diversity.real[figure],
          high: diversity.real[figure],
          range: 'real documents' as const,
          ...(diversity.atRealSize
            ? { note: `${diversity.atRealSize[figure].toPrecision(3)} of ${diversity.size} documents` }
            : {}),
        }))
      : unsaid(
          DIVERSITY.map(([name]) => name),
          diversity.reason,
        )),
    ...(lexical.kind === 'measured'
      ? [
          halves('word divergence', lexical.jsd, lexical.baseline, [
            lexical.atBaselineSize === undefined
              ? ''
              : `${lexical.atBaselineSize.toPrecision(3)} at the size of the halves`,
          ]),
          beside('median length', lexical.synthetic.lengths[2], lexical.real.lengths[2]),
          beside('boilerplate', lexical.synthetic.boilerplate, lexical.real.boilerplate),
        ]
      : unsaid(['word divergence', 'median length', 'boilerplate'], lexical.reason)),
    ...(copying.kind === 'measured'
      ? [
          {
            name: 'longest shared run',
            value: copying.documents[0]?.words ?? 0,
            note: `${copying.documents.length} documents share ${copying.words} words or more`,
          },
          { name: 'overlap of 8-word runs', ...interval(copying.overlap) },
          { name: 'distance to the nearest real document', ...interval(copying.nearest) },
        ]
      : unsaid(
          ['longest shared run', 'overlap of 8-word runs', 'distance to the nearest real document'],
          copying.reason,
        )),
    ...labelScore(labelFidelity),
  ];
}

const DIVERSITY = [
  ['distinct-1', 'distinct1'],
  ['distinct-2', 'distinct2'],
  ['self-BLEU-4', 'selfBleu4'],
  ['Vendi score', 'vendi'],
  ['mean cosine', 'meanCosine'],
] as const;

function labelScore(score: FidelityScores['labelFidelity']): readonly FlatScore[] {
  if (!score) return [];
  return score.kind === 'measured'
    ? [{ name: 'label fidelity (micro-F1)', ...interval(score.microF1) }]
    : unsaid(['label fidelity (micro-F1)'], score.reason);
}

const unsaid = (names: readonly string[], reason: string): readonly FlatScore[] =>
  names.map((name) => ({ name, value: undefined, note: `too few to say: ${reason}` }));

function halves(
  name: string,
  value: number,
  baseline: Baseline | null,
  remarks: readonly string[],
): FlatScore {
  const notes = [...remarks, ...(baseline ? [`halves of ${baseline.size}`] : ['no baseline'])];
  return {
    name,
    value,
    ...(baseline
      ? { low: baseline.low, high: baseline.high, range: 'halves of the real documents' as const }
      : {}),
    note: notes.filter((note) => note !== '').join('; '),
  };
}

const beside = (name: string, value: number, real: number): FlatScore => ({
  name,
  value,
  low: real,
  high: real,
  range: 'real documents',
});

const interval = ({ value, low, high }: Interval): Omit<FlatScore, 'name'> => ({
  value,
  low,
  high,
  range: '95 % interval',
});
