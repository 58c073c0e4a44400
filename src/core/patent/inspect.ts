/** A patent as plain JSON, as `patent-lab inspect --json` prints it. Missing parts are null, never left out. */
import type { Span } from '../text/span.ts';
import type { Bibliography, SectionCertainty } from './bibliography.ts';
import type {
  Claim,
  Classification,
  CorpusFields,
  Format,
  Paragraph,
  Passage,
  Patent,
  ReadingGap,
  Translation,
} from './model.ts';

export interface InspectedClaim {
  readonly number: number;
  readonly text: string;
  readonly dependsOn: readonly number[];
  readonly span: Span;
}

export interface InspectedParagraph {
  /** As the document numbers it: `0042`. */
  readonly number: string | null;
  readonly heading: boolean;
  readonly text: string;
  readonly span: Span;
}

export interface InspectedTranslation {
  readonly language: string;
  readonly title: string | null;
  readonly abstract: string | null;
  readonly claims: readonly InspectedClaim[];
  readonly paragraphs: readonly InspectedParagraph[];
}

export interface InspectedPatent {
  readonly id: string;
  readonly office: string;
  readonly kind: string | null;
  readonly language: string | null;
  readonly format: Format;
  readonly title: string | null;
  readonly abstract: string | null;
  readonly claims: readonly InspectedClaim[];
  /** Paragraphs joined by line breaks. */
  readonly description: string | null;
  readonly paragraphs: readonly InspectedParagraph[];
  readonly classifications: readonly Classification[];
  readonly bibliography: Bibliography;
  readonly translations: readonly InspectedTranslation[];
  /** Only where sections were found by how the text looks. */
  readonly certainty: readonly SectionCertainty[] | null;
  /** Where the parts stand in the file, in UTF-16 units. */
  readonly spans: {
    readonly document: Span;
    readonly title: Span | null;
    readonly abstract: Span | null;
    readonly description: Span | null;
  };
  readonly record: CorpusFields | null;
  readonly gaps: readonly ReadingGap[];
}

export function inspect(patent: Patent): InspectedPatent {
  const { description } = patent;
  return {
    id: patent.id,
    office: patent.office,
    kind: patent.kind ?? null,
    language: patent.language ?? null,
    format: patent.format,
    title: patent.title?.text ?? null,
    abstract: patent.abstract?.text ?? null,
    claims: patent.claims.map(inspectClaim),
    description: description.length === 0 ? null : description.map(({ text }) => text).join('\n'),
    paragraphs: description.map(inspectParagraph),
    classifications: patent.classifications,
    bibliography: patent.bibliography,
    translations: patent.translations.map(inspectTranslation),
    certainty: patent.certainty ?? null,
    spans: {
      document: patent.source.span,
      title: patent.title?.span ?? null,
      abstract: patent.abstract?.span ?? null,
      description: cover(description),
    },
    record: patent.record ?? null,
    gaps: patent.gaps,
  };
}

const inspectClaim = ({ number, text, dependsOn, span }: Claim): InspectedClaim => ({
  number,
  text,
  dependsOn,
  span,
});

const inspectParagraph = ({ number, heading, text, span }: Paragraph): InspectedParagraph => ({
  number: number ?? null,
  heading: heading ?? false,
  text,
  span,
});

const inspectTranslation = (translation: Translation): InspectedTranslation => ({
  language: translation.language,
  title: translation.title?.text ?? null,
  abstract: translation.abstract?.text ?? null,
  claims: translation.claims.map(inspectClaim),
  paragraphs: translation.description.map(inspectParagraph),
});

/** The range from the first to the last of some passages. */
function cover(passages: readonly Passage[]): Span | null {
  const [first, ...rest] = passages;
  if (first === undefined) return null;
  let { start, end } = first.span;
  for (const { span } of rest) {
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end };
}
