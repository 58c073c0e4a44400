/** Assembles a patent from what the XML formats read, so that every format states missing parts in the same words. */
import type { Bibliography } from '../bibliography.ts';
import { notAPatent } from '../errors.ts';
import type { Classification, Claim, Format, Paragraph, Passage, Patent, Translation } from '../model.ts';
import type { PublicationNumber } from '../publication-number.ts';
import { UNKNOWN_OFFICE, fileStem } from '../publication-number.ts';
import type { ReadingContext } from '../reader.ts';
import { positionAt } from '../../text/position.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { attribute } from './tree.ts';

export interface XmlParts {
  /** Where the patent stands in its document, when that holds more than one. */
  readonly within?: XmlElement;
  readonly publication?: PublicationNumber;
  readonly language?: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  readonly description: readonly Paragraph[];
  readonly translations: readonly Translation[];
  readonly classifications: readonly Classification[];
  readonly bibliography: Bibliography;
}

/** Throws `not-a-patent` when there is nothing to read. */
export function xmlPatent(
  format: Format,
  root: XmlElement,
  parts: XmlParts,
  source: XmlSource,
  context: ReadingContext,
): Patent {
  const { document, gaps } = source;
  const { title, abstract, claims, description, publication } = parts;
  const hasBody = abstract !== undefined || claims.length > 0 || description.length > 0;
  if (title === undefined && !hasBody) {
    const place = positionAt(document.text, root.start, document.start);
    throw notAPatent(context.file, place, `<${root.name}> holds no title, abstract, claims or description.`);
  }
  if (!hasBody) gaps.state('The document holds only bibliographic data: no abstract, claims or description.');
  if (publication === undefined) {
    gaps.state('The document states no publication number; it is named after its file.');
  }
  const fallback =
    document.index === 0 ? fileStem(context.file) : `${fileStem(context.file)}#${document.index + 1}`;
  return {
    id: publication?.id ?? fallback,
    office: publication?.office ?? UNKNOWN_OFFICE,
    format,
    source: {
      file: context.file,
      index: document.index,
      span: {
        start: document.start.offset + (parts.within?.start ?? 0),
        end: document.start.offset + (parts.within?.end ?? document.text.length),
      },
    },
    kind: publication?.kind,
    language: parts.language,
    title,
    abstract,
    claims,
    description,
    classifications: parts.classifications,
    bibliography: parts.bibliography,
    translations: parts.translations,
    gaps: gaps.list(),
  };
}

/** What the EPO's databases write for the language of the original, whichever that is. */
const ORIGINAL = 'ol';

/** ISO 639-1 code from a language attribute. */
export function languageOf(element: XmlElement | undefined): string | undefined {
  const stated = element && (attribute(element, 'lang') ?? attribute(element, 'languageCode'));
  const code = stated?.trim().toLowerCase().slice(0, 2);
  return code !== undefined && code !== ORIGINAL && /^[a-z]{2}$/.test(code) ? code : undefined;
}
