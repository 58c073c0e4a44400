/** CNIPA publications in its XML of today (`business:PatentDocumentAndRelated`); older ones follow ST.36. */
import { ClassificationList, locarnoCode, parseIpcCode } from '../classification-codes.ts';
import type { Classification, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { languageOf, xmlPatent } from '../xml/document.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { attribute, childElements, fieldText, find, findAll, rawText } from '../xml/tree.ts';

export const cnipaXml = xmlFormat({
  format: 'cnipa-xml',
  roots: /^PatentDocumentAndRelated$/,
  read: readDocument,
});

function readDocument(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { text } = source.document;
  const bibliography = find(root, 'BibliographicData');
  const texts = readTexts(
    {
      title: bibliography ? versionsOf(childElements(bibliography, 'InventionTitle')) : [],
      abstract: versionsOf(childElements(root, 'Abstract')),
      claims: versionsOf(childElements(root, 'Claims')),
      description: versionsOf(childElements(root, 'Description')),
    },
    languageOf(root) ?? 'zh',
    source,
  );
  const id = bibliography && find(bibliography, 'PublicationReference', 'DocumentID');
  const field = (name: string): string | undefined => id && fieldText(find(id, name), text);
  const number = field('DocNumber') ?? attribute(root, 'docNumber');
  const parts = {
    ...texts,
    publication:
      number === undefined
        ? undefined
        : publicationNumber(field('WIPOST3Code') ?? 'CN', number, field('Kind') ?? attribute(root, 'kind')),
    classifications: bibliography ? readClassifications(bibliography, text) : [],
    bibliography: readXmlBibliography(
      { root, front: bibliography ? [bibliography] : [], office: field('WIPOST3Code') ?? 'CN' },
      source,
    ),
  };
  return xmlPatent('cnipa-xml', root, parts, source, context);
}

function readClassifications(bibliography: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const element of findAll(bibliography, 'ClassificationIPCRDetails', 'ClassificationIPCR', 'Text')) {
    list.add('IPC', parseIpcCode(rawText(element, text)));
  }
  for (const element of findAll(bibliography, 'ClassificationLocarno', 'MainClassification')) {
    list.add('LOCARNO', locarnoCode(rawText(element, text)));
  }
  return list.list();
}
