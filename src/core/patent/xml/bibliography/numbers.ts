/** Numbers of publications and applications, from whichever elements an office writes them in. */
import type { DocumentNumber, IsoDate } from '../../bibliography.ts';
import { normalPublication, parsePublication } from '../../identity.ts';
import { normalApplication } from '../../identity-applications.ts';
import type { NumberParts } from '../../publication-number.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute, fieldText, outermost } from '../tree.ts';
import { DATES, OTHER_DATES, dateIn, fieldOf, names, readDate, stateUnreadable } from './fields.ts';
import { formatOf } from './parts.ts';

const IDS = names('document-id DocumentID');
const NUMBERS = names(
  `doc-number DocNumber DocumentNumber PublicationNumber ApplicationNumberText DNUM B110 B210 B310`,
);
/** The EPO writes the number of an application and that of its publication side by side. */
const APPLICATION_NUMBER = 'anum';
const PUBLICATION_NUMBER = 'pnum';
const OFFICES = names('country country-code WIPOST3Code IPOfficeCode CTRY ctry B190 B330');
const KINDS = names('kind kind-code Kind KIND PatentDocumentKindCode B130');

type Field = 'number' | 'office' | 'kind' | 'date' | 'other-date';
/** All of them in one table: documents cite thousands of others, and each of their elements is looked up. */
const FIELDS: ReadonlyMap<string, Field> = new Map(
  (
    [
      [NUMBERS, 'number'],
      [OFFICES, 'office'],
      [KINDS, 'kind'],
      [DATES, 'date'],
      [OTHER_DATES, 'other-date'],
    ] as const
  ).flatMap(([found, field]) => Array.from(found, (name) => [name, field] as const)),
);
const CODE = /^[A-Za-z]{2}$/;

/** Which spelling to take of several; the EPO's of a US application in docdb is the least clear. */
const FORMS = { publication: ['docdb', 'original', 'epodoc'], application: ['epodoc', 'docdb', 'original'] };

/** The publication that `element` describes; `office` is meant where it names none. */
export function readPublication(
  element: XmlElement,
  source: XmlSource,
  office: string | undefined,
): DocumentNumber | undefined {
  const id = chosenId(element, 'publication');
  const { parts, date } = readParts(id, PUBLICATION_NUMBER, source, office, statedFormat(id, element));
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
  const format = statedFormat(id, element);
  const { parts, date = readDate(element, source) } = readParts(
    id,
    APPLICATION_NUMBER,
    source,
    fallback,
    format,
  );
  if (parts === undefined) return undefined;
  const form = format === 'docdb' ? 'docdb' : 'other';
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

/** OPS says the format of each number, DOCDB files that of the element around it. */
const statedFormat = (id: XmlElement, element: XmlElement): string | undefined =>
  attribute(id, 'document-id-type') ?? formatOf(element);

const code = (office: string | undefined): string | undefined =>
  office !== undefined && CODE.test(office) ? office.toUpperCase() : undefined;

interface ReadParts {
  /** The office is empty where nothing names it. */
  readonly parts?: NumberParts | undefined;
  readonly date?: IsoDate | undefined;
}

/** What {@link collect} has found so far. */
interface Collected {
  number?: string | undefined;
  office?: string | undefined;
  kind?: string | undefined;
  dated?: XmlElement;
  /** The number stands in the element that was preferred. */
  isOwn: boolean;
}

/** Number, office and kind as they are written, and the date, in one walk; `own` names the preferred number. */
function readParts(
  element: XmlElement,
  own: string,
  source: XmlSource,
  fallback: string | undefined,
  format: string | undefined,
): ReadParts {
  const found: Collected = { isOwn: false };
  collect(element, own, source.document.text, found);
  const date = dateIn(found.dated, source);
  const { number, kind } = found;
  if (number === undefined) return { date };
  const office = code(found.office) ?? joinedOffice(format, found) ?? code(fallback) ?? '';
  return { parts: kind === undefined ? { office, number } : { office, number, kind }, date };
}

function collect({ children }: XmlElement, own: string, text: string, found: Collected): void {
  for (const child of children) {
    if (child.kind !== 'element') continue;
    const { local } = child;
    if (local === own && !found.isOwn) {
      const written = fieldText(child, text);
      found.isOwn = written !== undefined;
      found.number = written ?? found.number;
      continue;
    }
    switch (FIELDS.get(local)) {
      case 'number':
        found.number ??= fieldText(child, text);
        break;
      case 'office':
        found.office ??= fieldText(child, text);
        break;
      case 'kind':
        found.kind ??= fieldText(child, text);
        break;
      case 'date':
        found.dated ??= child;
        break;
      case 'other-date':
        break;
      case undefined:
        collect(child, own, text, found);
    }
  }
}

/** The form `epodoc` has office and number in one. */
function joinedOffice(format: string | undefined, { number, office }: Collected): string | undefined {
  if (office !== undefined || format !== 'epodoc') return undefined;
  return code(number?.slice(0, 2));
}
