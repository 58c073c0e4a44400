/**
 * The ways a document is asked for, one template each. `standard` is the ordinary drafting order; the others begin
 * elsewhere, and so lead to other words.
 */
import type { Genre } from '../plan.ts';

export const GENRE_TEMPLATES: Readonly<Record<Genre, string>> = {
  standard: `Write a patent document as a patent attorney would draft it for the {{jurisdiction}} office: a neutral title, an abstract that states the technical disclosure, and claims from broad to narrow.`,

  'claim-led': `Draft the claims first, for the {{jurisdiction}} office: an independent claim that names each feature only once, then claims that narrow it one feature at a time. Then write the abstract as the first claim in plain sentences, and a title that fits it.`,

  'problem-solution': `Work from a problem to its solution, for the {{jurisdiction}} office. Decide which concrete technical problem a person in the field meets, which single idea solves it, and what effect that has. The abstract states problem, solution and effect in this order; the first claim holds the idea and nothing else.`,

  'product-sheet': `Imagine the data sheet of a product that does not exist: its parts, sizes, materials, values and how it is used. Turn that into a patent document for the {{jurisdiction}} office: an abstract rich in concrete detail, and claims that protect the details.`,
};
