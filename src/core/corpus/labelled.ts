/** Labelled documents: patents, what is known of their labels, and which of them must never be separated. */
import { publicationKey } from '../patent/identity.ts';
import { applicationKeys } from '../patent/identity-applications.ts';
import type { Patent, Provenance } from '../patent/model.ts';

export interface LabelledDocument {
  readonly patent: Patent;
  /** Positions in the taxonomy, ascending. */
  readonly labels: readonly number[];
  /** Documents of one group never stand on both sides of a split. */
  readonly group: string;
  readonly provenance: Provenance;
  readonly split?: string;
}

/**
 * Gives documents one group when they share one of {@link groupKeys}, directly or through others: families share
 * abstracts (METHODS 8), and nobody states that for all of them.
 */
export function linkGroups<D extends LabelledDocument>(documents: readonly D[]): readonly D[] {
  const parents = new Map<string, string>();
  const root = (key: string): string => {
    let top = key;
    for (let next = parents.get(top); next !== undefined; next = parents.get(top)) top = next;
    // Path compression keeps long chains of families from being walked again and again.
    for (let at = key; at !== top;) {
      const next = parents.get(at) ?? top;
      parents.set(at, top);
      at = next;
    }
    return top;
  };
  for (const { patent } of documents) {
    const [first, ...others] = groupKeys(patent);
    for (const other of others) {
      const [a, b] = [root(first), root(other)];
      if (a !== b) parents.set(b, a);
    }
  }
  return documents.map((document) => ({ ...document, group: root(groupKeys(document.patent)[0]) }));
}

/**
 * What a document shares with others of its group: the stated group, its text, its publication number, its family, and
 * the applications and publications it goes back to. The first names the group of a document seen alone. Numbers make a
 * key only where they name one document and no other: a placeholder would join everything that states none.
 */
export function groupKeys(patent: Patent): readonly [string, ...string[]] {
  const text = textKey(patent);
  const linked = [...new Set(linkKeys(patent))];
  return patent.record?.group ? [`g:${patent.record.group}`, text, ...linked] : [text, ...linked];
}

function linkKeys({ id, bibliography }: Patent): string[] {
  const { application, priorities, related, family } = bibliography;
  const applications = [
    ...(application ? [application] : []),
    ...priorities,
    ...related.flatMap(({ document }) => (document.application ? [document] : [])),
  ];
  const publications = [
    id,
    ...related.flatMap(({ document }) => (document.application ? [] : [document.id])),
    ...family.members.map((member) => member.id),
  ];
  return [
    ...(family.id && /[1-9]/.test(family.id) ? [`f:${family.id}`] : []),
    ...applications.flatMap((document) => applicationKeys(document).map((key) => `a:${key}`)),
    ...publications.flatMap((number) => publicationKey(number) ?? []).map((key) => `p:${key}`),
  ];
}

/** The group of a document seen alone. */
export const groupOf = (patent: Patent): string => groupKeys(patent)[0];

function textKey(patent: Patent): string {
  const texts = [
    patent.abstract?.text ?? '',
    `${patent.title?.text ?? ''}\n${patent.claims[0]?.text ?? ''}`,
    patent.description.map(({ text }) => text).join('\n'),
  ];
  const shared = texts.map(wordsOnly).find((text) => text !== '');
  return shared === undefined ? `i:${patent.id}` : `t:${shared}`;
}

const wordsOnly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
