/** Reads the element that holds the claims, in whatever vocabulary the office writes it. */
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import type { Claim } from '../model.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { readMapped } from './passage.ts';
import { attribute, fieldText, find, outermost } from './tree.ts';
import { CLAIMS, CLAIM_REFERENCES } from './vocabulary.ts';

export function readClaims(claims: XmlElement, source: XmlSource): Claim[] {
  const elements = outermost(claims, CLAIMS);
  const numbers = elements.map((element, index) => printedNumber(element, source.document.text) ?? index + 1);
  const byId = new Map<string, number>();
  for (const [index, element] of elements.entries()) {
    const id = idOf(element);
    if (id !== undefined) byId.set(id, numbers[index] ?? index + 1);
  }
  const texts = elements.map((element, index): ClaimText => {
    const references = outermost(element, CLAIM_REFERENCES).flatMap((ref) => referenced(ref, byId));
    return { number: numbers[index] ?? index + 1, text: readMapped(element.children, source), references };
  });
  return assembleClaims(texts, source.gaps);
}

const idOf = (element: XmlElement): string | undefined =>
  attribute(element, 'id') ?? attribute(element, 'ID');

/** From `num="00007"`, for claims taken together `num="00001-00020"`, a number element, or `ID="CLM-00007"`. */
function printedNumber(claim: XmlElement, text: string): number | undefined {
  const written =
    attribute(claim, 'num') ??
    fieldText(find(claim, 'ClaimNumber'), text) ??
    /^CLM-(\d+)$/.exec(idOf(claim) ?? '')?.[1];
  const number = Number(/\d{1,6}/.exec(written ?? '')?.[0]);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** The attributes that name the claims referred to; in ST.32 a reference carries the id of its target as its own. */
const TARGETS = ['idref', 'idrefs', 'depends_on', 'ID'];

function referenced(ref: XmlElement, byId: ReadonlyMap<string, number>): number[] {
  const ids = TARGETS.flatMap((name) => attribute(ref, name)?.split(/\s+/) ?? []);
  return ids.flatMap((id) => byId.get(id) ?? []);
}
