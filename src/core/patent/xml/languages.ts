/**
 * Documents that carry a part in several languages: English is read where it exists, otherwise the language of the
 * document, and what else there is stands in the gaps.
 */
import type { Claim, Passage } from '../model.ts';
import { readClaims } from './claims.ts';
import { languageOf } from './document.ts';
import type { XmlElement } from './parse.ts';
import type { XmlSource } from './passage.ts';
import { readPassage, readPassages } from './passage.ts';
import { startTagSpan } from './tree.ts';
import { roleOf } from './vocabulary.ts';

const PREFERRED = 'en';
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  zh: 'Chinese',
  ja: 'Japanese',
  ko: 'Korean',
  ru: 'Russian',
};

/** One language version of a part. */
export interface Version {
  readonly element: XmlElement;
  readonly language?: string;
}

type Part = 'title' | 'abstract' | 'claims' | 'description';

export interface Texts {
  /** Of the claims or, without claims, of the document. */
  readonly language?: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  readonly description: readonly Passage[];
}

/** How a format differs from the others in reading a chosen part. */
export interface TextReaders {
  readonly claims: (element: XmlElement, source: XmlSource) => readonly Claim[];
  readonly description: (element: XmlElement, source: XmlSource) => readonly Passage[];
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
  const texts = {
    language: claims?.language ?? abstract?.language ?? own ?? description?.language ?? title?.language,
    title: title && readPassage(title.element.children, source),
    abstract: abstract && readAbstract(abstract.element, source),
    claims: claims ? readers.claims(claims.element, source) : [],
    description: description ? readers.description(description.element, source) : [],
  };
  // Titles in other languages are left unsaid: every document has them, and they say the same.
  stateOthers('The claims were', versions.claims, claims, source);
  stateOthers('The abstract was', versions.abstract, abstract, source);
  stateOthers('The description was', versions.description, description, source);
  stateMixture({ title, abstract, claims, description }, own, source);
  return texts;
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

function stateOthers(
  subject: string,
  versions: readonly Version[],
  chosen: Version | undefined,
  source: XmlSource,
): void {
  const others = versions.filter((version) => version !== chosen);
  const [first] = others;
  if (first === undefined) return;
  const languages = others.map(({ language }) => languageName(language)).join(', ');
  source.gaps.state(
    `${subject} read in ${languageName(chosen?.language)}; not read: ${languages}.`,
    startTagSpan(first.element, source.document.start.offset),
  );
}

function stateMixture(
  parts: Readonly<Record<Part, Version | undefined>>,
  own: string | undefined,
  source: XmlSource,
): void {
  const read = Object.entries(parts).flatMap(([part, version]) =>
    version === undefined ? [] : [{ part, language: version.language ?? own }],
  );
  if (new Set(read.map(({ language }) => language)).size < 2) return;
  const list = read.map(({ part, language }) => `${part} ${languageName(language)}`).join(', ');
  source.gaps.state(`The parts of the document are in different languages: ${list}.`);
}

const languageName = (language: string | undefined): string =>
  language === undefined ? 'an unstated language' : (LANGUAGE_NAMES[language] ?? language);
