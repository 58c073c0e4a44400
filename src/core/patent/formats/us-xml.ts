/**
 * USPTO grants and applications in XML, version 4.0 to 4.7 (2005 to today), singly or as weekly bulk files. Sequence
 * listings stand in the bulk files as documents of their own behind their patent.
 */
import type { ReadingGap } from '../model.ts';
import type { DocumentText, PatentFormat } from '../reader.ts';
import { xmlFormat } from '../xml/format.ts';
import { readProlog, rootName } from '../xml/prolog.ts';
import { readSt36 } from '../xml/st36.ts';

const SEQUENCE_LISTING = 'sequence-cwu';
/** Any other XML also comes here, so that the refusal can name what it is. */
const SOME_XML = 0.05;

const patents = xmlFormat({
  format: 'us-xml',
  roots: /^us-patent-(?:grant|application)$/,
  read: (root, source, context) => readSt36('us-xml', root, source, context),
});

export const usXml: PatentFormat = {
  ...patents,
  recognise(head, file) {
    if (patents.recognise(head, file) === 1 || rootName(head) === SEQUENCE_LISTING) return 1;
    return /^[\s\uFEFF]*</.test(head) || /\.xml$/i.test(file) ? SOME_XML : 0;
  },
  reader(context) {
    const read = patents.reader(context);
    return (document) => {
      const prolog = readProlog(document.text);
      return prolog.kind === 'root' && prolog.name === SEQUENCE_LISTING
        ? { kind: 'attachment', gap: sequenceListing(document) }
        : read(document);
    };
  },
};

function sequenceListing({ text, start }: DocumentText): ReadingGap {
  return {
    message: `A sequence listing of ${text.length} characters follows the patent in the file and was not read.`,
    span: { start: start.offset, end: start.offset + text.length },
  };
}
