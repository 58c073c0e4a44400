/** What a reader must know of a study's inputs before believing its figures. */
import type { StudySetting } from '../outcomes.ts';
import type { MeasuredCell } from './cell.ts';
import { FEW_RESAMPLES } from '../statistics/resampling.ts';
import { THRESHOLD_FOLDS } from '../outcomes.ts';

/** Fewer test documents than this leave intervals that a bootstrap makes too narrow. [ours] */
const FEW_TEST_DOCUMENTS = 50;
const NAMED = 8;

export function notesOf({ corpus, plan }: StudySetting, cells: readonly MeasuredCell[]): readonly string[] {
  const notes: string[] = [];
  if (plan.seeds === 1) {
    notes.push(
      'There is one seed: the intervals tell what other test documents would change, and nothing about another subsample, start or order. Use at least five.',
    );
  }
  if (corpus.test.length < FEW_TEST_DOCUMENTS) {
    notes.push(
      `There are only ${corpus.test.length} test documents. Intervals from so few are too narrow, and only very large effects can be seen.`,
    );
  }
  for (const cell of cells) notes.push(...regimeNotes(cell, corpus));
  notes.push(
    `Intervals are of 95 %: from a bootstrap over test families and, for the few seeds, from Student’s t, put together by the method of variance estimates recovery. There are ${plan.resamples} resamples for micro-F1, label ranking and retrieval, ${Math.min(FEW_RESAMPLES, plan.resamples)} for the other figures. p-values are Holm-corrected over the arms of a cell.`,
  );
  if (plan.thresholds.includes('tuned')) {
    notes.push(
      `Tuned thresholds come from a ${THRESHOLD_FOLDS}-fold cross-validation over families on the real training documents of each arm (the synthetic ones where there are no others); the test documents have no part in it.`,
    );
  }
  if (plan.schedules.includes('convergence')) {
    notes.push(
      'Trained to convergence, a repeated document weighs more and adds nothing else, and the order of documents means nothing: curricula are the arm “augmented”.',
    );
  }
  return [...new Set(notes)];
}

function regimeNotes(
  { regime, draws }: MeasuredCell,
  { documents, labels, test, synthetic }: StudySetting['corpus'],
): readonly string[] {
  const notes: string[] = [];
  const tested = new Set(Array.from(test).flatMap((row) => documents[row]?.labels ?? []));
  const lacking = new Set<number>();
  for (const { real } of draws) {
    const present = new Set(Array.from(real).flatMap((row) => documents[row]?.labels ?? []));
    for (const label of tested) if (!present.has(label)) lacking.add(label);
  }
  if (lacking.size > 0) {
    const names = [...lacking].sort((a, b) => a - b).map((label) => labels[label]?.name ?? '');
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
    notes.push(
      `Regime ${regime.name}: some draws have no real document of ${names.slice(0, NAMED).join(', ')}${more}, though the test set does; real-only cannot find them.`,
    );
  }
  const fewest = Math.min(...draws.map((draw) => draw.synthetic.length));
  if (fewest < synthetic.length) {
    notes.push(
      `Regime ${regime.name}: of ${synthetic.length} synthetic documents at least ${fewest} can be used beside its real ones; the others were made from real documents that the regime does not have.`,
    );
  }
  return notes;
}
