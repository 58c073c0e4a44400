/** USPTO applications of 2001 to 2004 (`patent-application-publication`, DTD 1.0 to 1.6). */
import { ClassificationList, parseIpcCode, uspcCode } from '../classification-codes.ts';
import type { Classification, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { xmlPatent } from '../xml/document.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { fieldText, find, findAll, outermost, rawText } from '../xml/tree.ts';

export const us2001 = xmlFormat({
  format: 'us-2001',
  roots: /^patent-application-publication$/,
  read: readDocument,
});

function readDocument(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { text } = source.document;
  const bibliography = find(root, 'subdoc-bibliographic-information');
  const technical = bibliography && find(bibliography, 'technical-information');
  const texts = readTexts(
    {
      title: technical ? versionsOf(findAll(technical, 'title-of-invention')) : [],
      abstract: versionsOf(findAll(root, 'subdoc-abstract')),
      claims: versionsOf(findAll(root, 'subdoc-claims')),
      description: versionsOf(findAll(root, 'subdoc-description')),
    },
    'en',
    source,
  );
  const id = bibliography && find(bibliography, 'document-id');
  const number = id && fieldText(find(id, 'doc-number'), text);
  const parts = {
    ...texts,
    publication: number === undefined ? undefined : publicationNumber('US', number, kindOf(id, text)),
    classifications: technical ? readClassifications(technical, text) : [],
    bibliography: readXmlBibliography(
      { root, front: bibliography ? [bibliography] : [], office: 'US' },
      source,
    ),
  };
  return xmlPatent('us-2001', root, parts, source, context);
}

const kindOf = (id: XmlElement | undefined, text: string): string | undefined =>
  id && fieldText(find(id, 'kind-code'), text);

function readClassifications(technical: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const element of outermost(technical, new Set(['ipc']))) {
    list.add('IPC', parseIpcCode(rawText(element, text)));
  }
  for (const element of outermost(technical, new Set(['uspc']))) {
    const mainClass = fieldText(find(element, 'class'), text) ?? '';
    const subclass = fieldText(find(element, 'subclass'), text) ?? '';
    // Three digits, then decimals that are filled up with zeros: `252100` is 252.1.
    list.add(
      'USPC',
      uspcCode(mainClass.padStart(3) + subclass.slice(0, 3) + subclass.slice(3).replace(/0+$/, '')),
    );
  }
  return list.list();
}
