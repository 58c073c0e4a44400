/**
 * Looking things up in a parsed XML document. Names are matched without prefix, because offices choose prefixes freely;
 * paths go from child to child.
 */
import type { Span } from '../../text/span.ts';
import type { XmlElement, XmlNode } from './parse.ts';
import { resolveReference } from './entities.ts';

export const REFERENCE = /&(?:#x?[0-9a-fA-F]+|[^\s&;<]+);/g;

export function childElements(element: XmlElement, name?: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of element.children) {
    if (child.kind === 'element' && (name === undefined || child.local === name)) found.push(child);
  }
  return found;
}

/** The first element under `element` along `path`. */
export function find(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  return findFrom(element, path, 0);
}

function findFrom(element: XmlElement, path: readonly string[], step: number): XmlElement | undefined {
  if (step === path.length) return element;
  for (const child of element.children) {
    if (child.kind !== 'element' || child.local !== path[step]) continue;
    const found = findFrom(child, path, step + 1);
    if (found) return found;
  }
  return undefined;
}

/** Every element under `element` along `path`, in document order. */
export function findAll(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [element];
  for (const name of path) found = found.flatMap((parent) => childElements(parent, name));
  return found;
}

/** The elements of these names anywhere below `element` that stand in no other such element, in document order. */
export function outermost(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  const found: XmlElement[] = [];
  collectOutermost(element, names, found);
  return found;
}

// Whole descriptions are searched: generators that call each other would be the slowest part of reading.
function collectOutermost({ children }: XmlElement, names: ReadonlySet<string>, found: XmlElement[]): void {
  for (const child of children) {
    if (child.kind !== 'element') continue;
    if (names.has(child.local)) found.push(child);
    else collectOutermost(child, names, found);
  }
}

/** The value of an attribute by its name without prefix. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  for (const key in attributes) {
    if (key.length > name.length && key.endsWith(name) && key.at(-name.length - 1) === ':') {
      return attributes[key];
    }
  }
  return undefined;
}

/** Longest piece of character data in a field such as a number or a class; far above any real one. [ours] */
const LONGEST_FIELD = 10_000;

/** Decoded character data of a short field, exactly as it stands. */
export function rawText(node: XmlNode, source: string): string {
  if (node.kind === 'element') {
    const [only] = node.children;
    if (only !== undefined && node.children.length === 1) return rawText(only, source);
    let joined = '';
    for (const child of node.children) joined += rawText(child, source);
    return joined;
  }
  const text = source.slice(node.start, Math.min(node.end, node.start + LONGEST_FIELD));
  return node.kind === 'cdata' || !text.includes('&')
    ? text
    : text.replace(REFERENCE, (reference) => resolveReference(reference) ?? reference);
}

/** Blanks that are more than single plain ones. */
const UNEVEN = /\s\s|[^\S ]/;

/** Decoded text of a short field without surrounding blanks; undefined when there is none. */
export function fieldText(element: XmlElement | undefined, source: string): string | undefined {
  if (element === undefined) return undefined;
  const text = rawText(element, source).trim();
  if (text === '') return undefined;
  return UNEVEN.test(text) ? text.replace(/\s+/g, ' ') : text;
}

/** Where an element begins in the file: its start tag up to the name, enough to show the place. */
export function startTagSpan(element: XmlElement, offset: number): Span {
  const start = offset + element.start;
  return { start, end: start + element.name.length + 1 };
}
