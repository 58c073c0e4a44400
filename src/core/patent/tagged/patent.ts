/** Assembles a patent from the groups of a Green Book document. */
import { isoDate } from '../dates.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Patent } from '../model.ts';
import { UNKNOWN_OFFICE, fileStem } from '../publication-number.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';
import { readBibliography } from './bibliography.ts';
import { readClassifications } from './classifications.ts';
import type { TaggedField, TaggedGroup } from './fields.ts';
import { fieldOf, taggedGroups, valueOf } from './fields.ts';
import { patentNumber } from './number.ts';
import { isTextField, readClaims, readFields, readParagraphs } from './passages.ts';

const DESCRIPTION = new Set(['PARN', 'GOVT', 'BSUM', 'DRWD', 'DETD']);
/** Administrative fields that have no place in a patent as it is read here: examiners, counts, search field, agents. */
const ADMINISTRATIVE = new Set(
  'SRC APT ART ECL EXP EXA NDR NFG NPS TRM DCD PBL NCL EDF FSC FSS DIS OCL XCL ICL UCL STR CTY STA ZIP CNT COD R47 ITX NA2 PSC FRM FR2 AGT AAT AT1 ATT REG LRNM BAR PCN PD1 PD2 PD3 PCD PCP 371 102 102E STM NUM WKU APN APD TTL ISD NAM PNO DBT OPR'.split(
    ' ',
  ),
);

/** Throws `not-a-patent` when a document holds no text. */
export function readTagged(document: DocumentText, context: ReadingContext): Patent {
  const gaps = new GapCollector();
  const source = { document, gaps };
  const groups = taggedGroups(document.text);
  const head = groups.find(({ tag }) => tag === 'PATN');
  const value = (tag: string): string | undefined => valueOf(fieldOf(head, tag), document.text);
  const titleField = fieldOf(head, 'TTL');
  const title = titleField && readFields([titleField], source);
  const abstracts = groups
    .filter(({ tag }) => tag === 'ABST')
    .flatMap(({ fields }) => fields.filter(isTextField));
  const abstract = readFields(abstracts, source);
  const claimGroups = groups.filter(({ tag }) => tag === 'CLMS' || tag === 'DCLM');
  const claims = readClaims(claimGroups, source);
  const description = groups
    .filter(({ tag }) => DESCRIPTION.has(tag))
    .flatMap((group) => readParagraphs(group, source));
  const hasBody = abstract !== undefined || claims.length > 0 || description.length > 0;
  if (title === undefined && !hasBody) {
    const detail = 'PATN is followed by no title, abstract, claims or description.';
    throw notAPatent(context.file, document.start, detail);
  }
  if (!hasBody) gaps.state('The document holds only bibliographic data: no abstract, claims or description.');
  const found = patentNumber(value('WKU') ?? '', isoDate(value('ISD') ?? ''));
  if (found === undefined)
    gaps.state('The document states no publication number; it is named after its file.');
  else if (!found.checks)
    gaps.state(`The check digit of ${value('WKU')} does not fit; a digit may be wrong.`);
  const announced = Number(value('NCL'));
  if (Number.isInteger(announced) && announced > claims.length) {
    gaps.state(`The document announces ${announced} claims; ${claims.length} were found. It may be cut off.`);
  }
  stateUnknown(groups, source);
  const fallback =
    document.index === 0 ? fileStem(context.file) : `${fileStem(context.file)}#${document.index + 1}`;
  return {
    id: found?.number.id ?? fallback,
    office: found?.number.office ?? UNKNOWN_OFFICE,
    format: 'greenbook',
    source: {
      file: context.file,
      index: document.index,
      span: { start: document.start.offset, end: document.start.offset + document.text.length },
    },
    kind: found?.number.kind,
    language: 'en',
    title,
    abstract,
    claims,
    description,
    classifications: readClassifications(groups, document.text),
    bibliography: readBibliography(groups, document.text),
    translations: [],
    gaps: gaps.list(),
  };
}

/** Says once for every tag that is none of the format's, or holds text where none is read, what was left out. */
function stateUnknown(
  groups: readonly TaggedGroup[],
  { document, gaps }: { readonly document: DocumentText; readonly gaps: GapCollector },
): void {
  const unknown = new Map<string, { count: number; readonly first: TaggedField }>();
  for (const { fields } of groups) {
    for (const field of fields) {
      if (ADMINISTRATIVE.has(field.tag) || isTextField(field)) continue;
      const known = unknown.get(field.tag);
      if (known) known.count++;
      else if (unknown.size < MOST_UNKNOWN) unknown.set(field.tag, { count: 1, first: field });
    }
  }
  for (const [tag, { count, first }] of unknown) {
    const times = count === 1 ? 'once' : `${count} times`;
    const end = first.lines.at(-1)?.end ?? first.at + tag.length;
    gaps.state(`The tag ${tag} (${times}) is not known and was left out.`, {
      start: document.start.offset + first.at,
      end: document.start.offset + end,
    });
  }
}

/** A file that is no Green Book at all may have any number of them. [ours] */
const MOST_UNKNOWN = 50;
