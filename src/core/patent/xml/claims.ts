/** Reads the `<claims>` element that USPTO and EPO documents share. */
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import type { Claim } from '../model.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { readMapped } from './passage.ts';
import { childElements, descendants } from './tree.ts';

export function readClaims(claims: XmlElement, source: XmlSource): Claim[] {
  const elements = [...childElements(claims, 'claim')];
  const numbers = elements.map((element, index) => printedNumber(element) ?? index + 1);
  const byId = new Map<string, number>();
  for (const [index, element] of elements.entries()) {
    const id = element.attributes['id'];
    if (id !== undefined) byId.set(id, numbers[index] ?? index + 1);
  }
  const texts = elements.map((element, index): ClaimText => {
    const references = [...descendants(element, 'claim-ref')].flatMap((ref) => referenced(ref, byId));
    return { number: numbers[index] ?? index + 1, text: readMapped(element.children, source), references };
  });
  return assembleClaims(texts, source.gaps);
}

/** The first number of `num="00007"` or, for claims taken together, `num="00001-00020"`. */
function printedNumber(claim: XmlElement): number | undefined {
  const digits = /\d{1,6}/.exec(claim.attributes['num'] ?? '')?.[0];
  const number = Number(digits);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function referenced(ref: XmlElement, byId: ReadonlyMap<string, number>): number[] {
  const ids = (ref.attributes['idref'] ?? '').split(/\s+/);
  return ids.flatMap((id) => byId.get(id) ?? []);
}
