/** People and companies on a front page, by the name a reader would say. */
import type { Person } from '../../bibliography.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute } from '../tree.ts';
import { fieldOf, names, stateUnreadable } from './fields.ts';

const ORGANIZATIONS = names('orgname organization-name OrganizationName EntityName ONM');
const GIVEN = names('first-name given-name FirstName FNM fnm');
const MIDDLE = names('middle-name MiddleName');
const FAMILY = names('last-name family-name LastName SNM snm');
const SUFFIXES = names('suffix name-suffix NameSuffix');
const WHOLE = names('name Name');
const COUNTRIES = names('country country-code ctry CTRY WIPOST3Code CountryCode');

/** `inventors`: names of people, which some offices write with the family name first. */
export function readPeople(elements: readonly XmlElement[], source: XmlSource, inventors: boolean): Person[] {
  const people = new Map<string, Person>();
  for (const element of inOneLanguage(elements)) {
    const person = readPerson(element, source, inventors);
    if (person === undefined) continue;
    const key = person.name.toLowerCase();
    const known = people.get(key);
    // The same company as applicant and as assignee: its country may be stated once only.
    if (known === undefined || (known.country === undefined && person.country !== undefined)) {
      people.set(key, person);
    }
  }
  return [...people.values()];
}

/** A person whose name is given in several languages is listed once for each, with one sequence number. */
function inOneLanguage(elements: readonly XmlElement[]): readonly XmlElement[] {
  const languages = new Map<string, string | undefined>();
  return elements.filter((element) => {
    const sequence = attribute(element, 'sequence');
    const language = attribute(element, 'lang');
    if (sequence === undefined || language === undefined) return true;
    const key = `${element.local} ${sequence}`;
    const known = languages.get(key);
    if (known === undefined) languages.set(key, language);
    return known === undefined || known === language;
  });
}

function readPerson(element: XmlElement, source: XmlSource, inventor: boolean): Person | undefined {
  const { text } = source.document;
  const field = (wanted: ReadonlySet<string>): string | undefined => fieldOf(element, wanted, text);
  const family = field(FAMILY);
  const organization = inventor && family !== undefined ? undefined : field(ORGANIZATIONS);
  const parts = [field(GIVEN), field(MIDDLE), family, field(SUFFIXES)];
  const structured = family === undefined ? undefined : parts.filter((part) => part !== undefined).join(' ');
  const written = organization ?? structured ?? field(WHOLE);
  if (written === undefined) {
    if (/\p{L}/u.test(fieldOf(element, ANY_TEXT, text) ?? '')) stateUnreadable('A name', element, source);
    return undefined;
  }
  const [, name = written, bracketed] = /^(.*\S)\s*\[([A-Z]{2})\]$/.exec(written) ?? [];
  const country = bracketed ?? field(COUNTRIES)?.toUpperCase();
  const isTurned = inventor && organization === undefined && parts[0] === undefined;
  return {
    name: isTurned ? givenFirst(cleaned(name)) : cleaned(name),
    ...(country !== undefined && /^[A-Z]{2}$/.test(country) ? { country } : {}),
  };
}

const ANY_TEXT = names('addressbook AddressBook text');

const cleaned = (name: string): string => name.replace(/\s*\bc\/o\b.*$/i, '').replace(/[\s,;]+$/, '');

const TITLES = /^(?:jr|sr|ii|iii|iv|dr|prof)\b\.?/i;

/** `SHERMAN, Nicholas, J.` → `Nicholas J. SHERMAN`; `Smith, Jr., John` → `John Smith Jr.`. */
function givenFirst(name: string): string {
  const [family = '', ...rest] = name.split(/\s*,\s*/);
  const titles = rest.filter((part) => TITLES.test(part));
  const given = rest.filter((part) => !TITLES.test(part));
  return [...given, family, ...titles].join(' ');
}
