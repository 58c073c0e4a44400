/** What a document cites: patents by their numbers, other literature as it is written. */
import type { Citation } from '../../bibliography.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute, childElements, fieldText, outermost } from '../tree.ts';
import { fieldOf, names, stateUnreadable } from './fields.ts';
import { readCited } from './numbers.ts';

const PATENTS = names('patcit PCIT PatentCitation CitedPatentDocumentIdentification');
const LITERATURE = names('nplcit NCIT NPLCitation NonPatentLiteratureCitation NonPatentCitation NPLCit');
const LITERATURE_TEXT = names('othercit text Text NPLCitationText STEXT');
const CATEGORIES = names('category Category CitationCategory');
/** Says in ST.32 who cited by being there. */
const CITED_BY = 'CITED-BY-';

/** One citation element may hold several documents. */
export function readCitations(
  elements: readonly XmlElement[],
  source: XmlSource,
  office: string | undefined,
): Citation[] {
  const list = new CitationList();
  for (const element of elements) {
    const { patents, literature, category } = membersOf(element, source.document.text);
    for (const patent of patents) list.add(readPatent(patent, source, office), category);
    for (const item of literature) list.add(readLiterature(item, source), category);
    const isEmpty = patents.length + literature.length === 0;
    if (isEmpty && fieldText(element, source.document.text) !== undefined) {
      stateUnreadable('A citation', element, source);
    }
  }
  return list.list();
}

/** Documents that a description names and a list behind it, or its markup, sets apart. */
export function readDescribed(
  places: readonly XmlElement[],
  source: XmlSource,
  office: string | undefined,
): Citation[] {
  const list = new CitationList();
  for (const place of places) {
    for (const patent of outermost(place, PATENTS)) list.add(readPatent(patent, source, office), DESCRIBED);
    for (const item of outermost(place, LITERATURE)) list.add(readLiterature(item, source), DESCRIBED);
  }
  return list.list();
}
const DESCRIBED = 'cited in the description';

type Cited = Extract<Citation, { kind: 'patent' }>['document'] | Extract<Citation, { kind: 'other' }>['text'];

/** Keeps each document once for each category and date. */
class CitationList {
  readonly #seen = new Set<string>();
  readonly #list: Citation[] = [];

  add(cited: Cited | undefined, category: string | undefined): void {
    if (cited === undefined) return;
    const key = `${typeof cited === 'string' ? cited : `${cited.id} ${cited.date ?? ''}`}\n${category ?? ''}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const stated = category === undefined ? {} : { category };
    this.#list.push(
      typeof cited === 'string'
        ? { kind: 'other', text: cited, ...stated }
        : { kind: 'patent', document: cited, ...stated },
    );
  }

  list(): Citation[] {
    return this.#list;
  }
}

function readPatent(element: XmlElement, source: XmlSource, office: string | undefined): Cited | undefined {
  const document = readCited(element, source, office);
  if (document === undefined && fieldText(element, source.document.text) !== undefined) {
    stateUnreadable('The number of a cited patent', element, source);
  }
  return document;
}

/** Literature in fields of its own (author, title, journal) is read as one line. */
function readLiterature(element: XmlElement, source: XmlSource): string | undefined {
  const { text } = source.document;
  return fieldOf(element, LITERATURE_TEXT, text) ?? (leaves(element, text).join(', ') || undefined);
}

function leaves(element: XmlElement, text: string): string[] {
  const below = [...childElements(element)];
  const isMixed = element.children.some(
    (child) => child.kind !== 'element' && /\S/.test(text.slice(child.start, child.end)),
  );
  if (below.length > 0 && !isMixed) return below.flatMap((child) => leaves(child, text));
  const own = fieldText(element, text);
  return own === undefined ? [] : [own];
}

interface Members {
  readonly patents: readonly XmlElement[];
  readonly literature: readonly XmlElement[];
  readonly category?: string;
}

/** What a citation holds, found in one walk: documents have thousands of citations. */
function membersOf(citation: XmlElement, text: string): Members {
  const found: Found = { patents: [], literature: [], categories: [] };
  visit(citation, text, found);
  const { patents, literature, categories, citedBy } = found;
  // The EPO writes numbers and literature as they are, without elements of their own.
  const isBare = patents.length + literature.length === 0;
  if (isBare && citation.local === 'B561') patents.push(citation);
  if (isBare && citation.local === 'B562') literature.push(citation);
  if (categories.length > 0) return { patents, literature, category: categories.join(', ') };
  const who = citedBy ?? attribute(citation, 'cited-by') ?? attribute(citation, 'citingPartyCategory');
  return who === undefined
    ? { patents, literature }
    : { patents, literature, category: `cited by ${who.toLowerCase()}` };
}

interface Found {
  readonly patents: XmlElement[];
  readonly literature: XmlElement[];
  readonly categories: string[];
  citedBy?: string;
}

function visit(element: XmlElement, text: string, found: Found): void {
  const { local } = element;
  if (PATENTS.has(local)) found.patents.push(element);
  else if (LITERATURE.has(local)) found.literature.push(element);
  else if (CATEGORIES.has(local)) {
    const category = fieldText(element, text);
    if (category !== undefined && !found.categories.includes(category)) found.categories.push(category);
  } else {
    if (local.startsWith(CITED_BY)) found.citedBy = local.slice(CITED_BY.length);
    for (const child of element.children) if (child.kind === 'element') visit(child, text, found);
  }
}
