/**
 * EPO publications in XML (`ep-patent-document`, DTD 1.0 to 1.5.1). A specification carries its title and claims in
 * German, English and French and its description in the language of the proceedings; English is read where it exists,
 * otherwise the language of the document, and the others as translations.
 */
import { ClassificationList, parseIpcCode } from '../classification-codes.ts';
import type { Classification, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { languageOf, xmlPatent } from '../xml/document.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import type { Version } from '../xml/languages.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { childElements, fieldText, find, findAll, rawText, startTagSpan } from '../xml/tree.ts';

export const epoXml = xmlFormat({ format: 'epo-xml', roots: /^ep-patent-document$/, read: readDocument });

function readDocument(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { text, start } = source.document;
  const texts = readTexts(
    {
      title: titles(root, text),
      abstract: versionsOf(childElements(root, 'abstract')),
      claims: versionsOf(childElements(root, 'claims')),
      description: versionsOf(childElements(root, 'description')),
    },
    languageOf(root),
    source,
  );
  for (const amended of findAll(root, 'amended-claims')) {
    source.gaps.state(
      'Amended claims stand in the document besides and were not read.',
      startTagSpan(amended, start.offset),
    );
  }
  const number = root.attributes['doc-number'] ?? fieldText(find(root, 'SDOBI', 'B100', 'B110'), text);
  const kind = root.attributes['kind'] ?? fieldText(find(root, 'SDOBI', 'B100', 'B130'), text);
  const parts = {
    ...texts,
    publication:
      number === undefined ? undefined : publicationNumber(root.attributes['country'] ?? 'EP', number, kind),
    classifications: readClassifications(root, text),
    bibliography: readXmlBibliography(
      {
        root,
        front: [...findAll(root, 'SDOBI'), ...childElements(root, 'search-report-data')],
        described: described(root),
        office: 'EP',
      },
      source,
    ),
  };
  return xmlPatent('epo-xml', root, parts, source, context);
}

/** The list of what the description cites, or where there is none, the description that marks it. */
function described(root: XmlElement): XmlElement[] {
  const lists = [...childElements(root, 'ep-reference-list')];
  return lists.length > 0 ? lists : [...childElements(root, 'description')];
}

/** `B540` lists language codes and titles in turn. */
function titles(root: XmlElement, text: string): Version[] {
  const list: Version[] = [];
  for (const block of findAll(root, 'SDOBI', 'B500', 'B540')) {
    let language: string | undefined;
    for (const element of childElements(block)) {
      if (element.name === 'B541') language = fieldText(element, text)?.toLowerCase();
      if (element.name === 'B542') list.push({ element, language });
    }
  }
  return list;
}

function readClassifications(root: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  const bibliography = find(root, 'SDOBI', 'B500');
  if (bibliography === undefined) return list.list();
  for (const name of ['B511', 'B512']) {
    for (const field of findAll(bibliography, 'B510', name))
      list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  for (const field of findAll(bibliography, 'B510EP', 'classification-ipcr', 'text')) {
    list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  for (const field of findAll(bibliography, 'B520EP', 'classifications-cpc', 'classification-cpc', 'text')) {
    list.add('CPC', parseIpcCode(rawText(field, text)));
  }
  return list.list();
}
