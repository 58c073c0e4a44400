/**
 * What the front page of a patent states beside its text: numbers, dates, people, what it cites and the family it
 * belongs to. Offices write all of this differently; here it has one spelling.
 */
import type { Section } from './model.ts';

/** ISO 8601 calendar date, `2018-05-15`; the day or the month may be unknown (`2018-05`, `2018`). */
export type IsoDate = string;

/** A publication or an application, in the normal form of `identity.ts` or `identity-applications.ts`. */
export interface DocumentNumber {
  /** `US10000000B2`; for an application its office and number (`US14643719`). */
  readonly id: string;
  /** The number is that of an application; offices count these apart from publications. */
  readonly application?: true;
  /** WIPO ST.3 code; `XX` where it is not stated. */
  readonly office: string;
  /** WIPO ST.16 kind code. */
  readonly kind?: string;
  readonly date?: IsoDate;
}

export interface Person {
  /** As a reader would say it: `Jane A. Doe`, `Acme Mobility GmbH`. */
  readonly name: string;
  /** WIPO ST.3 code of the country. */
  readonly country?: string;
}

export type Citation = (
  | { readonly kind: 'patent'; readonly document: DocumentNumber }
  /** Other literature, as it is cited. */
  | { readonly kind: 'other'; readonly text: string }
) & {
  /** As the office writes it: `X`, `Y`, `A`; `cited by examiner`. */
  readonly category?: string;
};

/** How another document of the same family relates to this one. */
export type Relation =
  'continuation' | 'continuation-in-part' | 'division' | 'reissue' | 'provisional' | 'other';

export interface RelatedDocument {
  readonly relation: Relation;
  readonly document: DocumentNumber;
}

export interface Family {
  /** The id a database gives the family, with the database's name before it where it is known (`docdb:12345`). */
  readonly id?: string;
  readonly members: readonly DocumentNumber[];
}

export interface Bibliography {
  /** Dates of this publication and of its application. */
  readonly publicationDate?: IsoDate;
  readonly filingDate?: IsoDate;
  readonly application?: DocumentNumber;
  readonly priorities: readonly DocumentNumber[];
  /** The earliest date a priority is claimed from; many databases state it without the number. */
  readonly priorityDate?: IsoDate;
  readonly related: readonly RelatedDocument[];
  readonly applicants: readonly Person[];
  readonly inventors: readonly Person[];
  readonly citations: readonly Citation[];
  readonly family: Family;
}

export const NO_BIBLIOGRAPHY: Bibliography = {
  priorities: [],
  related: [],
  applicants: [],
  inventors: [],
  citations: [],
  family: { members: [] },
};

/** The priority date that some priorities give. */
export function earliestPriority(priorities: readonly DocumentNumber[]): Pick<Bibliography, 'priorityDate'> {
  return earliestDate(priorities.flatMap(({ date }) => date ?? []));
}

export function earliestDate(dates: readonly IsoDate[]): Pick<Bibliography, 'priorityDate'> {
  const [first, ...rest] = dates;
  if (first === undefined) return {};
  return { priorityDate: rest.reduce((least, date) => (date < least ? date : least), first) };
}

/** How sure a reader of text without markup is that a section is what it takes it for. */
export interface SectionCertainty {
  readonly section: Section;
  /** In [0, 1]. */
  readonly confidence: number;
  /** Why, in words for a person. */
  readonly reason: string;
}
