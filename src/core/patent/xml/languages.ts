/**
 * Documents that carry a part in several languages: English is read where it exists, otherwise the language of the
 * document, and the others as translations. A second version in one language (claims for other states) is a gap.
 */
import { GapCollector } from '../gaps.ts';
import { languageName } from '../language-names.ts';
import type { Claim, Paragraph, Passage, Translation } from '../model.ts';
import { readClaims } from './claims.ts';
import { languageOf } from './document.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { readPassage, readPassages } from './passage.ts';
import { fieldText, startTagSpan } from './tree.ts';
import { roleOf } from './vocabulary.ts';

const PREFERRED = 'en';

/** One language version of a part. */
export interface Version {
  readonly element: XmlElement;
  readonly language?: string;
}

const PARTS = ['title', 'abstract', 'claims', 'description'] as const;
type Part = (typeof PARTS)[number];

export interface Texts {
  /** Of the claims or, without claims, of the document. */
  readonly language?: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  readonly description: readonly Paragraph[];
  readonly translations: readonly Translation[];
}

/** How a format differs from the others in reading a chosen part. */
export interface TextReaders {
  readonly claims: (element: XmlElement, source: XmlSource) => readonly Claim[];
  readonly description: (element: XmlElement, source: XmlSource) => readonly Paragraph[];
}

/** Elements as versions, by their own language attributes. */
export const versionsOf = (elements: Iterable<XmlElement>): Version[] =>
  Array.from(elements, (element) => ({ element, language: languageOf(element) }));

/** Reads one version of each part; `own` is the language of the document. */
export function readTexts(
  versions: Readonly<Record<Part, readonly Version[]>>,
  own: string | undefined,
  source: XmlSource,
  readers: TextReaders = { claims: readClaims, description: readPassages },
): Texts {
  const title = choose(versions.title, own);
  const abstract = choose(versions.abstract, own);
  const claims = choose(versions.claims, own);
  const description = choose(versions.description, own);
  const chosen = { title, abstract, claims, description };
  const texts = {
    language: claims?.language ?? abstract?.language ?? own ?? description?.language ?? title?.language,
    ...readChosen(chosen, source, readers),
    translations: readTranslations(versions, chosen, source, readers),
  };
  stateMixture(chosen, own, source);
  return texts;
}

type Chosen = Readonly<Record<Part, Version | undefined>>;

function readChosen(
  { title, abstract, claims, description }: Chosen,
  source: XmlSource,
  readers: TextReaders,
): Pick<Texts, Part> {
  return {
    title: title && readPassage(title.element.children, source),
    abstract: abstract && readAbstract(abstract.element, source),
    claims: claims ? readers.claims(claims.element, source) : [],
    description: description ? readers.description(description.element, source) : [],
  };
}

/** What is not chosen, by language in the order of the document. */
function readTranslations(
  versions: Readonly<Record<Part, readonly Version[]>>,
  chosen: Chosen,
  source: XmlSource,
  readers: TextReaders,
): Translation[] {
  const languages = new Map<string, Partial<Record<Part, Version>>>();
  for (const part of PARTS) {
    const surplus: Version[] = [];
    for (const version of versions[part]) {
      if (version === chosen[part]) continue;
      const { language } = version;
      if (language === undefined || language === chosen[part]?.language) {
        surplus.push(version);
        continue;
      }
      const known = languages.get(language) ?? {};
      if (known[part] === undefined) languages.set(language, { ...known, [part]: version });
      else surplus.push(version);
    }
    stateSurplus(part, surplus, chosen[part], source);
  }
  return Array.from(languages, ([language, found]): Translation => {
    const gaps = new GapCollector();
    const { title, abstract, claims, description } = found;
    const texts = readChosen({ title, abstract, claims, description }, { ...source, gaps }, readers);
    for (const { message, span } of gaps.list()) {
      source.gaps.state(`In the ${languageName(language)} text: ${message}`, span);
    }
    return { language, ...texts };
  });
}

/** Without its heading, which says that it is an abstract. */
function readAbstract(element: XmlElement, source: XmlSource): Passage | undefined {
  return readPassage(
    element.children.filter((child) => child.kind !== 'element' || !roleOf(child).heading),
    source,
  );
}

function choose(versions: readonly Version[], own: string | undefined): Version | undefined {
  return (
    versions.find(({ language }) => language === PREFERRED) ??
    versions.find(({ language }) => language === own) ??
    versions[0]
  );
}

/** Versions in a language in which the part was read already, or in none that is stated. */
function stateSurplus(
  part: Part,
  surplus: readonly Version[],
  chosen: Version | undefined,
  source: XmlSource,
): void {
  const { text, start } = source.document;
  // Databases repeat a title that they got from several sources.
  const others = surplus.filter(
    ({ element }) => part !== 'title' || fieldText(element, text) !== fieldText(chosen?.element, text),
  );
  const [first] = others;
  if (first === undefined) return;
  const languages = others.map(({ language }) => languageName(language)).join(', ');
  source.gaps.state(
    `The ${part} ${part === 'claims' ? 'stand' : 'stands'} in the document in more than one version; not read: ${languages}.`,
    startTagSpan(first.element, start.offset),
  );
}

function stateMixture(parts: Chosen, own: string | undefined, source: XmlSource): void {
  const read = Object.entries(parts).flatMap(([part, version]) =>
    version === undefined ? [] : [{ part, language: version.language ?? own }],
  );
  if (new Set(read.map(({ language }) => language)).size < 2) return;
  const list = read.map(({ part, language }) => `${part} ${languageName(language)}`).join(', ');
  source.gaps.state(`The parts of the document are in different languages: ${list}.`);
}
