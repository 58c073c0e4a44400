/**
 * Where the front page of a document states what. One vocabulary serves all standards, as for the text: ST.36
 * (`priority-claim`), the tags of ST.9 that ST.32 and the EPO use (`B310`), the USPTO's of 2001, ST.96 and CNIPA's; none
 * uses a name of another for something else.
 */
import { attribute } from '../tree.ts';
import type { XmlElement } from '../parse.ts';

export type Role =
  'publication' | 'application' | 'priority' | 'related' | 'applicant' | 'assignee' | 'inventor' | 'citation';

const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...names('publication', 'publication-reference cn-publication-reference PublicationReference'),
  ...names('publication', 'PatentPublicationIdentification document-id B100'),
  ...names('application', 'application-reference cn-application-reference ApplicationReference'),
  ...names('application', 'ApplicationIdentification domestic-filing-data B200'),
  ...names('priority', 'priority-claim cn-priority-claim Priority PriorityClaim foreign-priority-data B300'),
  ...names('related', 'us-related-documents related-documents cn-related-documents RelatedDocuments'),
  ...names('related', 'RelatedDocumentBag continuity-data B600 B860 B870'),
  ...names('related', 'pct-or-regional-filing-data pct-or-regional-publishing-data'),
  ...names('related', 'international-filing-data international-publishing-data'),
  ...names('related', 'InternationalFilingData InternationalPublishingData'),
  ...names('applicant', 'applicant us-applicant cn-applicant Applicant B711'),
  ...names('assignee', 'assignee cn-assignee Assignee B731'),
  ...names('inventor', 'inventor first-named-inventor us-deceased-inventor cn-inventor Inventor B721'),
  ...names('citation', 'citation us-citation ReferenceCitation Citation B561 B562'),
]);

/** Classes, texts and people who have no part in what is read: not worth a walk. */
const SKIPPED: ReadonlySet<string> = new Set(
  `agents cn-agents AgentDetails examiners ExaminerBag RegisteredPractitionerBag B740 B745 B780 SearchField
  PatentClassificationBag patent-classifications classifications-cpc classifications-ipcr classification-national
  us-field-of-classification-search field-of-search ClassificationIPCRDetails B510 B510EP B520 B520EP B580 abstract
  invention-title B840 B844EP B848EP B000`.split(/\s+/),
);

function names(role: Role, list: string): (readonly [string, Role])[] {
  return list.split(' ').map((name) => [name, role]);
}

export type Parts = Readonly<Record<Role, readonly XmlElement[]>>;

/** The elements of every role below `containers`, in document order; nothing is looked for inside them. */
export function collectParts(containers: Iterable<XmlElement>): Parts {
  const parts: Record<Role, XmlElement[]> = {
    publication: [],
    application: [],
    priority: [],
    related: [],
    applicant: [],
    assignee: [],
    inventor: [],
    citation: [],
  };
  const walk = (element: XmlElement): void => {
    for (const child of element.children) {
      if (child.kind !== 'element') continue;
      const role = ROLES.get(child.local);
      if (role !== undefined) parts[role].push(child);
      else if (!SKIPPED.has(child.local)) walk(child);
    }
  };
  for (const container of containers) walk(container);
  return parts;
}

/** What to take where a file states the same in several formats, best first. */
const FORMATS = ['epodoc', 'original', 'docdb', 'docdba', 'standard', 'intermediate'];
/** Of a number; DOCDB files name its office and its date in `docdb` alone. */
const NUMBER_FORMATS = ['docdb', ...FORMATS];

/** The format an element is stated in, where its file says so. */
export const formatOf = (element: XmlElement): string | undefined =>
  attribute(element, 'data-format') ?? attribute(element, 'dataFormat');

/** Numbers that are stated once for each format, in one format. */
export const numbersInOneFormat = (elements: readonly XmlElement[]): readonly XmlElement[] =>
  inOneFormat(elements, NUMBER_FORMATS);

/** Elements that are stated once for each format, in one format; elements without one stay. */
export function inOneFormat(
  elements: readonly XmlElement[],
  preferred: readonly string[] = FORMATS,
): readonly XmlElement[] {
  const stated = new Set(elements.map(formatOf));
  if (stated.size < 2) return elements;
  const best = preferred.find((format) => stated.has(format)) ?? [...stated].find((format) => format);
  return elements.filter((element) => {
    const format = formatOf(element);
    return format === undefined || format === best;
  });
}
