/**
 * Reads the text of office XML elements as a person would: inline markup disappears, nested parts begin a new line,
 * table cells and rows are kept apart, formulas become a line of text. What has no text is stated as a gap.
 */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { GapCollector } from '../gaps.ts';
import type { Passage } from '../model.ts';
import { toPassage } from '../passages.ts';
import type { DocumentText } from '../reader.ts';
import { appendText } from './characters.ts';
import { readFormula } from './formula.ts';
import type { XmlElement, XmlNode } from './parse.ts';
import { descendants, hasText, startTagSpan } from './tree.ts';

/** Elements whose content stands on lines of its own. */
const BLOCKS = new Set([
  ...[
    'p',
    'heading',
    'claim',
    'claim-text',
    'br',
    'li',
    'ul',
    'ol',
    'dl',
    'dt',
    'dd',
    'pre',
    'maths',
    'chemistry',
  ],
  ...[
    'tables',
    'table',
    'tgroup',
    'thead',
    'tbody',
    'row',
    'title',
    'abst-problem',
    'abst-solution',
    'program-listing',
  ],
]);
/** Elements that carry no text of the document. */
const SILENT = new Set(['img', 'doc-page', 'figure', 'colspec', 'sequence-list', 'table-external-doc']);
/** Elements whose text may stand only in an image, by what the gap calls them. */
const PICTURED: Readonly<Record<string, string>> = {
  maths: 'formula',
  chemistry: 'chemical structure',
  tables: 'table',
};

/** Where text comes from and where gaps go, for one document. */
export interface XmlSource {
  readonly document: DocumentText;
  readonly gaps: GapCollector;
}

/** The text of some nodes as one passage; undefined when there is none. */
export function readPassage(nodes: readonly XmlNode[], source: XmlSource): Passage | undefined {
  return toPassage(readMapped(nodes, source));
}

export function readMapped(nodes: readonly XmlNode[], source: XmlSource): MappedText {
  const out = new CleanTextBuilder('layout');
  for (const node of nodes) appendNode(node, source, out);
  return out.build();
}

/** Passages of a description: paragraphs and headings, found through whatever sections they are wrapped in. */
export function readPassages(element: XmlElement, source: XmlSource): Passage[] {
  const passages: Passage[] = [];
  let loose: XmlNode[] = [];
  const close = (): void => {
    const passage = readPassage(loose, source);
    if (passage) passages.push(passage);
    loose = [];
  };
  for (const child of element.children) {
    if (child.kind !== 'element') {
      loose.push(child);
      continue;
    }
    close();
    if (holdsParagraphs(child)) passages.push(...readPassages(child, source));
    else loose.push(child);
    close();
  }
  close();
  return passages;
}

function holdsParagraphs(element: XmlElement): boolean {
  if (element.name === 'p' || element.name === 'heading') return false;
  return element.children.some(
    (child) =>
      child.kind === 'element' && (child.name === 'p' || child.name === 'heading' || holdsParagraphs(child)),
  );
}

function appendNode(node: XmlNode, source: XmlSource, out: CleanTextBuilder): void {
  if (node.kind !== 'element') {
    appendText(node, source.document, out);
    return;
  }
  if (SILENT.has(node.name)) return;
  noteMissing(node, source);
  if (node.name === 'math') {
    readFormula(node, source.document, out);
    return;
  }
  const block = BLOCKS.has(node.name);
  if (block) out.break();
  if (node.name === 'entry') out.cell();
  for (const child of node.children) appendNode(child, source, out);
  if (block) out.break();
}

function noteMissing(element: XmlElement, source: XmlSource): void {
  const what = PICTURED[element.name];
  if (what === undefined || hasText(element, source.document.text)) return;
  const [image] = descendants(element, 'img');
  if (image !== undefined) source.gaps.image(what, startTagSpan(element, source.document.start.offset));
}
