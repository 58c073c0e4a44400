/** Documents of the same family that a document names: what it continues, divides, replaces or enters a country from. */
import type { DocumentNumber, RelatedDocument, Relation } from '../../bibliography.ts';
import { applicationKeys } from '../../identity-applications.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { childElements } from '../tree.ts';
import { fieldOf, names, stateUnreadable } from './fields.ts';
import { readApplication, readPublication } from './numbers.ts';

/** Elements that describe one document. */
const DOCUMENTS = names(
  'document-id DocumentID DOC cdoc pdoc ApplicationIdentification PatentPublicationIdentification B861 B871',
);
/** Elements in which documents are publications; elsewhere they are applications. */
const PUBLICATIONS = names(
  `parent-grant-document related-publication pct-or-regional-publishing-data international-publishing-data PPUB B650
  B871 PatentPublicationIdentification RelatedPublication InternationalPublishingData`,
);
/** Elements that name this document, or one between it and a parent. */
const CHILDREN = names('child-doc child ChildDocument CDOC');
/** Of the International Bureau, whose numbers begin with the receiving office. */
const INTERNATIONAL = names('B861 B871');
const EPO_NUMBERS = { application: names('anum'), publication: names('pnum') };

/** The names of all standards without case and hyphens, and the tags of ST.9, more special ones first. */
const RELATIONS: readonly (readonly [RegExp, Relation])[] = [
  [/reissue|^b64[01]$/, 'reissue'],
  [/continuationinpart|^b632$/, 'continuation-in-part'],
  [/continuation|^b63/, 'continuation'],
  [/division|^b62/, 'division'],
  [/provisional|^b68/, 'provisional'],
];

interface Found extends RelatedDocument {
  readonly child: boolean;
}

/** `own` is the application of the document itself, which these elements name again. */
export function readRelated(
  elements: readonly XmlElement[],
  source: XmlSource,
  office: string | undefined,
  own: DocumentNumber | undefined,
): RelatedDocument[] {
  const found: Found[] = [];
  const walk = (element: XmlElement, relation: Relation, publication: boolean, child: boolean): void => {
    const published = publication || PUBLICATIONS.has(element.local);
    const isChild = child || CHILDREN.has(element.local);
    const next = DOCUMENTS.has(element.local) ? relation : (relationOf(element.local) ?? relation);
    if (DOCUMENTS.has(element.local)) {
      for (const document of readDocuments(element, published, source, office)) {
        found.push({ relation: next, document, child: isChild });
      }
      return;
    }
    for (const below of childElements(element)) walk(below, next, published, isChild);
  };
  for (const element of elements) walk(element, 'other', false, false);
  return withoutOwn(found, own);
}

function relationOf(name: string): Relation | undefined {
  const plain = name.toLowerCase().replaceAll('-', '');
  return RELATIONS.find(([pattern]) => pattern.test(plain))?.[1];
}

function readDocuments(
  element: XmlElement,
  published: boolean,
  source: XmlSource,
  own: string | undefined,
): DocumentNumber[] {
  const { text } = source.document;
  const office = INTERNATIONAL.has(element.local) ? 'WO' : own;
  const sideBySide = Object.values(EPO_NUMBERS).filter(
    (wanted) => fieldOf(element, wanted, text) !== undefined,
  );
  const isBoth = sideBySide.length > 1;
  const read = [
    ...(published && !isBoth ? [] : [readApplication(element, source, office)]),
    ...(published || isBoth ? [readPublication(element, source, office)] : []),
  ].filter((document) => document !== undefined);
  if (read.length === 0 && /[1-9]/.test(fieldOf(element, WRITTEN, text) ?? '')) {
    stateUnreadable('The number of a related document', element, source);
  }
  return read;
}
const WRITTEN = names('doc-number DocNumber DNUM dnum PublicationNumber ApplicationNumberText');

/** Each document once; those named as children only where they are neither this one nor the parent of another. */
function withoutOwn(found: readonly Found[], own: DocumentNumber | undefined): RelatedDocument[] {
  const ownKeys = own === undefined ? [] : [own.id, ...applicationKeys(own)];
  const seen = new Set<string>();
  const list: RelatedDocument[] = [];
  const parentsFirst = [...found].sort((a, b) => Number(a.child) - Number(b.child));
  for (const { relation, document } of parentsFirst) {
    const key = `${document.application ? 'application' : 'publication'} ${document.id}`;
    const isOwn =
      document.application && [document.id, ...applicationKeys(document)].some((id) => ownKeys.includes(id));
    if (isOwn || seen.has(key)) continue;
    seen.add(key);
    list.push({ relation, document });
  }
  return list;
}
