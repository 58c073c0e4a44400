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

const names = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Elements that are a passage of a description. */
const PARAGRAPHS = names('p para paragraph paragraphs h heading');
/** Elements whose content stands on lines of its own. */
const BLOCKS = names(`
  p para paragraph paragraphs h heading claim clm claimtext clmstep br li ul ol dl dt dd pre title
  maths math mathus mathcwu chemistry chemus chemistrycwu tables tableus tablecwu table tgroup tablegroup
  thead tablehead tbody tablebody row abstproblem abstsolution programlisting
`);
/** Elements that carry no text of the document: pictures, and numbers that are printed before a passage. */
const SILENT = names(`
  img emi image docpage figure colspec sequencelist tableexternaldoc mathematica mathematicafile number claimnumber
  claimtypecategory
`);
const IMAGES = names('img emi image');
/** Elements whose text may stand only in an image, by what the gap calls them. */
const PICTURED = new Map<string, string>([
  ...['maths', 'math', 'mathus', 'mathcwu'].map((name) => [name, 'formula'] as const),
  ...['chemistry', 'chemus', 'chemistrycwu'].map((name) => [name, 'chemical structure'] as const),
  ...['tables', 'table', 'tableus', 'tablecwu'].map((name) => [name, 'table'] as const),
]);

const plain = ({ local }: XmlElement): string => local.toLowerCase().replaceAll('-', '');

export const isParagraph = (element: XmlElement): boolean => PARAGRAPHS.has(plain(element));
export const isImage = (element: XmlElement): boolean => IMAGES.has(plain(element));
export const isSilent = (element: XmlElement): boolean => SILENT.has(plain(element));
export const isBlock = (element: XmlElement): boolean => BLOCKS.has(plain(element));
export const isTableCell = (element: XmlElement): boolean => plain(element) === 'entry';
export const isClaimReference = ({ local }: XmlElement): boolean => CLAIM_REFERENCES.has(local);
/** MathML, whose names are always lower case; ST.96 calls what it is wrapped in `Math`. */
export const isMathMl = ({ local }: XmlElement): boolean => local === 'math';
/** What may be missing where an element holds only an image. */
export const picturedThing = (element: XmlElement): string | undefined => PICTURED.get(plain(element));
