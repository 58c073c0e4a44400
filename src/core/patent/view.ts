/**
 * A view is the part of a patent that is encoded (DESIGN "view"; the six views of arXiv 2605.24297 that are
 * concatenations of sections). The view text is what the encoder, TF-IDF and evidence all work on.
 */
import type { Patent, Passage, Section } from './model.ts';

export const VIEWS = ['title', 'abstract', 'claims', 'first-claim', 'TA', 'TAC'] as const;
export type View = (typeof VIEWS)[number];

export const VIEW_NAMES: Readonly<Record<View, string>> = {
  title: 'title',
  abstract: 'abstract',
  claims: 'claims',
  'first-claim': 'first claim',
  TA: 'title + abstract',
  TAC: 'title + abstract + claims',
};

/** One passage of a view, with its place in the view text. */
export interface ViewPart {
  readonly section: Section;
  readonly claim?: number;
  readonly passage: Passage;
  /** Offset of the passage's text in the view text. */
  readonly start: number;
}

export interface ViewText {
  readonly view: View;
  readonly text: string;
  readonly parts: readonly ViewPart[];
  /** Sections the view asks for that the document does not have. */
  readonly missing: readonly Section[];
}

const SECTIONS_OF: Readonly<Record<View, readonly Section[]>> = {
  title: ['title'],
  abstract: ['abstract'],
  claims: ['claims'],
  'first-claim': ['claims'],
  TA: ['title', 'abstract'],
  TAC: ['title', 'abstract', 'claims'],
};

/** Passages are joined by a line break, so that no sentence runs over a border. */
const SEPARATOR = '\n';

export function viewText(patent: Patent, view: View): ViewText {
  const parts: ViewPart[] = [];
  const missing: Section[] = [];
  let text = '';
  const add = (section: Section, passage: Passage, claim?: number): void => {
    if (text !== '') text += SEPARATOR;
    parts.push({ section, passage, start: text.length, ...(claim === undefined ? {} : { claim }) });
    text += passage.text;
  };
  for (const section of SECTIONS_OF[view]) {
    const passages = sectionPassages(patent, section, view);
    if (passages.length === 0) missing.push(section);
    for (const { passage, claim } of passages) add(section, passage, claim);
  }
  return { view, text, parts, missing };
}

function sectionPassages(
  patent: Patent,
  section: Section,
  view: View,
): readonly { passage: Passage; claim?: number }[] {
  switch (section) {
    case 'title':
      return patent.title ? [{ passage: patent.title }] : [];
    case 'abstract':
      return patent.abstract ? [{ passage: patent.abstract }] : [];
    case 'claims': {
      const claims = view === 'first-claim' ? patent.claims.slice(0, 1) : patent.claims;
      return claims.map((claim) => ({ passage: claim, claim: claim.number }));
    }
    case 'description':
      return patent.description.map((passage) => ({ passage }));
  }
}
