/**
 * USPTO grants and applications in XML, version 4.0 to 4.7 (2005 to today), singly or as weekly bulk files. Sequence
 * listings stand in the bulk files as documents of their own behind their patent.
 */
import { positionAt } from '../../text/position.ts';
import { ClassificationList, ipcCode, locarnoCode, parseIpcCode, uspcCode } from '../classification-codes.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Classification, Patent } from '../model.ts';
import type { PublicationNumber } from '../publication-number.ts';
import { publicationNumber } from '../publication-number.ts';
import type { DocumentReader, DocumentText, PatentFormat, ReadingContext } from '../reader.ts';
import { readClaims } from '../xml/claims.ts';
import { languageOf, xmlPatent } from '../xml/document.ts';
import type { XmlElement } from '../xml/parse.ts';
import { parseXml } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { readPassage, readPassages } from '../xml/passage.ts';
import { readProlog, rootName } from '../xml/prolog.ts';
import { xmlSplitter } from '../xml/splitter.ts';
import { fieldText, find, findAll, rawText } from '../xml/tree.ts';

const PATENT_ROOTS = new Set(['us-patent-grant', 'us-patent-application']);
const SEQUENCE_LISTING = 'sequence-cwu';
/** Any other XML also comes here, so that the refusal can name what it is. */
const SOME_XML = 0.05;

export const usXml: PatentFormat = {
  format: 'us-xml',
  recognise(head, file) {
    const root = rootName(head);
    if (root !== undefined && (PATENT_ROOTS.has(root) || root === SEQUENCE_LISTING)) return 1;
    return /^[\s\uFEFF]*</.test(head) || /\.xml$/i.test(file) ? SOME_XML : 0;
  },
  splitter: xmlSplitter,
  reader: (context) => reader(context),
};

function reader(context: ReadingContext): DocumentReader {
  return (document) => {
    const prolog = readProlog(document.text);
    if (prolog.kind === 'root' && prolog.name === SEQUENCE_LISTING) {
      return { kind: 'attachment', gap: sequenceListing(document) };
    }
    const source: XmlSource = { document, gaps: new GapCollector() };
    const root = parseXml(document, context, source.gaps);
    if (!PATENT_ROOTS.has(root.name)) {
      const place = positionAt(document.text, root.start, document.start);
      const detail = `The document is <${root.name}>, which is no patent format that Patent Lab reads.`;
      throw notAPatent(context.file, place, detail);
    }
    return { kind: 'patent', patent: readPatent(root, source, context) };
  };
}

function sequenceListing({ text, start }: DocumentText): {
  message: string;
  span: { start: number; end: number };
} {
  return {
    message: `A sequence listing of ${text.length} characters follows the patent in the file and was not read.`,
    span: { start: start.offset, end: start.offset + text.length },
  };
}

function readPatent(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { document } = source;
  const bibliography =
    find(root, 'us-bibliographic-data-grant') ?? find(root, 'us-bibliographic-data-application');
  const title = bibliography && find(bibliography, 'invention-title');
  const abstract = find(root, 'abstract');
  const claims = find(root, 'claims');
  const description = find(root, 'description');
  const parts = {
    publication: bibliography && readNumber(bibliography, document.text),
    language: languageOf(root) ?? languageOf(bibliography),
    title: title && readPassage(title.children, source),
    abstract: abstract && readPassage(abstract.children, source),
    claims: claims ? readClaims(claims, source) : [],
    description: description ? readPassages(description, source) : [],
    classifications: bibliography ? readClassifications(bibliography, document.text) : [],
  };
  return xmlPatent('us-xml', root, parts, source, context);
}

function readNumber(bibliography: XmlElement, text: string): PublicationNumber | undefined {
  const document = find(bibliography, 'publication-reference', 'document-id');
  const number = document && fieldText(find(document, 'doc-number'), text);
  if (document === undefined || number === undefined) return undefined;
  const country = fieldText(find(document, 'country'), text) ?? 'US';
  return publicationNumber(country, number, fieldText(find(document, 'kind'), text));
}

function readClassifications(bibliography: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const element of findAll(bibliography, 'classifications-ipcr', 'classification-ipcr')) {
    list.add('IPC', partsOf(element, text));
  }
  for (const element of findAll(bibliography, 'classification-ipc')) {
    for (const field of symbolsOf(element)) list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  const cpc = find(bibliography, 'classifications-cpc');
  if (cpc !== undefined) {
    for (const where of ['main-cpc', 'further-cpc']) {
      for (const element of findAll(cpc, where, 'classification-cpc'))
        list.add('CPC', partsOf(element, text));
    }
  }
  for (const element of findAll(bibliography, 'classification-national')) {
    if (fieldText(find(element, 'country'), text) !== 'US') continue;
    for (const field of symbolsOf(element)) list.add('USPC', uspcCode(rawText(field, text)));
  }
  for (const element of findAll(bibliography, 'classification-locarno', 'main-classification')) {
    list.add('LOCARNO', locarnoCode(rawText(element, text)));
  }
  return list.list();
}

function* symbolsOf(element: XmlElement): Generator<XmlElement> {
  yield* findAll(element, 'main-classification');
  yield* findAll(element, 'further-classification');
}

function partsOf(element: XmlElement, text: string): string | undefined {
  const part = (name: string): string | undefined => fieldText(find(element, name), text);
  return ipcCode(part('section'), part('class'), part('subclass'), part('main-group'), part('subgroup'));
}
