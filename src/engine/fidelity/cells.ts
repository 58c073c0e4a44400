/** Scores overall, and of the documents of each label, strategy, model and run. */
import { interpret } from '../../core/fidelity/interpretation.ts';
import { scoreRows, type FidelityData, type ScoreOptions } from '../../core/fidelity/score.ts';
import type { FidelityScores } from '../../core/fidelity/scores.ts';
import type { CellKind, FidelityCell } from '../../protocol/fidelity.ts';
import type { Compute } from '../../core/graph/compute.ts';
import type { Task } from '../task.ts';
import type { FidelityCorpus } from './corpus.ts';
import type { ScoredDocument } from './documents.ts';

interface Part {
  readonly kind: CellKind;
  readonly id: string;
  readonly name: string;
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

export async function fidelityCells(
  compute: Compute,
  corpus: FidelityCorpus,
  data: FidelityData,
  options: ScoreOptions,
  task: Task,
): Promise<readonly FidelityCell[]> {
  const parts = partsOf(corpus);
  const known = new Map<string, FidelityScores>();
  const cells: FidelityCell[] = [];
  for (const [at, { kind, id, name, real, synthetic }] of parts.entries()) {
    task.progress(kind === 'overall' ? 'Scoring all documents' : `Scoring ${name}`, at, parts.length);
    await task.checkpoint();
    // One strategy or model alone has the documents of the whole: there is nothing to compute again.
    const key = `${real.join()} ${synthetic.join()}`;
    const scores = known.get(key) ?? (await scoreRows(compute, data, real, synthetic, options));
    known.set(key, scores);
    cells.push({ kind, id, name, scores, interpretation: interpret(scores) });
  }
  return cells;
}

function partsOf({ real, synthetic, taxonomy }: FidelityCorpus): readonly Part[] {
  const all = real.map((_, row) => row);
  const rowsOf = (
    documents: readonly ScoredDocument[],
    holds: (document: ScoredDocument) => boolean,
  ): number[] => documents.flatMap((document, row) => (holds(document) ? [row] : []));
  const overall: Part = {
    kind: 'overall',
    id: '',
    name: 'All documents',
    real: all,
    synthetic: synthetic.map((_, row) => row),
  };
  const stated = new Set(synthetic.flatMap(({ labels }) => labels ?? []));
  const names = new Map(taxonomy?.labels.map(({ id, name }) => [id, name]));
  // In the order of the taxonomy; without one, as they come.
  const ids = [...names.keys()].filter((id) => stated.has(id));
  const others = [...stated].filter((id) => !names.has(id)).sort();
  const labels = [...ids, ...others].map((id): Part => {
    const has = ({ labels: own }: ScoredDocument): boolean => own?.includes(id) === true;
    return {
      kind: 'label',
      id,
      name: names.get(id) ?? id,
      real: rowsOf(real, has),
      synthetic: rowsOf(synthetic, has),
    };
  });
  const by = (kind: 'strategy' | 'model' | 'run'): Part[] => {
    const values = [...new Set(synthetic.map(({ origin }) => origin[kind] ?? ''))].sort();
    if (values.every((value) => value === '')) return [];
    return values.map((value) => ({
      kind,
      id: value,
      name: value === '' ? `no ${kind} stated` : value,
      real: all,
      synthetic: rowsOf(synthetic, ({ origin }) => (origin[kind] ?? '') === value),
    }));
  };
  return [overall, ...labels, ...by('strategy'), ...by('model'), ...by('run')];
}
