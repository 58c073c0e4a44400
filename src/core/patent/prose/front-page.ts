/** What the lines before the first section say about a document: number, title, language, classification. */
import { ClassificationList, parseIpcCode } from '../classification-codes.ts';
import type { PublicationNumber } from '../publication-number.ts';
import { parsePublicationNumber, publicationNumber } from '../publication-number.ts';
import type { Classification } from '../model.ts';

const NUMBER_PATTERNS: readonly RegExp[] = [
  // The office's own code for it; (87) beside it names the publication of the international application.
  /\(1[01]\)[^(]{0,80}?(?<![\p{L}\p{N}])([A-Z]{2}[ \t]?(?:D|RE|PP)?\d[\d ,/.]{3,16}\d(?:[ \t]?[A-Z]\d?)?)(?![\p{L}\p{N}])/u,
  /\b(?:pub(?:lication)?\.?|document|patent)\s*(?:no|nr|number)\.?\s*:?\s*([A-Z]{2}\s?\d[\d\s.,/-]{3,16}\d\s?[A-Z]?\d?)\b/i,
  /^\s*id\s*:\s*["']?([A-Z]{2}\s?[A-Z]{0,2}\d[\d\s.,/-]{3,16}\d\s?[A-Z]?\d?)\b/im,
  /(?<![\p{L}\p{N}])((?:US|EP|WO|DE|FR|GB|JP|CN|KR|CA|AU|XX)[ \t]?(?:D|RE|PP)?\d[\d ,/.]{3,16}\d[ \t]?[A-Z]\d?)(?![\p{L}\p{N}])/u,
];
const US_PATENT =
  /united states (?:design )?patent\b[^\n]*?(?:\s)((?:D|RE|PP)?\d{1,3}(?:,\d{3}){1,3})(?:\s*([A-Z]\d))?/i;

export function findPublicationNumber(front: string): PublicationNumber | undefined {
  for (const pattern of NUMBER_PATTERNS) {
    const found = pattern.exec(front)?.[1];
    const number = found === undefined ? undefined : parsePublicationNumber(found);
    if (number) return number;
  }
  const [, number, kind] = US_PATENT.exec(front) ?? [];
  return number === undefined ? undefined : publicationNumber('US', number, kind);
}

/** A heading such as "EP 9 900 014 A1: Terminal": the title behind the number; 0 when there is no number. */
export function lengthOfNumberPrefix(heading: string): number {
  const match = /^\s*([A-Z]{2}\s?[\d\s.,/-]{5,18}\s?(?:[A-Z]\d?)?)\s*[:—–-]\s+(?=\S)/.exec(heading);
  return match && parsePublicationNumber(match[1] ?? '') ? match[0].length : 0;
}

const CLASSES = /^\W*(?:\(?5[12]\)\W*)?(int\.?\s*cl|ipc|cpc)\b\W*(?:\([\d.]+\)\W*)?(\S.*)$/i;

export function findClassifications(lines: readonly string[]): readonly Classification[] {
  const list = new ClassificationList();
  for (const line of lines) {
    const [, label, symbols] = CLASSES.exec(line) ?? [];
    if (label === undefined || symbols === undefined) continue;
    const scheme = label.toLowerCase() === 'cpc' ? 'CPC' : 'IPC';
    for (const symbol of symbols.split(/[;,|]/)) list.add(scheme, parseIpcCode(symbol));
  }
  return list.list();
}

export function findLanguage(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const code = /^\W*lang(?:uage)?\W*:\W*([a-z]{2})\b/i.exec(line)?.[1];
    if (code !== undefined) return code.toLowerCase();
  }
  return undefined;
}

const BANNER =
  /^(?:\(\d{2}\)\s*)?(?:the )?(?:united states(?: design)?(?: patent.*)?|european patent.*|patent (?:application|specification).*|patent|international (?:application|publication).*)$/i;
const LABELLED = /^(?:\(\d{2}\)|\W*[\p{L}][\p{L} .()/-]{1,40}\s*(?:No\.|:))/u;

/** Lines around the title of old patents: office, people with their places, number, date, sheets, witnesses. */
const OLD_HEADING =
  /^(?:UNITED STATES PATENT OFFICE|.*\b(?:OF|ASSIGN[A-Z]{2,3}) .*[A-Z]{3}.*,.*|.*\bASSIGN[A-Z]{2,3}\b.*|\W*(?:NO MODEL|N[O0]\.).*|.*\bPATENTED\b.*|.*\bSHEETS?\b.*|.*LETTERS PATENT.*|.*\b(?:WITNESSES|INVENTOR|ATTORNEYS?)\b.*)\W*$/i;

/** Whether a front-page line can be the title: no banner, no labelled field, no number. */
export function canBeTitle(line: string): boolean {
  const text = line.trim();
  if (text.length < 3 || text.length > 500 || BANNER.test(text) || LABELLED.test(text)) return false;
  if (OLD_HEADING.test(text)) return false;
  return /\p{L}{3}/u.test(text) && findPublicationNumber(text) === undefined && !/\bpage \d/i.test(text);
}
