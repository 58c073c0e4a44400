/**
 * Reads the text of office XML elements as a person would: inline markup disappears, nested parts begin a new line,
 * table cells and rows are kept apart, formulas become a line of text. What has no text is stated as a gap.
 */
import { CleanTextBuilder } from '../../text/clean-text.ts';
import type { MappedText } from '../../text/offset-map.ts';
import type { GapCollector } from '../gaps.ts';
import type { Paragraph, Passage } from '../model.ts';
import { toPassage } from '../passages.ts';
import type { DocumentText } from '../reader.ts';
import { appendText } from './characters.ts';
import { readFormula } from './formula.ts';
import type { XmlElement, XmlNode, XmlText } from './parse.ts';
import { attribute, childElements, fieldText, find, startTagSpan } from './tree.ts';
import type { Role } from './vocabulary.ts';
import { isClaimReference, isMathMl, roleOf } from './vocabulary.ts';

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

/** Paragraphs and headings of a description, found through whatever sections they are wrapped in. */
export function readPassages(element: XmlElement, source: XmlSource): Paragraph[] {
  const passages: Paragraph[] = [];
  let loose: XmlNode[] = [];
  const close = (): void => {
    const [first] = loose;
    if (first === undefined) return;
    const passage = readPassage(loose, source);
    if (passage) passages.push(first.kind === 'element' ? asParagraph(passage, first, source) : passage);
    loose = [];
  };
  for (const child of element.children) {
    if (child.kind !== 'element') {
      if (loose.length > 0 || !isBlank(child, source.document.text)) loose.push(child);
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

/** Headings that CNIPA prescribes and its files write as paragraphs, some of them with a number. */
const CHINESE_HEADING =
  /^(?:(?:所属)?技术领域|背景技术|(?:发明|实用新型)内容|附图(?:的简要)?说明|(?:具体实施|实施)方式|相关申请的交叉引用)[：:]?$/;

function asParagraph(passage: Passage, element: XmlElement, source: XmlSource): Paragraph {
  const { paragraph, heading } = roleOf(element);
  if (!paragraph) return passage;
  const isHeading = heading ?? (passage.text.length < 20 && CHINESE_HEADING.test(passage.text));
  const number = paragraphNumber(element, source.document.text);
  if (!isHeading && number === undefined) return passage;
  const { text, span, map } = passage;
  return {
    text,
    span,
    map,
    ...(number === undefined ? {} : { number }),
    ...(isHeading ? { heading: true } : {}),
  };
}

/**
 * From `num="0042"`, CNIPA's `num="n0042"`, ST.96's `pNumber`, a number element (`[0042]`, `42.`), or, where nothing else numbers
 * the paragraphs, `ID="P-00042"`. Text that an office adds has the number 0, which is none.
 */
function paragraphNumber(element: XmlElement, text: string): string | undefined {
  const written =
    attribute(element, 'num') ??
    attribute(element, 'pNumber') ??
    fieldText(find(element, 'number'), text) ??
    /^P-(\d+)$/.exec(attribute(element, 'ID') ?? attribute(element, 'id') ?? '')?.[1];
  const number = /^[\s[n]*(\d{1,6})[\s\].]*$/.exec(written ?? '')?.[1];
  return number !== undefined && Number(number) > 0 ? number : undefined;
}

function holdsParagraphs(element: XmlElement): boolean {
  if (roleOf(element).paragraph) return false;
  return element.children.some(
    (child) => child.kind === 'element' && (roleOf(child).paragraph === true || holdsParagraphs(child)),
  );
}

/** `inline`: inside a reference, whose parts begin no lines whatever they are called. */
function appendNode(node: XmlNode, source: XmlSource, out: CleanTextBuilder, inline = false): void {
  if (node.kind !== 'element') {
    appendText(node, source.document, out);
    return;
  }
  const role = roleOf(node);
  if (role.silent || isOnlyImage(node, role, source)) return;
  if (isMathMl(node)) {
    readFormula(node, source.document, out);
    return;
  }
  const block = role.block && !inline;
  if (block) out.break();
  if (role.tableCell) out.cell();
  const within = inline || isClaimReference(node);
  for (const child of node.children) appendNode(child, source, out, within);
  if (block) out.break();
}

/** States a formula, structure or table of which there is only an image. */
function isOnlyImage(element: XmlElement, { pictured }: Role, source: XmlSource): boolean {
  if (pictured === undefined || !hasImage(element) || hasText(element, source.document.text)) return false;
  source.gaps.image(pictured, startTagSpan(element, source.document.start.offset));
  return true;
}

/** Whether there is anything to read below `element`. */
function hasText(element: XmlElement, text: string): boolean {
  return element.children.some((child) =>
    child.kind === 'element' ? !roleOf(child).silent && hasText(child, text) : !isBlank(child, text),
  );
}

const isBlank = (node: XmlText, text: string): boolean => text.slice(node.start, node.end).trimStart() === '';

function hasImage(element: XmlElement): boolean {
  for (const child of childElements(element)) {
    if (roleOf(child).image || hasImage(child)) return true;
  }
  return false;
}
