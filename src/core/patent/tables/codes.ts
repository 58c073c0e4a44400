/** Classification codes as cells name them: `A61G 5/04`, `A61G-005/04 (2006.01)`, `A61G000504`, `A61G`. */
import { ipcCode, locarnoCode, parseIpcCode } from '../classification-codes.ts';
import type { ClassificationScheme } from '../model.ts';

const SUBCLASS = /^[A-HY]\d{2}[A-Z]$/i;
/** Four digits for the group, the rest for the subgroup, as some databases pad them. */
const PADDED = /^([A-HY])(\d{2})([A-Z])(\d{4})(\d{2,6})$/i;
const USPC = /^(D?\d{1,3}|PLT)\s*\/\s*(D?\d{1,4}(?:\.\d+)?[A-Z]*|[A-Z]+\d*(?:\.\d+)?)$/i;

/** Undefined for a text that is no code of the scheme. */
export function parseTableCode(scheme: ClassificationScheme, text: string): string | undefined {
  switch (scheme) {
    case 'IPC':
    case 'CPC':
      return internationalCode(text.trim());
    case 'USPC': {
      const [, main, sub] = USPC.exec(text.trim()) ?? [];
      return main === undefined || sub === undefined
        ? undefined
        : `${withoutZeros(main)}/${withoutZeros(sub)}`.toUpperCase();
    }
    case 'LOCARNO':
      return locarnoCode(text.replace(/^.*?(?=\d{2}\s*-?\s*\d{2}\s*$)/, ''));
  }
}

function internationalCode(text: string): string | undefined {
  if (SUBCLASS.test(text)) return text.toUpperCase();
  const padded = PADDED.exec(text);
  if (padded) {
    const [, section, mainClass, subclass, group, subgroup = ''] = padded;
    return ipcCode(section, mainClass, subclass, group, subgroup.replace(/(?<=\d{2})0+$/, ''));
  }
  return parseIpcCode(text.replace(/^([A-HY]\d{2}[A-Z])\s*-\s*/i, '$1 '));
}

const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, '');
