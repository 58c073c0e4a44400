/** What a place of a patent's source has to do with claims: a reference to some, or the number of one. */
import { claimReferenceSpans } from '../../core/patent/claim-reference-spans.ts';
import type { Claim, Patent } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';
import { passageAt, versionsOf, type Located, type Version } from '../documents/passages.ts';

export interface SourceReference {
  /** Range of the words in the source: the number under the cursor, or the whole reference. */
  readonly span: Span;
  readonly claims: readonly Claim[];
}

/** The claims that the words at an offset of the source refer to. */
export function referenceAt(patent: Patent, offset: number): SourceReference | undefined {
  const located = passageAt(patent, offset);
  if (!located) return undefined;
  for (const reference of claimReferenceSpans(located.passage.text, known(located))) {
    const whole = located.passage.map.toSource(reference.span);
    if (!whole || offset < whole.start || offset > whole.end) continue;
    for (const { span, numbers } of reference.parts) {
      const part = located.passage.map.toSource(span);
      if (part && part.start <= offset && offset <= part.end) {
        // A single number is as good as the words before it.
        const shown = reference.parts.length === 1 ? whole : part;
        return { span: shown, claims: claimsOf(located.version, numbers) };
      }
    }
    return { span: whole, claims: claimsOf(located.version, reference.numbers) };
  }
  return undefined;
}

export interface NumberedClaim {
  readonly claim: Claim;
  readonly version: Version;
}

/** The claim whose printed number stands at an offset of the source. */
export function claimNumberAt(patent: Patent, source: string, offset: number): NumberedClaim | undefined {
  for (const version of versionsOf(patent)) {
    for (const claim of version.claims) {
      const { start } = claim.span;
      if (offset > start || start - offset > LONGEST_NUMBER) continue;
      if (PRINTED.test(source.slice(offset, start))) return { claim, version };
    }
  }
  return undefined;
}

/** `12. ` with blanks, for every place in it. */
const PRINTED = /^[\d０-９]{0,5}\s*[.)、．]?\s*$/;
const LONGEST_NUMBER = 12;

/** Where other claims refer to a claim; a reference that stands only in the markup is its claim's first place. */
export function dependents(version: Version, { number }: Claim): Span[] {
  const numbers = version.claims.map((other) => other.number);
  return version.claims
    .filter(({ dependsOn }) => dependsOn.includes(number))
    .flatMap((claim) => {
      const before = ascending(numbers.filter((other) => other < claim.number));
      const spans = claimReferenceSpans(claim.text, before)
        .filter((reference) => reference.numbers.includes(number))
        .flatMap(({ span }) => claim.map.toSource(span) ?? []);
      return spans.length > 0 ? spans : [{ start: claim.span.start, end: claim.span.start }];
    });
}

/** The claims that a passage can refer to. */
export function known({ version, claim }: Pick<Located, 'version' | 'claim'>): readonly number[] {
  const numbers = version.claims.map(({ number }) => number);
  return ascending(claim ? numbers.filter((number) => number < claim.number) : numbers);
}

const claimsOf = (version: Version, numbers: readonly number[]): readonly Claim[] =>
  numbers.flatMap((number) => version.claims.find((claim) => claim.number === number) ?? []);

const ascending = (numbers: readonly number[]): readonly number[] =>
  [...new Set(numbers)].sort((a, b) => a - b);
