/** USPTO grants of 2001 to 2004 (WIPO ST.32, `PATDOC` version 2.4 and 2.5): utility, plant, reissue and design. */
import { ClassificationList, locarnoCode, parseIpcCode, uspcCode } from '../classification-codes.ts';
import type { Classification, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { xmlPatent } from '../xml/document.ts';
import { readXmlBibliography } from '../xml/bibliography/read.ts';
import { xmlFormat } from '../xml/format.ts';
import { readTexts, versionsOf } from '../xml/languages.ts';
import type { XmlElement } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { fieldText, find, findAll, rawText } from '../xml/tree.ts';

export const usSt32 = xmlFormat({ format: 'us-st32', roots: /^PATDOC$/, read: readDocument });

function readDocument(root: XmlElement, source: XmlSource, context: ReadingContext): Patent {
  const { text } = source.document;
  const field = (name: string): string | undefined => fieldText(find(root, 'SDOBI', 'B100', name), text);
  const texts = readTexts(
    {
      title: versionsOf(findAll(root, 'SDOBI', 'B500', 'B540')),
      abstract: versionsOf(findAll(root, 'SDOAB')),
      claims: versionsOf(findAll(root, 'SDOCL')),
      description: versionsOf(findAll(root, 'SDODE')),
    },
    'en',
    source,
  );
  const number = field('B110');
  const kind = field('B130');
  const parts = {
    ...texts,
    publication: number === undefined ? undefined : publicationNumber(field('B190') ?? 'US', number, kind),
    classifications: readClassifications(root, text, kind?.startsWith('S') ?? false),
    bibliography: readXmlBibliography({ root, front: [...findAll(root, 'SDOBI')], office: 'US' }, source),
  };
  return xmlPatent('us-st32', root, parts, source, context);
}

/** Designs give their Locarno class where other patents have the IPC. */
function readClassifications(root: XmlElement, text: string, design: boolean): readonly Classification[] {
  const list = new ClassificationList();
  const bibliography = ['SDOBI', 'B500'];
  for (const name of ['B511', 'B512']) {
    for (const element of findAll(root, ...bibliography, 'B510', name)) {
      const symbol = rawText(element, text).trim();
      if (design) list.add('LOCARNO', locarnoCode(symbol));
      else list.add('IPC', parseIpcCode(symbol));
    }
  }
  for (const name of ['B521', 'B522']) {
    for (const element of findAll(root, ...bibliography, 'B520', name)) {
      // The class stands right-aligned in three columns, but its leading blanks are cut off.
      list.add('USPC', uspcCode(rawText(element, text).trim().padStart(6)));
    }
  }
  return list.list();
}
