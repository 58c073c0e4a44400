/** Reads the fields of a front page: the first of several names that stands below an element, dates, and what is wrong. */
import type { IsoDate } from '../../bibliography.ts';
import { isDatePlaceholder, isoDate } from '../../dates.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { fieldText, startTagSpan } from '../tree.ts';

export type Names = ReadonlySet<string>;

export const names = (list: string): Names => new Set(list.split(/\s+/));

/** The first element of these names below `element` that states something, in document order. */
export function firstOf(element: XmlElement, wanted: Names, text: string): XmlElement | undefined {
  for (const child of element.children) {
    if (child.kind !== 'element') continue;
    if (!wanted.has(child.local)) {
      const found = firstOf(child, wanted, text);
      if (found !== undefined) return found;
    } else if (fieldText(child, text) !== undefined) return child;
  }
  return undefined;
}

export function fieldOf(element: XmlElement, wanted: Names, text: string): string | undefined {
  return fieldText(firstOf(element, wanted, text), text);
}

export const DATES = names(
  `date Date DATE document-date filing-date FilingDate PublicationDate PatentDocumentDate B140 B220 B320`,
);
/** Fields of EPO and ST.32 documents that hold other dates than that of the number they stand beside. */
export const OTHER_DATES = names('B240 B405 B430 B450');

/** The date of what an element describes. */
export function readDate(element: XmlElement, source: XmlSource): IsoDate | undefined {
  return dateIn(firstDate(element, source.document.text), source);
}

/** The first date of an element itself, not of what else its part of a document says. */
function firstDate(element: XmlElement, text: string): XmlElement | undefined {
  for (const child of element.children) {
    if (child.kind !== 'element' || OTHER_DATES.has(child.local)) continue;
    if (!DATES.has(child.local)) {
      const found = firstDate(child, text);
      if (found !== undefined) return found;
    } else if (fieldText(child, text) !== undefined) return child;
  }
  return undefined;
}

/** Reads a date field. One that cannot be read is stated as a gap, a placeholder is not. */
export function dateIn(field: XmlElement | undefined, source: XmlSource): IsoDate | undefined {
  const written = fieldText(field, source.document.text);
  if (field === undefined || written === undefined || isDatePlaceholder(written)) return undefined;
  const date = isoDate(written);
  if (date === undefined) stateUnreadable('The date', field, source);
  return date;
}

/** Longest text shown in a gap. */
const LONGEST_SHOWN = 80;

/** States that something stands in the file and was not understood. */
export function stateUnreadable(what: string, element: XmlElement, source: XmlSource): void {
  const written = fieldText(element, source.document.text) ?? '';
  const shown = written.length > LONGEST_SHOWN ? `${written.slice(0, LONGEST_SHOWN)}…` : written;
  source.gaps.state(
    `${what} in <${element.name}> could not be read: "${shown}".`,
    startTagSpan(element, source.document.start.offset),
  );
}
