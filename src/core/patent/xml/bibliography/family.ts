/** The patent family that the EPO's databases give a document: its id, and its members where a response lists them. */
import type { DocumentNumber, Family } from '../../bibliography.ts';
import type { XmlElement } from '../parse.ts';
import type { XmlSource } from '../passage.ts';
import { attribute, childElements, outermost } from '../tree.ts';
import { names } from './fields.ts';
import { readPublication } from './numbers.ts';

export interface FamilyMember {
  readonly family: string;
  readonly publication: DocumentNumber;
}

const MEMBERS = names('family-member');

/** Members of all families that a response of the family service lists. */
export function familyMembers(root: XmlElement, source: XmlSource): FamilyMember[] {
  const members: FamilyMember[] = [];
  for (const member of outermost(root, MEMBERS)) {
    const family = familyId(member);
    if (family === undefined) continue;
    for (const reference of childElements(member, 'publication-reference')) {
      const publication = readPublication(reference, source, undefined);
      if (publication !== undefined) members.push({ family, publication });
    }
  }
  return members;
}

/** The family of one document; databases give documents of which they know none the id 0 or -1. */
export function readFamily(
  document: XmlElement,
  members: readonly FamilyMember[],
  source: XmlSource,
): Family {
  const id = familyId(document);
  if (id === undefined) return { members: [] };
  const own = readPublication(document, source, undefined)?.id;
  return {
    id: `docdb:${id}`,
    members: members.flatMap(({ family, publication }) =>
      family === id && publication.id !== own ? [publication] : [],
    ),
  };
}

function familyId(element: XmlElement): string | undefined {
  const id = attribute(element, 'family-id')?.trim();
  return id !== undefined && /^[1-9]\d*$/.test(id) ? id : undefined;
}
