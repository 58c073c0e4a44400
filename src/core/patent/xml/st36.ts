/**
 * WIPO ST.36, the standard most offices' XML follows: where the parts of a document stand, its number and its
 * classifications. Offices put their code before some of the names (`us-bibliographic-data-grant`).
 */
import { ClassificationList, ipcCode, locarnoCode, parseIpcCode, uspcCode } from '../classification-codes.ts';
import type { Classification, Format, Patent } from '../model.ts';
import type { PublicationNumber } from '../publication-number.ts';
import { parsePublicationNumber, publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { readXmlBibliography } from './bibliography/read.ts';
import { languageOf, xmlPatent } from './document.ts';
import { readTexts, versionsOf } from './languages.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { attribute, childElements, fieldText, find, findAll, rawText, startTagSpan } from './tree.ts';

const BIBLIOGRAPHY = /(?:^|-)bibliographic-data(?:-|$)/;
const PUBLICATION = /(?:^|-)publication-reference$/;
const AMENDMENTS = /^(?:[a-z]+-)?(?:amended-claims|written-amendment-group)$/;

export function readSt36(
  format: Format,
  root: XmlElement,
  source: XmlSource,
  context: ReadingContext,
): Patent {
  const { text, start } = source.document;
  const bibliography = childMatching(root, BIBLIOGRAPHY);
  const places = [root, bibliography, find(root, 'application-body')].filter((place) => place !== undefined);
  const versions = (name: string): ReturnType<typeof versionsOf> =>
    versionsOf(places.flatMap((place) => [...childElements(place, name)]));
  const texts = readTexts(
    {
      title: bibliography ? versionsOf(childElements(bibliography, 'invention-title')) : [],
      abstract: versions('abstract'),
      claims: versions('claims'),
      description: versions('description'),
    },
    languageOf(root) ?? languageOf(bibliography) ?? languageOfOffice(root),
    source,
  );
  for (const child of childElements(root)) {
    if (!AMENDMENTS.test(child.local)) continue;
    source.gaps.state(
      'Amendments stand in the document besides and were not read.',
      startTagSpan(child, start.offset),
    );
  }
  const parts = {
    ...texts,
    publication: bibliography && readNumber(root, bibliography, text),
    classifications: bibliography ? st36Classifications(bibliography, text) : [],
    bibliography: readXmlBibliography(
      {
        root,
        front: [...(bibliography ? [bibliography] : []), ...childElements(root, 'search-report-data')],
        // The USPTO marks no documents in its descriptions.
        described: format === 'us-xml' ? [] : [...childElements(root, 'description')],
        office: (attribute(root, 'country') ?? attribute(bibliography ?? root, 'country'))?.toUpperCase(),
      },
      source,
    ),
  };
  return xmlPatent(format, root, parts, source, context);
}

/** CNIPA's older files leave the language away. */
const languageOfOffice = ({ local }: XmlElement): string | undefined =>
  local === 'cn-patent-document' ? 'zh' : undefined;

function childMatching(element: XmlElement, name: RegExp): XmlElement | undefined {
  for (const child of childElements(element)) if (name.test(child.local)) return child;
  return undefined;
}

function readNumber(root: XmlElement, bibliography: XmlElement, text: string): PublicationNumber | undefined {
  const reference = childMatching(bibliography, PUBLICATION);
  // Japan writes the kind in words; the code stands at the root.
  const kind = attribute(root, 'kind-of-st16');
  return reference && documentNumber(reference, text, attribute(root, 'country') ?? '', kind);
}

/**
 * The number in a reference, from the first `document-id` that has its parts apart, otherwise from one that writes it
 * as one piece.
 */
export function documentNumber(
  reference: XmlElement,
  text: string,
  office = '',
  kindCode?: string,
): PublicationNumber | undefined {
  const ids = [...findAll(reference, 'document-id')];
  const id = ids.find((candidate) => find(candidate, 'country')) ?? ids[0];
  const number = id && fieldText(find(id, 'doc-number'), text);
  if (id === undefined || number === undefined) return undefined;
  const country = fieldText(find(id, 'country'), text) ?? office;
  const kind = kindCode ?? fieldText(find(id, 'kind'), text);
  return country === '' ? parsePublicationNumber(number) : publicationNumber(country, number, kind);
}

export function st36Classifications(bibliography: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const element of findAll(bibliography, 'classifications-ipcr', 'classification-ipcr')) {
    list.add('IPC', symbolOf(element, text));
  }
  for (const element of findAll(bibliography, 'classification-ipc')) {
    for (const field of symbolsOf(element)) list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  for (const cpc of findAll(bibliography, 'classifications-cpc')) {
    const elements = ['main-cpc', 'further-cpc'].flatMap((where) => [
      ...findAll(cpc, where, 'classification-cpc'),
    ]);
    for (const element of [...elements, ...childElements(cpc, 'classification-cpc')]) {
      list.add('CPC', symbolOf(element, text));
    }
  }
  for (const element of findAll(bibliography, 'classification-national')) {
    if (fieldText(find(element, 'country'), text) !== 'US') continue;
    for (const field of symbolsOf(element)) list.add('USPC', uspcCode(rawText(field, text)));
  }
  for (const element of findAll(bibliography, 'classification-locarno', 'main-classification')) {
    list.add('LOCARNO', locarnoCode(rawText(element, text)));
  }
  for (const element of findAll(bibliography, 'patent-classifications', 'patent-classification')) {
    addFromScheme(list, element, text);
  }
  return list.list();
}

/** The EPO's open data names the scheme beside each symbol. */
function addFromScheme(list: ClassificationList, element: XmlElement, text: string): void {
  const scheme = find(element, 'classification-scheme');
  const name = scheme === undefined ? undefined : attribute(scheme, 'scheme');
  if (name?.startsWith('CPC')) list.add('CPC', symbolOf(element, text));
  else if (name === 'UC') list.add('USPC', fieldText(find(element, 'classification-symbol'), text));
}

function* symbolsOf(element: XmlElement): Generator<XmlElement> {
  for (const name of ['main-classification', 'main-clsf', 'further-classification', 'further-clsf']) {
    yield* findAll(element, name);
  }
}

/** A symbol whose parts stand in elements of their own, or as a line of text. */
export function symbolOf(element: XmlElement, text: string): string | undefined {
  const line = find(element, 'text') ?? find(element, 'classification-symbol');
  if (line !== undefined) return parseIpcCode(rawText(line, text));
  const part = (name: string): string | undefined => fieldText(find(element, name), text);
  return ipcCode(part('section'), part('class'), part('subclass'), part('main-group'), part('subgroup'));
}
