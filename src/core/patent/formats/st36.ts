/**
 * Publications in WIPO ST.36 of offices that follow it closely: WIPO (`wo-…`), CNIPA's older ones and the JPO's.
 */
import { xmlFormat } from '../xml/format.ts';
import { readSt36 } from '../xml/st36.ts';

export const st36 = xmlFormat({
  format: 'st36',
  roots: /^(?:wo-[a-z-]+|cn-patent-document|jp-official-gazette)$/,
  read: (root, source, context) => readSt36('st36', root, source, context),
});
