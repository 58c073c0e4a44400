/** The front page of a document in office XML: one reading for all standards, from the parts that `parts.ts` finds. */
import type { Bibliography, DocumentNumber, Family } from '../../bibliography.ts';
import { earliestPriority } from '../../bibliography.ts';
import { isoDate } from '../../dates.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute, childElements } from '../tree.ts';
import { readCitations, readDescribed } from './citations.ts';
import { fieldOf, names, readDate, stateUnreadable } from './fields.ts';
import { readApplication } from './numbers.ts';
import { collectParts, inOneFormat, numbersInOneFormat } from './parts.ts';
import { readPeople } from './people.ts';
import { readRelated } from './related.ts';

export interface BibliographyPlaces {
  readonly root: XmlElement;
  /** The elements that hold the front page, and those behind the text that belong to it (search reports). */
  readonly front: readonly XmlElement[];
  /** Elements outside it in which documents are cited: lists of references, descriptions that mark them. */
  readonly described?: readonly XmlElement[];
  /** Meant where numbers name no office. */
  readonly office?: string;
  readonly family?: Family;
}

export function readXmlBibliography(places: BibliographyPlaces, source: XmlSource): Bibliography {
  const { root, office } = places;
  const parts = collectParts(places.front);
  const [publication] = numbersInOneFormat(parts.publication);
  const [filed] = numbersInOneFormat(parts.application);
  const application = filed && readApplication(filed, source, office);
  const filingDate = application?.date ?? (filed && readDate(filed, source));
  const publicationDate = (publication && readDate(publication, source)) ?? statedOnRoot(root);
  const priorities = readPriorities(numbersInOneFormat(parts.priority), source, office);
  return {
    ...(publicationDate === undefined ? {} : { publicationDate }),
    ...(filingDate === undefined ? {} : { filingDate }),
    ...(application === undefined ? {} : { application }),
    priorities,
    ...earliestPriority(priorities),
    related: readRelated(parts.related, source, office, application),
    applicants: readPeople([...inOneFormat(parts.applicant), ...inOneFormat(parts.assignee)], source, false),
    inventors: readPeople(inventorsOf(parts.inventor, parts.applicant), source, true),
    citations: [
      ...readCitations(parts.citation, source, office),
      ...readDescribed(places.described ?? [], source, office),
    ],
    family: places.family ?? { members: [] },
  };
}

const PUBLICATION_DATES = ['date-publ', 'datePublication', 'documentPublicationDate'];

function statedOnRoot(root: XmlElement): string | undefined {
  for (const name of PUBLICATION_DATES) {
    const stated = attribute(root, name);
    if (stated !== undefined) return isoDate(stated);
  }
  return undefined;
}

/** Until 2012, US applications were filed by their inventors, and files list them as applicants alone. */
function inventorsOf(
  inventors: readonly XmlElement[],
  applicants: readonly XmlElement[],
): readonly XmlElement[] {
  if (inventors.length > 0) return inOneFormat(inventors);
  return applicants.filter((applicant) => attribute(applicant, 'app-type') === 'applicant-inventor');
}

function readPriorities(
  elements: readonly XmlElement[],
  source: XmlSource,
  office: string | undefined,
): DocumentNumber[] {
  const priorities = new Map<string, DocumentNumber>();
  for (const element of elements.flatMap(singlePriorities)) {
    const priority = readApplication(element, source, office);
    if (priority !== undefined) priorities.set(priority.id, priority);
    else if (/[1-9]/.test(fieldOf(element, NUMBERS, source.document.text) ?? '')) {
      stateUnreadable('The number of a priority', element, source);
    }
  }
  return [...priorities.values()];
}
const NUMBERS = names('doc-number DocNumber B310 ApplicationNumberText');

/** The EPO lists number, date and country of all priorities one after the other in one element. */
function singlePriorities(element: XmlElement): XmlElement[] {
  const children = [...childElements(element)];
  const starts = children.flatMap(({ local }, index) => (local === 'B310' ? [index] : []));
  if (starts.length < 2) return [element];
  return starts.map((start, at) => ({ ...element, children: children.slice(start, starts[at + 1]) }));
}
