/** The leaks of one patent as the *Leakage* tab shows them. */
import type {
  LabelLeakage,
  LeakageShown,
  Mark,
  MarkedPassage,
  MaskedState,
  ShownFinding,
} from '../../protocol/leakage-view.ts';
import { textOffset, type Located } from '../documents/passages.ts';
import type { Assigned } from './assigned.ts';
import { labelHue } from './colours.ts';
import { isTerm, type CheckedPatent, type Leak } from './leak.ts';

/** Longest patent that is sent whole, in UTF-16 units; a longer one is sent where something was found. [ours] */
export const LONGEST_SHOWN = 60_000;

export interface ShownParts {
  readonly checked: CheckedPatent;
  /** Of the patent, where they are now. */
  readonly leaks: readonly Leak[];
  readonly labelName: (id: string) => string;
  readonly relations: LeakageShown['relations'];
  readonly masked: MaskedState;
  /** Passages without findings are sent even if the patent is long. */
  readonly all: boolean;
}

export function shownLeakage({
  checked,
  leaks,
  labelName,
  relations,
  masked,
  all,
}: ShownParts): LeakageShown {
  const { passages, assigned, patent } = checked;
  const marks = passages.map((): Mark[] => []);
  leaks.forEach((leak, finding) => {
    for (const { passage, start, end } of placesOf(leak, passages))
      marks[passage]?.push({ start, end, finding });
  });
  const length = passages.reduce((sum, { passage }) => sum + passage.text.length, 0);
  const isLong = length > LONGEST_SHOWN;
  const isSent = all || !isLong ? () => true : nearMarks(marks);
  const sent: MarkedPassage[] = [];
  let skipped = 0;
  let leftOut = 0;
  passages.forEach((located, at) => {
    if (!isSent(at)) {
      skipped++;
      leftOut++;
      return;
    }
    const isTranslation = located.version !== patent;
    const passage = markedPassage(located, isTranslation, marks[at] ?? []);
    sent.push(skipped > 0 ? { ...passage, skipped } : passage);
    skipped = 0;
  });
  return {
    kind: 'checked',
    labels: labelCounts(leaks, assigned, labelName),
    findings: leaks.map(shownFinding),
    passages: sent,
    leftOut,
    ...(all && isLong ? { whole: true as const } : {}),
    relations,
    masked,
  };
}

/** Ranges of passages' texts that a finding stands in; a finding of another reading is located by its source. */
function placesOf(
  { within, span }: Leak,
  passages: readonly Located[],
): { readonly passage: number; readonly start: number; readonly end: number }[] {
  if (within) return [{ passage: within.passage, ...within.span }];
  return passages.flatMap(({ passage }, at) => {
    if (passage.span.start >= span.end || span.start >= passage.span.end) return [];
    const start = textOffset(passage, span.start);
    const end = textOffset(passage, span.end);
    return end > start ? [{ passage: at, start, end }] : [];
  });
}

/** Passages with marks, and those beside them. */
function nearMarks(marks: readonly (readonly Mark[])[]): (at: number) => boolean {
  const has = (at: number): boolean => (marks[at]?.length ?? 0) > 0;
  return (at) => has(at) || has(at - 1) || has(at + 1);
}

function markedPassage(
  { version, section, passage, claim }: Located,
  isTranslation: boolean,
  marks: Mark[],
): MarkedPassage {
  const number = 'number' in passage && typeof passage.number === 'string' ? passage.number : undefined;
  return {
    section,
    ...(claim ? { claim: claim.number } : {}),
    ...(number === undefined ? {} : { number }),
    ...('heading' in passage && passage.heading === true ? { heading: true } : {}),
    ...(isTranslation && version.language !== undefined ? { language: version.language } : {}),
    text: passage.text,
    marks: marks.sort((a, b) => a.start - b.start || b.end - a.end),
  };
}

function shownFinding({ kind, severity, label, term, text, reason, span, related }: Leak): ShownFinding {
  return {
    kind,
    severity,
    ...(label === undefined ? {} : { label }),
    ...(term === undefined ? {} : { term }),
    text,
    reason,
    span,
    ...(related
      ? {
          related: {
            id: related.id,
            path: related.file,
            span: related.span,
            ...(related.passage === undefined ? {} : { passage: related.passage }),
          },
        }
      : {}),
  };
}

/** Labels whose words stand in the text, and the document's own. */
function labelCounts(
  leaks: readonly Leak[],
  assigned: Assigned | undefined,
  labelName: (id: string) => string,
): LabelLeakage[] {
  const counts = new Map((assigned?.labels ?? []).map((id) => [id, { names: 0, keywords: 0 }]));
  for (const leak of leaks) {
    if (leak.label === undefined || !isTerm(leak)) continue;
    const count = counts.get(leak.label) ?? { names: 0, keywords: 0 };
    counts.set(leak.label, count);
    if (leak.kind === 'keyword') count.keywords++;
    else count.names++;
  }
  const own = new Set(assigned?.labels);
  return [...counts].map(([id, count]) => ({
    id,
    name: labelName(id),
    standing: (own.has(id) && assigned?.standing) || 'other',
    ...count,
    hue: labelHue(id),
  }));
}
