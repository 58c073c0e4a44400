/** What is told of each synthetic document: its nearest real one, what it copied, and why it stands out. */
import type { Facts, SyntheticFacts } from '../../core/fidelity/facts.ts';
import type { Assignments } from '../../core/fidelity/label-fidelity.ts';
import {
  offencesOf,
  shareNearer,
  worstFirst,
  yardstickOf,
  type Yardstick,
} from '../../core/fidelity/offences.ts';
import { EMPTY } from '../../core/fidelity/unique.ts';
import type { FidelityDocument } from '../../protocol/fidelity.ts';
import { placeOf } from '../leakage/compared.ts';
import { shortened } from '../leakage/explain.ts';
import { placed, type ScoredDocument } from './documents.ts';

export interface Compared {
  readonly real: readonly ScoredDocument[];
  readonly synthetic: readonly ScoredDocument[];
  readonly facts: Facts;
  readonly assignments?: Assignments;
}

/** One a synthetic document, in their order. */
export function documentRows(compared: Compared): readonly FidelityDocument[] {
  const { synthetic, facts } = compared;
  const yardstick = yardstickOf(facts);
  const ranks = distanceRanks(facts.synthetic);
  return synthetic.map((document, row) => {
    const labels = labelsOf(compared.assignments, row);
    const missesLabel = (labels?.misses.length ?? 0) > 0;
    const first = facts.syntheticFirst[row] ?? EMPTY;
    const repeated = first === EMPTY || first === row ? undefined : synthetic[first];
    const { strategy, model, run } = document.origin;
    return {
      ...placed(document),
      labels: document.labels ?? [],
      ...(strategy === undefined ? {} : { strategy }),
      ...(model === undefined ? {} : { model }),
      ...(run === undefined ? {} : { run }),
      ...(document.verdict ? { verdict: document.verdict } : {}),
      ...closeness(compared, row, yardstick),
      distanceRank: ranks[row] ?? null,
      copied: copiedOf(compared, row),
      overlap: facts.synthetic[row]?.overlap ?? 0,
      ...parentOverlapOf(facts.synthetic[row]),
      ...(labels ? { labelFidelity: labels } : {}),
      offences: offencesOf(row, facts, yardstick, missesLabel),
      ...(repeated ? { repeats: placed(repeated) } : {}),
    };
  });
}

export const worstRows = (rows: readonly FidelityDocument[]): readonly FidelityDocument[] =>
  [...rows].sort((a, b) => worstFirst(a.offences, b.offences));

const parentOverlapOf = (own: SyntheticFacts | undefined): Pick<FidelityDocument, 'parentOverlap'> =>
  own?.parentOverlap === undefined ? {} : { parentOverlap: own.parentOverlap };

function closeness(
  { real, synthetic, facts }: Compared,
  row: number,
  yardstick: Yardstick | undefined,
): Pick<FidelityDocument, 'nearest' | 'distanceShare'> {
  const near = facts.synthetic[row]?.nearest;
  const other = near && real[near.position];
  if (!other) return { nearest: null, distanceShare: null };
  return {
    nearest: {
      ...placed(other),
      similarity: 1 - near.distance,
      isParent: synthetic[row]?.parents.includes(other.id) === true,
    },
    distanceShare: yardstick ? shareNearer(yardstick, near.distance) : null,
  };
}

function copiedOf({ real, synthetic, facts }: Compared, row: number): FidelityDocument['copied'] {
  const run = facts.synthetic[row]?.run;
  const document = synthetic[row];
  const source = run && real[run.source];
  if (!document || !source) return null;
  return {
    words: run.words,
    span: placeOf(document, run.span),
    otherSpan: placeOf(source, run.sourceSpan),
    passage: shortened(document.text.slice(run.span.start, run.span.end)),
    from: placed(source),
    isParent: document.parents.includes(source.id),
  };
}

/** Undefined without a classifier, and for a document that states no labels or that the classifier has seen. */
function labelsOf(
  assignments: Assignments | undefined,
  row: number,
): FidelityDocument['labelFidelity'] | undefined {
  const intended = assignments?.intended[row] ?? null;
  if (!assignments || intended === null) return undefined;
  const assigned = assignments.assigned[row] ?? [];
  const ids = (labels: readonly number[]): readonly string[] =>
    labels.map((label) => assignments.labels[label]?.id ?? '');
  return {
    hits: ids(intended.filter((label) => assigned.includes(label))),
    misses: ids(intended.filter((label) => !assigned.includes(label))),
    extra: ids(assigned.filter((label) => !intended.includes(label))),
  };
}

/** 1 for the document farthest from its nearest real one; equal distances share a rank. */
function distanceRanks(facts: readonly SyntheticFacts[]): readonly (number | null)[] {
  const distances = facts.flatMap(({ nearest }) => nearest?.distance ?? []).sort((a, b) => b - a);
  const first = new Map<number, number>();
  distances.forEach((distance, at) => {
    if (!first.has(distance)) first.set(distance, at + 1);
  });
  return facts.map(({ nearest }) => (nearest ? (first.get(nearest.distance) ?? null) : null));
}
