/**
 * USPTO grants of 1976 to 2001 as tagged text (Green Book, APS), singly or as weekly bulk files. The files are named
 * `.txt`, `.dat` or not at all, so only the content tells.
 */
import type { PatentFormat } from '../reader.ts';
import { readTagged } from '../tagged/patent.ts';
import { taggedSplitter } from '../tagged/splitter.ts';

/** The line that names the tape may come first. */
const START = /^[\s\uFEFF]*(?:HHHHHT[^\r\n]*[\r\n]+\s*)?PATN[ \t]*(?:[\r\n]|$)/;

export const greenbook: PatentFormat = {
  format: 'greenbook',
  recognise: (head) => (START.test(head) ? 1 : 0),
  splitter: taggedSplitter,
  reader: (context) => (document) => ({ kind: 'patent', patent: readTagged(document, context) }),
};
