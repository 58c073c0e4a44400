/**
 * Checks the patents of a document passage by passage, so that the work can be done in slices and a keystroke costs one
 * passage: one whose words stood in the document before keeps its findings. Loaded with the first document.
 */
import { checkSource, checkText } from '../../core/leakage/check.ts';
import { byImportance, type Finding } from '../../core/leakage/finding.ts';
import type { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Patent } from '../../core/patent/model.ts';
import { passagesOf, type Located } from '../documents/passages.ts';
import type { Assigned } from './assigned.ts';
import type { CheckedPatent, Leak } from './leak.ts';

/** Findings of passages by their text, for one matcher. Spans are ranges of the text. */
type Known = Map<string, Map<string, readonly Finding[]>>;

/** Remembers the findings of the passages of one document from one check to the next. */
export class PassageFindings {
  readonly matcher: TermMatcher;
  readonly #before: Known;
  readonly #now: Known = new Map();

  constructor(matcher: TermMatcher, before?: PassageFindings) {
    this.matcher = matcher;
    this.#before = before?.matcher === matcher ? before.#now : new Map();
  }

  of({ version, passage }: Located, assigned: ReadonlySet<number> | undefined): readonly Finding[] {
    const context = `${version.language ?? ''}:${assigned ? [...assigned].join() : '?'}`;
    const { text } = passage;
    const now = entry(this.#now, context);
    let findings = now.get(text) ?? this.#before.get(context)?.get(text);
    findings ??= checkText(text, version.language, { matcher: this.matcher, assigned });
    now.set(text, findings);
    return findings;
  }
}

function entry(known: Known, context: string): Map<string, readonly Finding[]> {
  const found = known.get(context) ?? new Map<string, readonly Finding[]>();
  known.set(context, found);
  return found;
}

export interface PatentsCheck {
  readonly findings: PassageFindings;
  /** The text the patents were read from. */
  readonly source: string;
  readonly assigned: (patent: Patent) => Assigned | undefined;
}

/** Yields between passages. */
export function* checkSteps(
  patents: readonly Patent[],
  { findings, source, assigned }: PatentsCheck,
): Generator<undefined, CheckedPatent[]> {
  const checked: CheckedPatent[] = [];
  const { matcher } = findings;
  const positions = new Map(matcher.taxonomy.labels.map(({ id }, at) => [id, at]));
  for (const patent of patents) {
    const known = assigned(patent);
    const own = known && new Set(known.labels.flatMap((id) => positions.get(id) ?? []).sort((a, b) => a - b));
    const passages = passagesOf(patent);
    const leaks: Leak[] = [];
    /** Where hidden characters were found already: in passages they are found by how they read. */
    const hidden = new Set<number>();
    for (const [at, located] of passages.entries()) {
      for (const finding of findings.of(located, own)) {
        const span = located.passage.map.toSource(finding.span);
        if (span === undefined) continue;
        if (finding.kind === 'hidden-text') hidden.add(span.start);
        leaks.push({ ...finding, span, within: { passage: at, span: finding.span } });
      }
      yield undefined;
    }
    for (const finding of checkSource(source, patent.source.span)) {
      if (!hidden.has(finding.span.start)) leaks.push(finding);
    }
    checked.push({ patent, passages, assigned: known, leaks: leaks.sort(byImportance) });
    yield undefined;
  }
  return checked;
}
