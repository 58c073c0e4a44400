/**
 * The leaks of one patent, as METHODS 4 lists and weighs them: labels' words in its text, hidden characters, and text
 * that speaks to a language model. Works on cleaned passages and points into the source.
 */
import type { Passage, Patent, Translation } from '../patent/model.ts';
import type { Span } from '../text/span.ts';
import { classOf, INVISIBLE } from '../text/characters.ts';
import { byImportance, type Finding, type FindingKind, type Severity } from './finding.ts';
import { hiddenText, type HiddenText } from './hidden-text.ts';
import { instructionText } from './instruction-text.ts';
import type { TermMatcher } from './terms/matcher.ts';
import type { TermMatch } from './terms/term.ts';

export interface PatentCheck {
  readonly matcher: TermMatcher;
  /** Positions of the document's labels; undefined where they are not known, and then no name is an assigned one. */
  readonly assigned: ReadonlySet<number> | undefined;
  /** The text of the file the patent stands in, to find hidden characters in markup and between passages too. */
  readonly source?: string;
}

/** Assigned labels first, then by severity, then in the order of the source. */
export function checkPatent(patent: Patent, check: PatentCheck): Finding[] {
  const findings: Finding[] = [];
  /** Where hidden characters were found: in passages they are found by how they read, and only once. */
  const hidden = new Set<number>();
  for (const { passage, language } of passagesOf(patent)) {
    for (const finding of checkText(passage.text, language, check)) {
      const span = passage.map.toSource(finding.span);
      if (span === undefined) continue;
      if (finding.kind === 'hidden-text') {
        if (hidden.has(span.start)) continue;
        hidden.add(span.start);
      }
      findings.push({ ...finding, span });
    }
  }
  if (check.source !== undefined) {
    for (const finding of checkSource(check.source, patent.source.span)) {
      if (!hidden.has(finding.span.start)) findings.push(finding);
    }
  }
  return findings.sort(byImportance);
}

/** The findings of one cleaned text, with spans in it. */
export function checkText(
  text: string,
  language: string | undefined,
  check: Pick<PatentCheck, 'matcher' | 'assigned'>,
): Finding[] {
  const instructions = instructionText(text).map(({ start, end, does }): Finding => ({
    kind: 'instruction-like',
    severity: 'warning',
    span: { start, end },
    text: text.slice(start, end),
    reason: `This ${does}; a model that reads the document may follow it.`,
  }));
  return [...termFindings(text, language, check), ...hiddenFindings(text, hiddenText(text)), ...instructions];
}

/** Hidden characters in a range of a file, be they in passages, in markup or between them. */
export const checkSource = (source: string, { start, end }: Span): Finding[] =>
  hiddenFindings(source, hiddenText(source, start, end));

const hiddenFindings = (text: string, found: readonly HiddenText[]): Finding[] =>
  found.map((one) => hiddenFinding(one, { start: one.start, end: one.end }, text.slice(one.start, one.end)));

function* passagesOf(patent: Patent): Generator<{ passage: Passage; language: string | undefined }> {
  const texts: readonly Pick<Translation, 'title' | 'abstract' | 'claims' | 'description'>[] = [
    patent,
    ...patent.translations,
  ];
  for (const [at, { title, abstract, claims, description }] of texts.entries()) {
    const language = at === 0 ? patent.language : patent.translations[at - 1]?.language;
    for (const passage of [title, abstract, ...claims, ...description]) {
      if (passage) yield { passage, language };
    }
  }
}

function termFindings(
  passage: string,
  language: string | undefined,
  { matcher, assigned }: Pick<PatentCheck, 'matcher' | 'assigned'>,
): Finding[] {
  const matches = matcher.scan(passage, language === undefined ? {} : { language });
  return matches.flatMap((match): Finding[] => {
    const span = { start: match.start, end: match.end };
    const text = passage.slice(match.start, match.end);
    const label = matcher.taxonomy.labels[match.label];
    const { kind, severity, reason } = weighed(match, label?.name ?? '', assigned);
    const finding: Finding = { kind, severity, label: label?.id ?? '', term: match.term, span, text, reason };
    const unseen = unseenInside(text);
    if (unseen === undefined) return [finding];
    const place = { start: match.start + unseen, end: match.start + unseen + 1 };
    return [
      finding,
      {
        kind: 'hidden-text',
        severity: 'information',
        span: place,
        text: text.charAt(unseen),
        reason: `An unseen character divides “${match.term}”, so that a plain search does not find it.`,
      },
    ];
  });
}

/** A soft hyphen inside a label's word is seldom typesetting; other unseen characters are reported wherever they are. */
function unseenInside(text: string): number | undefined {
  const at = text.indexOf('\u00AD');
  return at !== -1 && classOf(0xad) === INVISIBLE ? at : undefined;
}

interface Weighed {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly reason: string;
}

function weighed(match: TermMatch, name: string, assigned: ReadonlySet<number> | undefined): Weighed {
  const isAssigned = assigned?.has(match.label) === true;
  if (match.kind === 'keyword') {
    const whose = isAssigned ? 'the document’s label' : 'the label';
    return {
      kind: 'keyword',
      severity: 'hint',
      reason: `“${match.term}” is a keyword of ${whose} “${name}”.`,
    };
  }
  const what = match.kind === 'name' ? `the name of` : `another name of`;
  return isAssigned
    ? {
        kind: 'assigned-label',
        severity: 'warning',
        reason: `This is ${what} the document’s own label “${name}”: a classifier can read the answer here.`,
      }
    : { kind: 'other-label', severity: 'information', reason: `This is ${what} the label “${name}”.` };
}

function hiddenFinding({ codes, says, grave }: HiddenText, span: Span, text: string): Finding {
  const hidden = says === undefined ? '' : ` They spell “${says}”.`;
  return {
    kind: 'hidden-text',
    severity: grave ? 'warning' : 'information',
    span,
    text,
    reason: `Characters stand here that are not seen: ${codes}.${hidden}`,
  };
}
