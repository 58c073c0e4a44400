/**
 * EPO publications in XML (`ep-patent-document`, DTD 1.0 to 1.5.1). A specification carries its title and claims in
 * German, English and French and its description in the language of the proceedings; English is read where it exists,
 * otherwise the language of the document, and what else there is stands in the gaps.
 */
import { ClassificationList, parseIpcCode } from '../classification-codes.ts';
import { notAPatent } from '../errors.ts';
import { GapCollector } from '../gaps.ts';
import type { Classification, Passage, Patent } from '../model.ts';
import { publicationNumber } from '../publication-number.ts';
import type { DocumentText, PatentFormat, ReadingContext } from '../reader.ts';
import { positionAt } from '../../text/position.ts';
import type { Span } from '../../text/span.ts';
import { readClaims } from '../xml/claims.ts';
import { languageOf, xmlPatent } from '../xml/document.ts';
import type { XmlElement } from '../xml/parse.ts';
import { parseXml } from '../xml/parse.ts';
import type { XmlSource } from '../xml/passage.ts';
import { readPassage, readPassages } from '../xml/passage.ts';
import { rootName } from '../xml/prolog.ts';
import { xmlSplitter } from '../xml/splitter.ts';
import { childElements, fieldText, find, findAll, rawText, startTagSpan } from '../xml/tree.ts';

const ROOT = 'ep-patent-document';
const PREFERRED = 'en';
const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', de: 'German', fr: 'French' };

export const epoXml: PatentFormat = {
  format: 'epo-xml',
  recognise: (head) => (rootName(head) === ROOT ? 1 : 0),
  splitter: xmlSplitter,
  reader: (context) => (document) => ({ kind: 'patent', patent: readDocument(document, context) }),
};

function readDocument(document: DocumentText, context: ReadingContext): Patent {
  const source: XmlSource = { document, gaps: new GapCollector() };
  const root = parseXml(document, context, source.gaps);
  if (root.name !== ROOT) {
    const place = positionAt(document.text, root.start, document.start);
    throw notAPatent(context.file, place, `The document is <${root.name}>, not <${ROOT}>.`);
  }
  const own = languageOf(root);
  const title = chooseLanguage(titles(root, document.text), own);
  const abstract = chooseLanguage(versions(root, 'abstract'), own);
  const claims = chooseLanguage(versions(root, 'claims'), own);
  const description = chooseLanguage(versions(root, 'description'), own);
  const number =
    root.attributes['doc-number'] ?? fieldText(find(root, 'SDOBI', 'B100', 'B110'), document.text);
  const kind = root.attributes['kind'] ?? fieldText(find(root, 'SDOBI', 'B100', 'B130'), document.text);
  const parts = {
    publication:
      number === undefined ? undefined : publicationNumber(root.attributes['country'] ?? 'EP', number, kind),
    language: claims.chosen?.language ?? abstract.chosen?.language ?? own,
    title: passageIn(title, source),
    abstract: passageIn(abstract, source),
    claims: claims.chosen ? readClaims(claims.chosen.element, source) : [],
    description: description.chosen ? readPassages(description.chosen.element, source) : [],
    classifications: readClassifications(root, document.text),
  };
  stateOtherVersions('claims', claims, source);
  stateOtherVersions('abstract', abstract, source);
  stateMixedLanguages({ title, abstract, claims, description }, source);
  for (const amended of findAll(root, 'amended-claims')) {
    source.gaps.state(
      'Amended claims stand in the document besides and were not read.',
      spanOf(amended, source),
    );
  }
  return xmlPatent('epo-xml', root, parts, source, context);
}

/** One language version of a part. */
interface Version {
  readonly element: XmlElement;
  readonly language?: string;
}

interface Choice {
  readonly chosen?: Version;
  readonly others: readonly Version[];
}

function chooseLanguage(versions: readonly Version[], own: string | undefined): Choice {
  const chosen =
    versions.find(({ language }) => language === PREFERRED) ??
    versions.find(({ language }) => language === own) ??
    versions[0];
  return { chosen, others: versions.filter((version) => version !== chosen) };
}

function versions(root: XmlElement, name: string): Version[] {
  return [...childElements(root, name)].map((element) => ({ element, language: languageOf(element) }));
}

/** `B540` lists language codes and titles in turn. */
function titles(root: XmlElement, text: string): Version[] {
  const list: Version[] = [];
  for (const block of findAll(root, 'SDOBI', 'B500', 'B540')) {
    let language: string | undefined;
    for (const element of childElements(block)) {
      if (element.name === 'B541') language = fieldText(element, text)?.toLowerCase();
      if (element.name === 'B542') list.push({ element, language });
    }
  }
  return list;
}

function passageIn({ chosen }: Choice, source: XmlSource): Passage | undefined {
  return chosen && readPassage(chosen.element.children, source);
}

/** Titles in other languages are left unsaid: every document has them, and they say the same. */
function stateOtherVersions(what: string, { chosen, others }: Choice, source: XmlSource): void {
  const [first] = others;
  if (first === undefined) return;
  const languages = others.map(({ language }) => languageName(language)).join(', ');
  const message = `The ${what} were read in ${languageName(chosen?.language)}; not read: ${languages}.`;
  source.gaps.state(
    what === 'claims' ? message : message.replace('were', 'was'),
    spanOf(first.element, source),
  );
}

function stateMixedLanguages(parts: Readonly<Record<string, Choice>>, source: XmlSource): void {
  const read = Object.entries(parts).filter(([, { chosen }]) => chosen !== undefined);
  const languages = new Set(read.map(([, { chosen }]) => chosen?.language));
  if (languages.size < 2) return;
  const list = read.map(([part, { chosen }]) => `${part} ${languageName(chosen?.language)}`).join(', ');
  source.gaps.state(`The parts of the document are in different languages: ${list}.`);
}

const languageName = (language: string | undefined): string =>
  language === undefined ? 'an unstated language' : (LANGUAGE_NAMES[language] ?? language);

const spanOf = (element: XmlElement, source: XmlSource): Span =>
  startTagSpan(element, source.document.start.offset);

function readClassifications(root: XmlElement, text: string): readonly Classification[] {
  const list = new ClassificationList();
  const bibliography = find(root, 'SDOBI', 'B500');
  if (bibliography === undefined) return list.list();
  for (const name of ['B511', 'B512']) {
    for (const field of findAll(bibliography, 'B510', name))
      list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  for (const field of findAll(bibliography, 'B510EP', 'classification-ipcr', 'text')) {
    list.add('IPC', parseIpcCode(rawText(field, text)));
  }
  for (const field of findAll(bibliography, 'B520EP', 'classifications-cpc', 'classification-cpc', 'text')) {
    list.add('CPC', parseIpcCode(rawText(field, text)));
  }
  return list.list();
}
