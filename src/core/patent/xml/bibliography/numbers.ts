/** Numbers of publications and applications, from whichever elements an office writes them in. */
import type { DocumentNumber, IsoDate } from '../../bibliography.ts';
import { normalPublication, parsePublication } from '../../identity.ts';
import { normalApplication } from '../../identity-applications.ts';
import type { NumberParts } from '../../publication-number.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute, fieldText, outermost } from '../tree.ts';
import { DATES, OTHER_DATES, dateIn, fieldOf, names, readDate, stateUnreadable } from './fields.ts';

const IDS = names('document-id DocumentID');
const NUMBERS = names(
  `doc-number DocNumber DocumentNumber PublicationNumber ApplicationNumberText DNUM B110 B210 B310`,
);
/** The EPO writes the number of an application and that of its publication side by side. */
const APPLICATION_NUMBERS = names('anum');
const PUBLICATION_NUMBERS = names('pnum');
const OFFICES = names('country country-code WIPOST3Code IPOfficeCode CTRY ctry B190 B330');
const KINDS = names('kind kind-code Kind KIND PatentDocumentKindCode B130');
const CODE = /^[A-Za-z]{2}$/;

/** Which spelling to take of several; the EPO's of a US application in docdb is the least clear. */
const FORMS = { publication: ['docdb', 'original', 'epodoc'], application: ['epodoc', 'docdb', 'original'] };

/** The publication that `element` describes; `office` is meant where it names none. */
export function readPublication(
  element: XmlElement,
  source: XmlSource,
  office: string | undefined,
): DocumentNumber | undefined {
  const { parts, date } = readParts(chosenId(element, 'publication'), PUBLICATION_NUMBERS, source, office);
  if (parts === undefined) return undefined;
  return parts.office === '' ? parsePublication(parts.number, date) : normalPublication(parts, date);
}

/** The application that `element` describes. */
export function readApplication(
  element: XmlElement,
  source: XmlSource,
  office: string | undefined,
): DocumentNumber | undefined {
  const id = chosenId(element, 'application');
  const fallback = (id === element ? undefined : fieldOf(element, OFFICES, source.document.text)) ?? office;
  const { parts, date = readDate(element, source) } = readParts(id, APPLICATION_NUMBERS, source, fallback);
  if (parts === undefined) return undefined;
  const form = attribute(id, 'document-id-type') === 'docdb' ? 'docdb' : 'other';
  if (parts.office !== '') return normalApplication(parts, date, form);
  stateUnreadable('The number of an application, without its office,', element, source);
  return undefined;
}

/** A cited publication, which may be written as one line of text: `EP-A- 0 361 708`. */
export function readCited(
  element: XmlElement,
  source: XmlSource,
  office: string | undefined,
): DocumentNumber | undefined {
  const document = readPublication(element, source, office);
  if (document !== undefined) return document;
  const line = attribute(element, 'dnum') ?? fieldText(element, source.document.text);
  return line === undefined ? undefined : parseLine(line, office, readDate(element, source));
}

function parseLine(line: string, office: string | undefined, date?: IsoDate): DocumentNumber | undefined {
  return (
    parsePublication(line, date) ??
    (office === undefined ? undefined : parsePublication(`${office}${line}`, date))
  );
}

/** Where a number is stated in several forms, the best one; without any, the element itself. */
function chosenId(element: XmlElement, what: keyof typeof FORMS): XmlElement {
  if (IDS.has(element.local)) return element;
  const ids = outermost(element, IDS);
  const [first = element] = ids;
  if (ids.length < 2) return first;
  for (const form of FORMS[what]) {
    const id = ids.find((candidate) => attribute(candidate, 'document-id-type') === form);
    if (id !== undefined) return id;
  }
  return first;
}

const code = (office: string | undefined): string | undefined =>
  office !== undefined && CODE.test(office) ? office.toUpperCase() : undefined;

interface ReadParts {
  /** The office is empty where nothing names it. */
  readonly parts?: NumberParts | undefined;
  readonly date?: IsoDate | undefined;
}

/** Number, office and kind as they are written, and the date, in one walk: documents cite thousands of others. */
function readParts(
  element: XmlElement,
  own: ReadonlySet<string>,
  source: XmlSource,
  fallback: string | undefined,
): ReadParts {
  const { text } = source.document;
  let number: string | undefined;
  let stated: string | undefined;
  let kind: string | undefined;
  let dated: XmlElement | undefined;
  let isOwn = false;
  const visit = ({ children }: XmlElement): void => {
    for (const child of children) {
      if (child.kind !== 'element') continue;
      const { local } = child;
      if (own.has(local) && !isOwn) {
        const written = fieldText(child, text);
        isOwn = written !== undefined;
        number = written ?? number;
      } else if (NUMBERS.has(local)) number ??= fieldText(child, text);
      else if (OFFICES.has(local)) stated ??= fieldText(child, text);
      else if (KINDS.has(local)) kind ??= fieldText(child, text);
      else if (DATES.has(local)) dated ??= child;
      else if (!OTHER_DATES.has(local)) visit(child);
    }
  };
  visit(element);
  const date = dateIn(dated, source);
  if (number === undefined) return { date };
  // The form `epodoc` has office and number in one.
  const joined =
    stated === undefined && attribute(element, 'document-id-type') === 'epodoc'
      ? number.slice(0, 2)
      : undefined;
  const office = code(stated) ?? code(joined) ?? code(fallback) ?? '';
  return { parts: { office, number, ...(kind === undefined ? {} : { kind }) }, date };
}
