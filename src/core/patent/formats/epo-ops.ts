/**
 * Responses of the EPO's Open Patent Services and its DOCDB files: any number of documents in one response, each with
 * what was asked for only (bibliography, abstract, claims or description).
 */
import type { PatentLabError } from '../../errors.ts';
import { positionAt } from '../../text/position.ts';
import { assembleClaims } from '../claims.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Paragraph, Patent } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import { PARAGRAPH_NUMBER, withoutParagraphNumber } from '../passages.ts';
import type { PublicationNumber } from '../publication-number.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { xmlPatent } from '../xml/document.ts';
import type { FamilyMember } from '../xml/bibliography/family.ts';
import { familyMembers, readFamily } from '../xml/bibliography/family.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import type { TextReaders } from '../xml/languages.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { readMapped, readPassages } from '../xml/passage.ts';
import { documentNumber, st36Classifications } from '../xml/st36.ts';
import { attribute, childElements, find, outermost } from '../xml/tree.ts';

const PARTS = ['title', 'abstract', 'claims', 'description'] as const;
const DOCUMENTS: ReadonlySet<string> = new Set(['exchange-document', 'fulltext-document']);

/** Numbers are printed in the text, of paragraphs and of claims, which all stand in one element. */
const READERS: TextReaders = {
  claims: (element, source) =>
    assembleClaims(numberedClaims(readMapped(element.children, source), source.gaps), source.gaps),
  description: (element, source) =>
    readPassages(element, source).flatMap((passage): Paragraph[] => {
      const number = /\d+/.exec(PARAGRAPH_NUMBER.exec(passage.text)?.[0] ?? '')?.[0];
      const plain = withoutParagraphNumber(passage);
      return plain === undefined ? [] : [number === undefined ? passage : { ...plain, number }];
    }),
};

export const epoOps = xmlFormat({
  format: 'epo-ops',
  roots: /^(?:world-patent-data|(?:exchange|fulltext)-documents?)$/,
  read: readResponse,
});

function readResponse(
  root: XmlElement,
  source: XmlSource,
  context: ReadingContext,
): (Patent | PatentLabError)[] {
  const { document } = source;
  const documents = DOCUMENTS.has(root.local) ? [root] : outermost(root, DOCUMENTS);
  if (documents.length === 0) {
    const listed = outermost(root, new Set(['publication-reference'])).length;
    const detail =
      listed > 0
        ? `The response lists ${listed} publications but holds nothing of their texts.`
        : `<${root.name}> holds no documents.`;
    throw notAPatent(context.file, positionAt(document.text, root.start, document.start), detail);
  }
  const members = familyMembers(root, source);
  const found: (Patent | PatentLabError)[] = [];
  const empty: XmlElement[] = [];
  for (const element of documents) {
    const gaps = found.length === 0 ? source.gaps : new GapCollector();
    const own: XmlSource = { document: { ...document, index: document.index + found.length }, gaps };
    const patent = readDocument(element, members, own, context);
    if (patent === undefined) empty.push(element);
    else found.push(patent);
  }
  const [first] = empty;
  if (first !== undefined) {
    // One error for all of them: a place for each would mean counting lines over and over.
    const things = empty.length === 1 ? '1 document' : `${empty.length} documents`;
    const detail = `${things} of the response, the first of them here: no title, abstract, claims or description.`;
    found.push(notAPatent(context.file, positionAt(document.text, first.start, document.start), detail));
  }
  return found;
}

/** Undefined for a document that holds nothing to read, such as one that was not found. */
function readDocument(
  element: XmlElement,
  members: readonly FamilyMember[],
  source: XmlSource,
  context: ReadingContext,
): Patent | undefined {
  const { text } = source.document;
  const bibliography = find(element, 'bibliographic-data');
  const texts = readTexts(
    {
      title: bibliography ? versionsOf(childElements(bibliography, 'invention-title')) : [],
      abstract: versionsOf(childElements(element, 'abstract')),
      claims: versionsOf(childElements(element, 'claims')),
      description: versionsOf(childElements(element, 'description')),
    },
    undefined,
    source,
    READERS,
  );
  const missing = PARTS.filter((part) => {
    const read = texts[part];
    return read === undefined || (Array.isArray(read) && read.length === 0);
  });
  if (missing.length === PARTS.length) return undefined;
  if (missing.length > 0) {
    source.gaps.state(`The response holds no ${missing.join(', no ')} of this publication.`);
  }
  const parts = {
    ...texts,
    within: element,
    publication: numberOf(element, bibliography, text),
    classifications: bibliography ? st36Classifications(bibliography, text) : [],
    bibliography: readXmlBibliography(
      {
        root: element,
        front: bibliography ? [bibliography] : [],
        office: attribute(element, 'country'),
        family: readFamily(element, members, source),
      },
      source,
    ),
  };
  return xmlPatent('epo-ops', element, parts, source, context);
}

function numberOf(
  element: XmlElement,
  bibliography: XmlElement | undefined,
  text: string,
): PublicationNumber | undefined {
  const country = attribute(element, 'country');
  const number = attribute(element, 'doc-number');
  if (country !== undefined && number !== undefined) {
    return publicationNumber(country, number, attribute(element, 'kind'));
  }
  const reference = bibliography && find(bibliography, 'publication-reference');
  return reference && documentNumber(reference, text);
}
