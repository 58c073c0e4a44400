/** Applicants and inventors as cells name them: `SMITH JOHN [US]`, `Acme GmbH (DE)`. */
import type { Person } from '../bibliography.ts';

const WITH_COUNTRY = /^(.*\S)\s*[[(]([A-Z]{2})[\])]$/s;

export function parsePerson(text: string): Person {
  const [, name, country] = WITH_COUNTRY.exec(text) ?? [];
  return name === undefined || country === undefined ? { name: text } : { name, country };
}
