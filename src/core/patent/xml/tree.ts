/**
 * Looking things up in a parsed XML document. Names are matched without prefix, because offices choose prefixes freely;
 * paths go from child to child.
 */
import type { Span } from '../../text/span.ts';
import type { XmlElement, XmlNode } from './parse.ts';
import { resolveReference } from './entities.ts';

export const REFERENCE = /&(?:#x?[0-9a-fA-F]+|[^\s&;<]+);/g;

export function* childElements(element: XmlElement, name?: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.kind === 'element' && (name === undefined || child.local === name)) yield child;
  }
}

/** The first element under `element` along `path`. */
export function find(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return element;
  for (const child of childElements(element, name)) {
    const found = find(child, ...rest);
    if (found) return found;
  }
  return undefined;
}

/** Every element under `element` along `path`, in document order. */
export function* findAll(element: XmlElement, ...path: readonly string[]): Generator<XmlElement> {
  const [name, ...rest] = path;
  if (name === undefined) {
    yield element;
    return;
  }
  for (const child of childElements(element, name)) yield* findAll(child, ...rest);
}

/** The elements of these names anywhere below `element` that stand in no other such element, in document order. */
export function* outermost(element: XmlElement, names: ReadonlySet<string>): Generator<XmlElement> {
  for (const child of childElements(element)) {
    if (names.has(child.local)) yield child;
    else yield* outermost(child, names);
  }
}

/** The value of an attribute by its name without prefix. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}

/** Longest piece of character data in a field such as a number or a class; far above any real one. [ours] */
const LONGEST_FIELD = 10_000;

/** Decoded character data of a short field, exactly as it stands. */
export function rawText(node: XmlNode, source: string): string {
  if (node.kind === 'element') return node.children.map((child) => rawText(child, source)).join('');
  const text = source.slice(node.start, Math.min(node.end, node.start + LONGEST_FIELD));
  return node.kind === 'cdata'
    ? text
    : text.replace(REFERENCE, (reference) => resolveReference(reference) ?? reference);
}

/** Decoded text of a short field without surrounding blanks; undefined when there is none. */
export function fieldText(element: XmlElement | undefined, source: string): string | undefined {
  const text = element === undefined ? '' : rawText(element, source).replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

/** Where an element begins in the file: its start tag up to the name, enough to show the place. */
export function startTagSpan(element: XmlElement, offset: number): Span {
  const start = offset + element.start;
  return { start, end: start + element.name.length + 1 };
}
