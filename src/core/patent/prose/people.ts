/** People and companies as front pages list them, with the places they are from. */
import type { Person } from '../bibliography.ts';

/** `(DE)`, `[US/US]`, `(US).` */
const COUNTRY = /[([]\s*([A-Z]{2})(?:\/[A-Z]{2})?\s*[)\]]/;
/** `SMITH, John` and `Müller, Anna` behind an office's bullet; the surname comes first. */
const SURNAME_FIRST = /^(\p{Lu}[\p{Lu}'’-]+(?:[ -]\p{Lu}[\p{Lu}'’-]+)*), (\p{Lu}[\p{L}. -]*)$/u;
/** The offices that set bullets write every surname first. */
const SURNAME_BEFORE = /^(\p{Lu}[\p{L}'’ -]*), (\p{Lu}[\p{L}.' -]*)$/u;
const COMPANY =
  /^(?:inc|llc|ltd|limited|corp|co|company|gmbh|ag|kg|sa|s\.a|n\.v|b\.v|plc|kabushiki|oy|ab|spa|s\.p\.a|lp|l\.p)\b/i;
/** From its house number or postal code on. */
const ADDRESS = /,?\s+\d[\s\S]*$/;
const BULLET = /^\s*[•·*]\s*/;
/** Lines of a PDF that are read as one: the place of a person, and the next one. */
const BEFORE_BULLET = /\s+(?=[•·]\s)/;
/** More people than any patent names. [ours] */
const MOST = 2000;
/** More of an entry than this is no name. */
const LONGEST = 600;

/**
 * People of a field: one behind each bullet, or divided by semicolons, or all in one. `surnameFirst`: the office writes
 * them so, bullets or not.
 */
export function people(lines: readonly string[], surnameFirst = false): Person[] {
  const bulleted = lines.some((line) => BULLET.test(line));
  const entries: string[] = [];
  if (bulleted) {
    for (const line of lines.flatMap((whole) => whole.split(BEFORE_BULLET))) {
      if (BULLET.test(line)) entries.push(line.replace(BULLET, ''));
      else if (entries.length > 0) entries[entries.length - 1] += `\n${line}`;
      else entries.push(line);
    }
  } else {
    entries.push(...divideEntries(lines.map((line) => line.trim()).join(' '), surnameFirst));
  }
  const found = new Map<string, Person>();
  for (const entry of entries.slice(0, MOST)) {
    const person = personOf(entry.slice(0, LONGEST), bulleted || surnameFirst);
    if (person !== undefined && !found.has(person.name)) found.set(person.name, person);
  }
  return [...found.values()];
}

/** WIPO divides a name from its address with a semicolon, so a part counts only when a name begins it. */
function divideEntries(text: string, byCountry: boolean): string[] {
  const parts = text.split(/\s*;\s*/);
  if (!byCountry && !/\[[A-Z]{2}\/[A-Z]{2}\]|;\s*(?:c\/o\b|\d)/.test(text)) return parts;
  return text.split(/(?<=\([A-Z]{2}\)\.?)[\s.,;]+/);
}

function personOf(entry: string, surnameFirst: boolean): Person | undefined {
  const country = COUNTRY.exec(entry)?.[1];
  const [line = ''] = entry.split('\n');
  const plain = line.replace(COUNTRY, '').trim();
  const upper = /^(\p{Lu}[\p{Lu}'’ -]+, \p{Lu}[\p{L}. -]*?)(?=\s*(?:[,;[(]|$))/u.exec(plain)?.[1];
  const turned = surnameFirst ? SURNAME_BEFORE.exec(plain.replace(ADDRESS, '')) : null;
  if (turned !== null && !COMPANY.test(turned[2] ?? '')) {
    const name = `${turned[2] ?? ''} ${capitalised(turned[1] ?? '')}`;
    return { name, ...(country === undefined ? {} : { country }) };
  }
  const name = upper !== undefined && SURNAME_FIRST.test(upper) ? upper : (plain.split(/[;([]/)[0] ?? '');
  const written = readableName(upper === undefined ? nameBeforePlace(name) : name);
  if (!/\p{L}{2}/u.test(written) || written.length > 200) return undefined;
  return { name: written, ...(country === undefined ? {} : { country }) };
}

/** `Apple Computer, Inc., Cupertino, Calif.` → `Apple Computer, Inc.` */
function nameBeforePlace(text: string): string {
  // A postal code begins an address that nothing divides from the name.
  const parts = text.replace(/\s+\d{4,}\b[\s\S]*/, '').split(/\s*,\s*/);
  const [name = '', next = ''] = parts;
  return COMPANY.test(next) ? `${name}, ${next}` : name;
}

/** `SMITH, John` → `John Smith`; `NIKOLA TESLA` → `Nikola Tesla`. */
export function readableName(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replace(/^[\s,;]+|[\s,;]+$/g, '');
  const [, last, first] = SURNAME_FIRST.exec(plain) ?? [];
  if (last !== undefined && first !== undefined && !COMPANY.test(first))
    return `${first.trim()} ${capitalised(last)}`;
  return plain;
}

export const capitalised = (name: string): string =>
  name.replace(/\p{L}[\p{L}]*/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
