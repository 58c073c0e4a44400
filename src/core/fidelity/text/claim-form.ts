/** How claims are written (METHODS 3): as one sentence, numbered through, referring to others. */
import type { ClaimForm } from '../scores.ts';

export interface ClaimOf {
  readonly number: number;
  readonly text: string;
  readonly isDependent: boolean;
}

/** A sentence end with another sentence behind it. A number or a lower-case letter behind it begins none. */
const INNER_END = /[.!?]\s+\p{Lu}\p{Ll}/u;

/** @returns null where no document states claims. */
export function claimForm(documents: readonly (readonly ClaimOf[])[]): ClaimForm | null {
  const stating = documents.filter((claims) => claims.length > 0);
  const all = stating.flat();
  if (all.length === 0) return null;
  const share = (holds: (claim: ClaimOf) => boolean): number => all.filter(holds).length / all.length;
  const numbered = stating.filter((claims) => claims.every(({ number }, at) => number === at + 1));
  return {
    documents: stating.length,
    claims: all.length,
    numbered: numbered.length / stating.length,
    oneSentence: share(({ text }) => !INNER_END.test(text.trim())),
    dependent: share(({ isDependent }) => isDependent),
  };
}
