/**
 * What the elements of the offices' XML are to a reader. One vocabulary serves all standards: ST.36 (`claim-text`),
 * ST.32 (`PARA`), the USPTO's of 2001 (`paragraph`), ST.96 (`com:P`) and CNIPA's (`base:Paragraphs`); none uses a
 * name of another for something else. Layout names are compared without case and hyphens.
 */
import type { XmlElement } from './parse.ts';

export const CLAIMS: ReadonlySet<string> = new Set(['claim', 'CLM', 'Claim']);
/** Marked references from one claim to another. */
export const CLAIM_REFERENCES: ReadonlySet<string> = new Set([
  'claim-ref',
  'CLREF',
  'dependent-claim-reference',
  'ClaimReference',
]);

/** What the text of an element is in the document. */
export interface Role {
  /** A passage of a description. */
  readonly paragraph?: true;
  readonly heading?: true;
  /** Stands on lines of its own. */
  readonly block?: true;
  readonly tableCell?: true;
  /** Carries no text: a picture, or a number that is printed before a passage. */
  readonly silent?: true;
  readonly image?: true;
  /** Its text may stand only in an image; what the gap calls it. */
  readonly pictured?: string;
}

const FORMULA: Role = { block: true, pictured: 'formula' };
const CHEMISTRY: Role = { block: true, pictured: 'chemical structure' };
const TABLE: Role = { block: true, pictured: 'table' };

const ROLES = new Map<string, Role>([
  ...words('p para paragraph paragraphs', { paragraph: true, block: true }),
  ...words('h heading', { paragraph: true, heading: true, block: true }),
  ...words('claim clm claimtext clmstep br li ul ol dl dt dd pre title programlisting', { block: true }),
  ...words('abstproblem abstsolution tgroup tablegroup thead tablehead tbody tablebody row', { block: true }),
  ...words('entry', { tableCell: true }),
  ...words('maths math mathus mathcwu', FORMULA),
  ...words('chemistry chemus chemistrycwu', CHEMISTRY),
  ...words('tables table tableus tablecwu', TABLE),
  ...words('img emi image', { silent: true, image: true }),
  ...words('docpage figure colspec sequencelist tableexternaldoc mathematica mathematicafile', {
    silent: true,
  }),
  ...words('number claimnumber claimtypecategory', { silent: true }),
]);
const INLINE: Role = {};

function words(list: string, role: Role): (readonly [string, Role])[] {
  return list.split(' ').map((word) => [word, role]);
}

/** Roles by the names as they are written; every element is asked for its role several times. */
const KNOWN = new Map<string, Role>();
/** More names than all standards have together: a hostile file must not fill the memory. [ours] */
const MOST_KNOWN = 2000;

export function roleOf({ local }: XmlElement): Role {
  const known = KNOWN.get(local);
  if (known !== undefined) return known;
  const role = ROLES.get(local.toLowerCase().replaceAll('-', '')) ?? INLINE;
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(local, role);
  return role;
}

export const isClaimReference = ({ local }: XmlElement): boolean => CLAIM_REFERENCES.has(local);
/** MathML, whose names are always lower case; ST.96 calls what it is wrapped in `Math`. */
export const isMathMl = ({ local }: XmlElement): boolean => local === 'math';
