/** The arms of a plan (METHODS 2, the table): what there is to compare, before anything is drawn. */
import type { LossId } from '../learning/losses/loss.ts';
import { cellOf, type StudyCorpus } from './corpus.ts';
import type { ArmKind, StudyPlan } from './plan.ts';

/** Strategy of a document that says a real one in other words. */
const PARAPHRASE = 'paraphrase';

export type Arm = {
  readonly id: string;
  /** What it is, in words. */
  readonly name: string;
} & (
  | { readonly kind: Exclude<ArmKind, 'mix' | 'paraphrase' | 'cells'> }
  /** A share of real documents. */
  | { readonly kind: 'mix'; readonly share: number }
  /** Paraphrases per real document. */
  | { readonly kind: 'paraphrase'; readonly scale: number }
  /** The synthetic documents of one generator and strategy, or as many copies of real ones. */
  | { readonly kind: 'cells'; readonly cell: string; readonly copies: boolean }
);

const NAMES: Readonly<Record<Exclude<ArmKind, 'mix' | 'paraphrase' | 'cells'>, string>> = {
  'real-only': 'real only',
  'step-matched': 'real only, as many steps',
  'duplicate-to-match': 'real, repeated to match',
  'inverse-frequency': 'real, rare labels weighted up',
  focal: 'real, focal loss',
  asymmetric: 'real, asymmetric loss',
  'distribution-balanced': 'real, distribution-balanced loss',
  augmented: 'real + synthetic',
  'synthetic-only': 'synthetic only',
  'curriculum-synthetic-first': 'synthetic, then real',
  'curriculum-real-first': 'real, then synthetic',
  ensemble: 'mean of real only and synthetic only',
  filtered: 'real + synthetic that the real model agrees with',
  'sample-weighted': 'real + synthetic, weighted by agreement',
};

/** The other losses, which need no document more. */
export const REWEIGHTED = ['inverse-frequency', 'focal', 'asymmetric', 'distribution-balanced'] as const;

const NEEDS_NOTHING_SYNTHETIC: readonly ArmKind[] = ['real-only', ...REWEIGHTED];

export const needsSynthetic = (kind: ArmKind): boolean => !NEEDS_NOTHING_SYNTHETIC.includes(kind);

export const mixId = (share: number): string => `mix-${share}`;
export const cellId = (cell: string): string => `cell:${cell}`;
export const cellCopiesId = (cell: string): string => `copies:${cell}`;

/** In the order of the table; what the documents do not allow is left out with a note. */
export function armsOf(plan: StudyPlan, corpus: StudyCorpus, notes: string[]): readonly Arm[] {
  return [...new Set(plan.arms)].flatMap((kind): readonly Arm[] => {
    switch (kind) {
      case 'mix':
        return [...new Set(plan.mixShares)].map((share) => ({
          id: mixId(share),
          kind,
          share,
          name: `${percent(share)} real, ${percent(1 - share)} synthetic`,
        }));
      case 'paraphrase':
        return paraphraseArms(plan, corpus, notes);
      case 'cells':
        return cellArms(corpus);
      default:
        return [{ id: kind, kind, name: NAMES[kind] }];
    }
  });
}

function paraphraseArms(plan: StudyPlan, corpus: StudyCorpus, notes: string[]): readonly Arm[] {
  const most = paraphrasesPerDocument(corpus);
  const scales = [...new Set(plan.paraphraseScales)].sort((a, b) => a - b);
  if (most === 0) {
    notes.push(
      'No synthetic document says which real one it paraphrases, so the arms of paraphrases were left out.',
    );
    return [];
  }
  const beyond = scales.filter((scale) => scale > most);
  if (beyond.length > 0) {
    notes.push(
      `There are at most ${most} paraphrases of one document: the arms of ${beyond.join(', ')} were left out.`,
    );
  }
  return scales
    .filter((scale) => scale <= most)
    .map((scale) => ({
      id: `paraphrase-${scale}`,
      kind: 'paraphrase',
      scale,
      name: `real + ${scale} paraphrase${scale === 1 ? '' : 's'} of each`,
    }));
}

function paraphrasesPerDocument({ documents, synthetic }: StudyCorpus): number {
  const counts = new Map<number, number>();
  for (const row of synthetic) {
    const document = documents[row];
    const [parent] = document?.parents ?? [];
    if (document?.strategy !== PARAPHRASE || parent === undefined || parent < 0) continue;
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** One cell alone would be the arm *augmented* again. */
function cellArms({ documents, synthetic }: StudyCorpus): readonly Arm[] {
  const cells = new Set(
    Array.from(synthetic, (row) => documents[row]).flatMap((one) => (one ? [cellOf(one)] : [])),
  );
  if (cells.size < 2) return [];
  return [...cells].sort().flatMap((cell): Arm[] => [
    { id: cellId(cell), kind: 'cells', cell, copies: false, name: `real + ${cell}` },
    { id: cellCopiesId(cell), kind: 'cells', cell, copies: true, name: `real, repeated to match ${cell}` },
  ]);
}

/** Paraphrases of the given real documents, at most `scale` of each, in the documents' order. */
export function paraphrasesOf(
  { documents }: StudyCorpus,
  synthetic: Int32Array,
  real: ReadonlySet<number>,
  scale: number,
): Int32Array {
  const counts = new Map<number, number>();
  return synthetic.filter((row) => {
    const document = documents[row];
    const [parent] = document?.parents ?? [];
    if (document?.strategy !== PARAPHRASE || parent === undefined || !real.has(parent)) return false;
    const count = counts.get(parent) ?? 0;
    counts.set(parent, count + 1);
    return count < scale;
  });
}

export function lossOf(arm: Arm): LossId {
  switch (arm.kind) {
    case 'inverse-frequency':
    case 'focal':
    case 'asymmetric':
    case 'distribution-balanced':
      return arm.kind;
    default:
      return 'binary-cross-entropy';
  }
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
