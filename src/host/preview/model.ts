/** A patent as the preview shows it: texts with the places that refer to claims, claims in the order of their tree. */
import type { Claim, Passage, Patent } from '../../core/patent/model.ts';
import { claimReferenceSpans } from '../../core/patent/claim-reference-spans.ts';
import type {
  PreviewClaim,
  PreviewParagraph,
  PreviewPassage,
  PreviewPatent,
  PreviewVersion,
} from '../../protocol/preview-view.ts';
import { passageKey, versionsOf, type Version } from '../documents/passages.ts';
import { claimTree, type ClaimNode } from '../language/claim-tree.ts';
import { known } from '../language/references.ts';

export function previewPatent(patent: Patent, languageName: (code: string) => string): PreviewPatent {
  return {
    id: patent.id,
    office: patent.office,
    format: patent.format,
    ...(patent.kind === undefined ? {} : { kind: patent.kind }),
    bibliography: patent.bibliography,
    classifications: patent.classifications,
    versions: versionsOf(patent).map((version, at) => previewVersion(version, at, languageName)),
    certainty: patent.certainty ?? [],
    gaps: patent.gaps.map(({ message, span }) => ({ message, placed: span !== undefined })),
  };
}

function previewVersion(
  version: Version,
  at: number,
  languageName: (code: string) => string,
): PreviewVersion {
  const { language, title, abstract } = version;
  const all = known({ version });
  const flat: PreviewClaim[] = [];
  const add = ({ claim, index, depth, children }: ClaimNode): void => {
    const { number, dependsOn } = claim;
    flat.push({
      ...passage(passageKey(at, 'claims', index), claim, before(all, claim)),
      number,
      depth,
      dependsOn,
    });
    children.forEach(add);
  };
  claimTree(version.claims).forEach(add);
  return {
    ...(language === undefined ? {} : { language }),
    languageName: language === undefined ? '' : languageName(language),
    ...(title ? { title: passage(passageKey(at, 'title', 0), title, []) } : {}),
    ...(abstract ? { abstract: passage(passageKey(at, 'abstract', 0), abstract, all) } : {}),
    claims: flat,
    description: version.description.map((paragraph, index): PreviewParagraph => ({
      ...passage(passageKey(at, 'description', index), paragraph, all),
      heading: paragraph.heading === true,
      ...(paragraph.number === undefined ? {} : { number: paragraph.number }),
    })),
  };
}

const before = (numbers: readonly number[], { number }: Claim): readonly number[] =>
  numbers.filter((other) => other < number);

function passage(key: string, { text }: Passage, claims: readonly number[]): PreviewPassage {
  const references = claimReferenceSpans(text, claims).flatMap(({ span, numbers, parts }) => {
    const single = parts.length > 1 ? parts : [{ span, numbers }];
    return single.map((part) => ({ start: part.span.start, end: part.span.end, claims: part.numbers }));
  });
  return { key, text, references };
}
