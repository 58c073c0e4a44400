/**
 * What scores mean at their size, in sentences computed from them (METHODS 3). No score is called good or bad: at extreme
 * scarcity a larger MMD² went with a larger gain, at one real document to ten with a smaller one. What is said is which
 * differences chance alone does not explain, and which the size does not let anyone see.
 */
import type { Interval } from '../metrics/bootstrap.ts';
import type {
  Baseline,
  Copying,
  Counts,
  Diversity,
  FidelityScores,
  Frechet,
  LabelFidelity,
  Lexical,
  Measured,
  Mmd,
  Prdc,
  PrdcFigures,
} from './scores.ts';

/** p-values from here on are chance to us. */
const SIGNIFICANT = 0.05;

/** The last sentence of every interpretation. */
export const NO_VERDICT =
  'None of this says whether the documents help: whether closer is better depends on how many real documents there are, and only a study with measured gains can tell.';

export function interpret(scores: FidelityScores): readonly string[] {
  return [
    sizes(scores.n),
    told(scores.mmd2, 'The two-sample test', mmdSentence),
    told(scores.frechet, 'The Fréchet distance', frechetSentence),
    told(scores.prdc, 'Precision, recall, density and coverage', prdcSentence),
    told(scores.diversity, 'Diversity', diversitySentence),
    told(scores.lexical, 'The comparison of words', lexicalSentence),
    told(scores.copying, 'Copying', copyingSentence),
    scores.labelFidelity ? told(scores.labelFidelity, 'Label fidelity', labelSentence) : '',
    NO_VERDICT,
  ].filter((sentence) => sentence !== '');
}

function told<T>(score: Measured<T>, name: string, sentence: (score: T) => string): string {
  return score.kind === 'measured' ? sentence(score) : `${name}: too few to say. ${score.reason}`;
}

function sizes({ real, synthetic, uniqueReal, uniqueSynthetic }: Counts): string {
  const ratio =
    uniqueReal > 0 && uniqueSynthetic > 0
      ? `, ${(uniqueSynthetic / uniqueReal).toPrecision(2)} synthetic to one real`
      : '';
  const left = real - uniqueReal + (synthetic - uniqueSynthetic);
  const copies = left > 0 ? ` ${left} copies and empty texts are left out of the scores.` : '';
  return `Regime: ${uniqueReal} different real and ${uniqueSynthetic} different synthetic documents${ratio}.${copies}`;
}

function mmdSentence({ value, p, null95, permutations }: Mmd): string {
  const figures = `MMD² ${number(value)}, p = ${p.toFixed(3)} of ${permutations} permutations`;
  return p < SIGNIFICANT
    ? `A two-sample test tells the synthetic documents from the real ones (${figures}; chance alone reaches ${number(null95)} one time in twenty).`
    : `A two-sample test does not tell the synthetic documents from the real ones (${figures}); with these numbers of documents that does not mean that they are the same.`;
}

function frechetSentence({ value, baseline, atBaselineSize, singular, dimensions }: Frechet): string {
  const bias = singular
    ? ` There are no more documents than the ${dimensions} dimensions, so that the distance is biased upward and only its place beside the baseline can be read.`
    : '';
  if (!baseline) {
    return `Fréchet distance ${number(value)}; there are too few real documents for a baseline, so that it cannot be read.${bias}`;
  }
  const compared = atBaselineSize ?? value;
  const at = `at ${baseline.size} documents a side`;
  return `Fréchet distance ${number(value)}; ${at} ${number(compared)} beside ${range(baseline)} between halves of the real documents: ${place(compared, baseline)}.${bias}`;
}

function prdcSentence(score: Prdc): string {
  const { precision, recall, density, coverage, k, baseline, atBaselineSize } = score;
  const figures = `precision ${two(precision)}, recall ${two(recall)}, density ${two(density)}, coverage ${two(coverage)} (k = ${k})`;
  if (!baseline) return `Neighbourhoods: ${figures}; there are too few real documents for a baseline.`;
  const at = atBaselineSize ? `; at ${baseline.precision.size} documents a side ${four(atBaselineSize)}` : '';
  const halves = four({
    precision: baseline.precision.median,
    recall: baseline.recall.median,
    density: baseline.density.median,
    coverage: baseline.coverage.median,
  });
  return `Neighbourhoods: ${figures}${at}; halves of the real documents, ${baseline.precision.size} a side, give ${halves}.`;
}

const four = ({ precision, recall, density, coverage }: PrdcFigures): string =>
  `${two(precision)}, ${two(recall)}, ${two(density)} and ${two(coverage)}`;

function diversitySentence(diversity: Diversity): string {
  const { real, size } = diversity;
  const at = diversity.atRealSize ?? diversity;
  return `Among ${size} synthetic documents there are ${at.vendi.toFixed(1)} effectively different ones (Vendi score), among as many real ones ${real.vendi.toFixed(1)}; self-BLEU ${two(at.selfBleu4)} beside ${two(real.selfBleu4)}.`;
}

function lexicalSentence({ jsd, baseline, atBaselineSize, real, synthetic }: Lexical): string {
  const lengths = `Median length ${synthetic.lengths[2]} words, of real documents ${real.lengths[2]}.`;
  if (!baseline) return `Word frequencies differ by ${two(jsd)} bits (Jensen–Shannon). ${lengths}`;
  const compared = atBaselineSize ?? jsd;
  return `Word frequencies differ by ${two(jsd)} bits (Jensen–Shannon), at ${baseline.size} documents a side by ${two(compared)}, halves of the real documents by ${range(baseline)}: ${place(compared, baseline)}. ${lengths}`;
}

function copyingSentence({ documents, words, closerThanReal, overlap, realOverlap }: Copying): string {
  const [longest] = documents;
  const copied = longest
    ? `${documents.length} synthetic documents share ${words} words in a row or more with a real one, at most ${longest.words} (${longest.id} with ${longest.from}).`
    : `No synthetic document shares ${words} words in a row with a real one.`;
  const overlaps = ` Of their runs of 8 words, ${percent(overlap)} stand in real documents${realOverlap ? `, of those of real documents ${percent(realOverlap)} in other real ones` : ''}.`;
  const nearer =
    closerThanReal === null
      ? ''
      : ` ${Math.round(100 * closerThanReal)} % are nearer to a real document than 95 % of real documents are to each other.`;
  return `${copied}${overlaps}${nearer}`;
}

const labelSentence = ({ microF1, precision, recall, documents }: LabelFidelity): string =>
  `The classifier's labels agree with those that ${documents} documents were made for with micro-F1 ${two(microF1.value)} (${two(microF1.low)} to ${two(microF1.high)}), precision ${two(precision)}, recall ${two(recall)}.`;

function place(value: number, { low, high }: Baseline): string {
  if (value > high) return 'farther apart than any of them';
  return value < low ? 'closer together than any of them' : 'within their range';
}

const range = ({ low, high }: Baseline): string => `${number(low)} to ${number(high)}`;
const number = (value: number): string =>
  Math.abs(value) >= 0.01 ? value.toFixed(3) : value.toExponential(1);
const two = (value: number): string => value.toFixed(2);
const percent = ({ value }: Interval): string => `${(100 * value).toFixed(1)} %`;
