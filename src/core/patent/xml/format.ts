/** What all XML formats share: recognised by the root element, cut at its end, parsed before it is read. */
import type { PatentLabError } from '../../errors.ts';
import { positionAt } from '../../text/position.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Format, Patent } from '../model.ts';
import type { PatentFormat, ReadingContext } from '../reader.ts';
import type { XmlElement } from './parse.ts';
import { parseXml } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { rootName } from './prolog.ts';
import { xmlSplitter } from './splitter.ts';

export interface XmlFamily {
  readonly format: Format;
  /** Matches the names, without prefix, of the root elements. */
  readonly roots: RegExp;
  /** One patent, or those that a document holds together. */
  read(
    root: XmlElement,
    source: XmlSource,
    context: ReadingContext,
  ): Patent | readonly (Patent | PatentLabError)[];
}

export function xmlFormat({ format, roots, read }: XmlFamily): PatentFormat {
  return {
    format,
    recognise: (head) => (roots.test(rootName(head)?.replace(/^.*:/, '') ?? '') ? 1 : 0),
    splitter: xmlSplitter,
    reader: (context) => (document) => {
      const source: XmlSource = { document, gaps: new GapCollector() };
      const root = parseXml(document, context, source.gaps);
      if (!roots.test(root.local)) {
        const place = positionAt(document.text, root.start, document.start);
        const detail = `The document is <${root.name}>, which is no patent format that Patent Lab reads.`;
        throw notAPatent(context.file, place, detail);
      }
      const found = read(root, source, context);
      return 'id' in found ? { kind: 'patent', patent: found } : { kind: 'several', found };
    },
  };
}
