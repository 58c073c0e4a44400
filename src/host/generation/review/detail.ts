/** One output with everything beside it: its text with what was found in it, its sources, checks and provenance. Pure. */
import { longestSharedPassage } from '../../../core/text/shared-passage.ts';
import type {
  CheckNote,
  DocumentText,
  RelatedText,
  ReviewDocument,
  ReviewHighlight,
} from '../../../protocol/generation.ts';
import type {
  MarkKind,
  ReviewCheck,
  ReviewDetail,
  ReviewMark,
  ReviewPassage,
  ReviewSource,
} from '../../../protocol/review-view.ts';
import type { Localiser } from '../../l10n.ts';

/** Shorter runs of words are shared by any two patents of a field. [ours] */
const LEAST_SHARED_WORDS = 6;

/** From here on it counts as copying (METHODS section 4). */
const COPIED_WORDS = 30;

export function detailOf(document: ReviewDocument, l10n: Localiser): ReviewDetail {
  const { item, text, related, highlights, facts, prompt, answer } = document;
  const parts = partsOf(text).map((part) => ({ ...part, marks: marksOf(part, highlights) }));
  const sources = related.map((source) => compared(parts, source, l10n));
  return {
    key: item.id,
    passages: parts.map(passageOf),
    sources,
    checks: checksOf(item.notes, highlights, sources, l10n),
    facts,
    kept: [
      ...(prompt === undefined ? [] : (['prompt'] as const)),
      ...(answer === undefined ? [] : (['answer'] as const)),
    ],
    editable: true,
  };
}

// ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A passage and where it stands in the document. */
interface Part {
  readonly part: ReviewHighlight['part'];
  /** From 0. */
  readonly claim?: number;
  readonly text: string;
  marks: ReviewMark[];
}

export function partsOf({ title, abstract, claims, description }: DocumentText): Part[] {
  const single = (part: Exclude<Part['part'], 'claim'>, text: string): Part[] =>
    text === '' ? [] : [{ part, text, marks: [] }];
  return [
    ...single('title', title),
    ...single('abstract', abstract),
    ...claims.map((text, claim): Part => ({ part: 'claim', claim, text, marks: [] })),
    ...single('description', description),
  ];
}

const passageOf = ({ part, claim, text, marks }: Part): ReviewPassage => ({
  section: part === 'claim' ? 'claims' : part,
  ...(claim === undefined ? {} : { claim: claim + 1 }),
  text,
  marks,
});

const KINDS: Readonly<Record<ReviewHighlight['severity'], MarkKind>> = {
  warning: 'assigned-label',
  information: 'other-label',
  hint: 'keyword',
};

const marksOf = ({ part, claim }: Part, highlights: readonly ReviewHighlight[]): ReviewMark[] =>
  highlights
    .filter((one) => one.part === part && one.claim === claim)
    .map(({ start, end, severity, reason }) => ({ start, end, kind: KINDS[severity], reason }));

// ── sources ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The source as passages; the longest run of words of each pair of passages is marked in both. */
function compared(parts: readonly Part[], source: RelatedText, l10n: Localiser): ReviewSource {
  const theirs = partsOf(source.text);
  let longest = 0;
  for (const mine of parts) {
    for (const other of theirs) {
      const shared = longestSharedPassage(mine.text, other.text);
      longest = Math.max(longest, shared?.words ?? 0);
      if (!shared || shared.words < LEAST_SHARED_WORDS) continue;
      const reason = l10n.t('{0} words in a row are those of {1}.', shared.words, source.id);
      mine.marks.push({ ...shared.first, kind: 'shared', reason });
      other.marks.push({ ...shared.second, kind: 'shared', reason });
    }
  }
  return {
    id: source.id,
    title: source.text.title,
    role: source.role,
    labels: [],
    passages: theirs.map(passageOf),
    sharedWords: longest,
    ...(theirs.length === 0 ? { missing: true as const } : {}),
  };
}

// ── checks ─────────────────────────────────────────────────────────────────────────────────────────────────────

function checksOf(
  notes: readonly CheckNote[],
  highlights: readonly ReviewHighlight[],
  sources: readonly ReviewSource[],
  l10n: Localiser,
): readonly ReviewCheck[] {
  return [shapeCheck(notes, l10n), namesCheck(highlights, l10n), nearnessCheck(sources, l10n)];
}

function shapeCheck(notes: readonly CheckNote[], l10n: Localiser): ReviewCheck {
  const remarks = notes.filter(({ kind }) => kind !== 'label-named');
  return {
    name: l10n.t('Form and language'),
    outcome: remarks.length > 0 ? 'remarked' : 'passed',
    text:
      remarks.length > 0
        ? remarks.map(({ detail }) => detail).join(' ')
        : l10n.t('As asked for, without repair.'),
  };
}

function namesCheck(highlights: readonly ReviewHighlight[], l10n: Localiser): ReviewCheck {
  const own = highlights.filter(({ severity }) => severity === 'warning');
  const others = highlights.filter(({ severity }) => severity === 'information');
  const reasons = [...new Set([...own, ...others].map(({ reason }) => reason))];
  return {
    name: l10n.t('Label names'),
    outcome: own.length > 0 ? 'failed' : others.length > 0 ? 'remarked' : 'passed',
    text: reasons.length > 0 ? reasons.join(' ') : l10n.t('No label is named.'),
  };
}

function nearnessCheck(sources: readonly ReviewSource[], l10n: Localiser): ReviewCheck {
  const present = sources.filter(({ missing }) => !missing);
  const nearest = present.toSorted((a, b) => b.sharedWords - a.sharedWords)[0];
  const words = nearest?.sharedWords ?? 0;
  return {
    name: l10n.t('Nearness'),
    outcome: words >= COPIED_WORDS ? 'failed' : words >= LEAST_SHARED_WORDS ? 'remarked' : 'passed',
    text: nearest
      ? l10n.t('The longest run of words it shares with a source is {0} long ({1}).', words, nearest.id)
      : l10n.t('There is no source to compare it with.'),
  };
}
