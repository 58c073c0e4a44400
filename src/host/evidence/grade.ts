/**
 * How strongly each passage speaks for a label, in a few grades that colour can carry. Grades are relative to the
 * strongest passage of the same document and label; the number itself stands in the hover.
 */
import type { Prediction, Span } from '../../protocol/engine.ts';

export const GRADES = ['strong', 'medium', 'weak', 'against'] as const;
export type Grade = (typeof GRADES)[number];

export interface Mark {
  readonly grade: Grade;
  readonly span: Span;
  /** Share of the logit. */
  readonly contribution: number;
}

/** Least share of the strongest contribution for each grade; what is under the last is not marked. */
const STRONG = 0.7;
const MEDIUM = 0.4;
const WEAK = 0.2;

/** Marks for the passages that stand in the file, in the order of the text. */
export function marks(prediction: Prediction, labelId: string): readonly Mark[] {
  const contributions = prediction.labels.find(({ id }) => id === labelId)?.contributions ?? [];
  const strongest = Math.max(0, ...contributions.map(Math.abs));
  if (strongest === 0) return [];
  const found = (prediction.evidence?.passages ?? []).flatMap(({ source }, at): Mark[] => {
    const contribution = contributions[at];
    if (!source || contribution === undefined) return [];
    const grade = gradeOf(contribution / strongest);
    return grade && source.end > source.start ? [{ grade, span: source, contribution }] : [];
  });
  return found.sort((a, b) => a.span.start - b.span.start);
}

function gradeOf(share: number): Grade | undefined {
  if (share <= -WEAK) return 'against';
  if (share >= STRONG) return 'strong';
  if (share >= MEDIUM) return 'medium';
  return share >= WEAK ? 'weak' : undefined;
}

/** `+0.84`, with a real minus sign. */
export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(2);
  return value < 0 && Number(digits) !== 0 ? `−${digits}` : `+${digits}`;
}
