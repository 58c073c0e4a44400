/**
 * The leaks of one patent, as METHODS 4 lists and weighs them: labels' words in its text, hidden characters, and text
 * that speaks to a language model. Works on cleaned passages and points into the source.
 */
import type { Passage, Patent, Translation } from '../patent/model.ts';
import type { Span } from '../text/span.ts';
import { classOf, INVISIBLE } from './characters.ts';
import type { Finding, FindingKind, Severity } from './finding.ts';
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
  const hidden = new Map<number, Finding>();
  const addHidden = (found: HiddenText, span: Span, text: string): void => {
    if (!hidden.has(span.start)) hidden.set(span.start, hiddenFinding(found, span, text));
  };
  for (const { passage, language } of passagesOf(patent)) {
    findings.push(...termFindings(passage, language, check));
    for (const found of hiddenText(passage.text)) {
      const span = passage.map.toSource(found);
      if (span) addHidden(found, span, passage.text.slice(found.start, found.end));
    }
    for (const { start, end, does } of instructionText(passage.text)) {
      const span = passage.map.toSource({ start, end });
      if (span) {
        const reason = `This ${does}; a model that reads the document may follow it.`;
        const text = passage.text.slice(start, end);
        findings.push({ kind: 'instruction-like', severity: 'warning', span, text, reason });
      }
    }
  }
  if (check.source !== undefined) {
    const { start, end } = patent.source.span;
    for (const found of hiddenText(check.source, start, end)) {
      addHidden(found, { start: found.start, end: found.end }, check.source.slice(found.start, found.end));
    }
  }
  return [...findings, ...hidden.values()].sort(byImportance);
}

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
  passage: Passage,
  language: string | undefined,
  { matcher, assigned }: PatentCheck,
): Finding[] {
  const matches = matcher.scan(passage.text, language === undefined ? {} : { language });
  return matches.flatMap((match): Finding[] => {
    const span = passage.map.toSource(match);
    if (span === undefined) return [];
    const text = passage.text.slice(match.start, match.end);
    const label = matcher.taxonomy.labels[match.label];
    const { kind, severity, reason } = weighed(match, label?.name ?? '', assigned);
    const finding: Finding = { kind, severity, label: label?.id ?? '', term: match.term, span, text, reason };
    const unseen = unseenInside(text);
    if (unseen === undefined) return [finding];
    const place =
      passage.map.toSource({ start: match.start + unseen, end: match.start + unseen + 1 }) ?? span;
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

const RANK: Readonly<Record<Severity, number>> = { warning: 1, information: 2, hint: 3 };
const rank = ({ kind, severity }: Finding): number => (kind === 'assigned-label' ? 0 : RANK[severity]);

const byImportance = (a: Finding, b: Finding): number =>
  rank(a) - rank(b) || a.span.start - b.span.start || a.span.end - b.span.end;
