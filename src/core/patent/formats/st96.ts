/** Publications in WIPO ST.96 (`PatentPublication`), of whatever office. */
import { ClassificationList, ipcCode } from '../classification-codes.ts';
import type { Classification, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { languageOf, xmlPatent } from '../xml/document.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { childElements, fieldText, find, findAll } from '../xml/tree.ts';

export const st96 = xmlFormat({ format: 'st96', roots: /^PatentPublication$/, read: readDocument });

function readDocument(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { text } = source.document;
  const bibliography = find(root, 'BibliographicData');
  const texts = readTexts(
    {
      title: bibliography ? versionsOf(findAll(bibliography, 'InventionTitleBag', 'InventionTitle')) : [],
      abstract: versionsOf(childElements(root, 'Abstract')),
      claims: versionsOf(childElements(root, 'Claims')),
      description: versionsOf(childElements(root, 'Description')),
    },
    languageOf(root),
    source,
  );
  const id = bibliography && find(bibliography, 'PatentPublicationIdentification');
  const field = (name: string): string | undefined => id && fieldText(find(id, name), text);
  const number = field('PublicationNumber');
  const office = field('IPOfficeCode') ?? fieldText(find(root, 'IPOfficeCode'), text);
  const parts = {
    ...texts,
    publication:
      number === undefined || office === undefined
        ? undefined
        : publicationNumber(office, number, field('PatentDocumentKindCode')),
    classifications: bibliography ? readClassifications(bibliography, text) : [],
    bibliography: readXmlBibliography({ root, front: bibliography ? [bibliography] : [], office }, source),
  };
  return xmlPatent('st96', root, parts, source, context);
}

function readClassifications(bibliography: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  for (const bag of findAll(bibliography, 'PatentClassificationBag')) {
    for (const element of findAll(bag, 'IPCRClassificationBag', 'IPCRClassification')) {
      list.add('IPC', symbolOf(element, text));
    }
    for (const where of ['MainCPC', 'FurtherCPC']) {
      for (const element of findAll(bag, 'CPCClassificationBag', where, 'CPCClassification')) {
        list.add('CPC', symbolOf(element, text));
      }
    }
    for (const where of ['MainNationalClassification', 'FurtherNationalClassification']) {
      for (const element of findAll(bag, 'NationalClassification', where)) {
        list.add('USPC', nationalSymbol(element, text));
      }
    }
  }
  return list.list();
}

function symbolOf(element: XmlElement, text: string): string | undefined {
  const part = (name: string): string | undefined => fieldText(find(element, name), text);
  return ipcCode(
    part('Section') ?? part('CPCSection'),
    part('Class'),
    part('Subclass'),
    part('MainGroup'),
    part('Subgroup'),
  );
}

/** Other offices' own classes are spelled otherwise and left out. */
function nationalSymbol(element: XmlElement, text: string): string | undefined {
  const mainClass = fieldText(find(element, 'NationalClass'), text);
  const subclass = fieldText(find(element, 'NationalSubclass'), text);
  return mainClass && subclass && /^[A-Z]{0,3}\d{0,3}$/.test(mainClass)
    ? `${mainClass}/${subclass}`
    : undefined;
}
