/**
 * Finds the root element of an XML document without parsing it: the name decides the format, and the splitter needs it
 * to find the document's end. Comments, processing instructions and the DOCTYPE with its internal subset are skipped.
 */

export type Prolog =
  /** The start tag of the root begins at `at`. */
  | { readonly kind: 'root'; readonly name: string; readonly at: number }
  /** Only white space, comments and processing instructions so far. */
  | { readonly kind: 'open' }
  /** The text ends inside a comment, processing instruction, DOCTYPE or tag name. */
  | { readonly kind: 'inside'; readonly doctype?: string }
  /** Something that cannot stand before the root element. */
  | { readonly kind: 'junk'; readonly at: number };

/**
 * Longest comment, processing instruction or quoted string passed over, in UTF-16 units. Without a bound, a file of
 * beginnings without ends would be searched to its end for each of them.
 */
const LONGEST_ITEM = 8 * 1024;
const MARKUP = ['<!DOCTYPE', '<!--'];
const SPACE = /[\s\uFEFF]*/y;
const NAME = /[\p{L}_:][\p{L}\p{N}_:.\-\u00B7]*/uy;
const DOCTYPE_NAME = /<!DOCTYPE\s+([^\s[>]+)/y;

export function readProlog(text: string): Prolog {
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return { kind: 'open' };
    if (text[at] !== '<') return { kind: 'junk', at };
    if (MARKUP.some((open) => open.length > text.length - at && open.startsWith(text.slice(at)))) {
      return { kind: 'inside' };
    }
    const item = text.startsWith('<!DOCTYPE', at) ? afterDoctype(text, at) : afterMisc(text, at);
    if (item === undefined) return rootAt(text, at);
    if (item < 0) return { kind: 'inside', ...doctypeName(text, at) };
    at = item;
  }
}

/** Offset behind a comment or processing instruction; -1 where it has no end; undefined where there is none. */
function afterMisc(text: string, at: number): number | undefined {
  const [open, close] = text.startsWith('<?', at) ? ['<?', '?>'] : ['<!--', '-->'];
  if (!text.startsWith(open, at)) return undefined;
  const end = indexNear(text, close, at + open.length);
  return end < 0 ? -1 : end + close.length;
}

/** Offset behind a DOCTYPE declaration, -1 where it has no end. */
function afterDoctype(text: string, start: number): number {
  let inSubset = false;
  let at = start + '<!DOCTYPE'.length;
  while (at < text.length) {
    const character = text[at];
    if (character === '"' || character === "'") {
      at = indexNear(text, character, at + 1);
    } else if (inSubset && character === '<') {
      // A declaration cannot stand in a DOCTYPE: this one was cut off, and another document begins.
      if (text.startsWith('<?xml ', at)) return -1;
      const item = afterMisc(text, at);
      if (item !== undefined) {
        if (item < 0) return -1;
        at = item;
        continue;
      }
    } else if (character === '[') {
      inSubset = true;
    } else if (character === ']') {
      inSubset = false;
    } else if (character === '>' && !inSubset) {
      return at + 1;
    }
    if (at < 0) return -1;
    at++;
  }
  return -1;
}

function indexNear(text: string, wanted: string, from: number): number {
  const near = text.slice(from, from + LONGEST_ITEM).indexOf(wanted);
  return near < 0 ? -1 : from + near;
}

function doctypeName(text: string, at: number): { doctype?: string } {
  DOCTYPE_NAME.lastIndex = at;
  const doctype = DOCTYPE_NAME.exec(text)?.[1];
  return doctype === undefined ? {} : { doctype };
}

function rootAt(text: string, at: number): Prolog {
  NAME.lastIndex = at + 1;
  const name = NAME.exec(text)?.[0];
  if (at + 1 + (name?.length ?? 0) >= text.length) return { kind: 'inside' };
  return name === undefined ? { kind: 'junk', at } : { kind: 'root', name, at };
}

/** Name of the root element as far as the text tells: from its start tag or, before that, from the DOCTYPE. */
export function rootName(text: string): string | undefined {
  const prolog = readProlog(text);
  if (prolog.kind === 'root') return prolog.name;
  return prolog.kind === 'inside' ? prolog.doctype : undefined;
}
