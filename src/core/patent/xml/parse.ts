/**
 * Parses one XML document into a light tree. saxes checks well-formedness and finds the tags; the tree keeps offsets
 * into the document instead of decoded text, so that every passage can be traced to the characters it came from.
 */
import { SaxesParser } from 'saxes';
import { positionAt } from '../../text/position.ts';
import type { Span } from '../../text/span.ts';
import { xmlLimits, xmlMalformed, xmlTruncated } from '../errors.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';
import type { GapCollector } from '../gaps.ts';
import { MOST_BARE, maskBareAmpersands, unmask } from './ampersands.ts';
import { doctypeProblem } from './doctype.ts';
import { NAMED_ENTITIES } from './entities.ts';

export interface XmlElement {
  readonly kind: 'element';
  /** As it stands in the document, with its prefix. */
  readonly name: string;
  /** Without prefix; what elements are found by. */
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Offset of the start tag in the document's text. */
  readonly start: number;
  /** Offset behind the end tag. */
  readonly end: number;
}

/** Character data `document.text[start, end)`, references not yet resolved. */
export interface XmlText {
  readonly kind: 'text' | 'cdata';
  readonly start: number;
  readonly end: number;
}

export type XmlNode = XmlElement | XmlText;

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
  end: number;
}

/** Throws `xml-malformed`, `xml-truncated`, `xml-entities-refused` or `xml-limits`. */
export function parseXml(document: DocumentText, context: ReadingContext, gaps: GapCollector): XmlElement {
  const { text, bare } = maskBareAmpersands(document.text);
  const [first] = bare;
  if (first !== undefined && bare.length === MOST_BARE) {
    const place = positionAt(document.text, first, document.start);
    throw xmlMalformed(
      context.file,
      place,
      `from here on, ${MOST_BARE} ampersands are not written as &amp;.`,
    );
  }
  if (first !== undefined) {
    const things = bare.length === 1 ? '1 ampersand is' : `${bare.length} ampersands are`;
    const at = document.start.offset + first;
    gaps.state(`${things} not written as &amp; and taken as it stands.`, { start: at, end: at + 1 });
  }
  const builder = new TreeBuilder(document, context);
  const root = builder.parse(text);
  builder.stateUnknownNames(gaps);
  return root;
}

const CDATA_OPEN = '<![CDATA['.length;
const CDATA_CLOSE = ']]>'.length;

/** Offset behind the comment or processing instruction at `at`; undefined when there is none. */
function endOfMisc(text: string, at: number): number | undefined {
  const next = text[at + 1];
  if (next !== '!' && next !== '?') return undefined;
  const [open, close] = text.startsWith('<!--', at) ? ['<!--', '-->'] : ['<?', '?>'];
  if (!text.startsWith(open, at)) return undefined;
  const end = text.indexOf(close, at + open.length);
  return end < 0 ? undefined : end + close.length;
}

class TreeBuilder {
  readonly #document: DocumentText;
  readonly #context: ReadingContext;
  readonly #parser = new SaxesParser({ position: false, xmlns: false } as const);
  readonly #open: OpenElement[] = [];
  /** The last of them. */
  #current: OpenElement | undefined;
  #root: XmlElement | undefined;
  #elements = 0;
  /** Offset behind the last markup. */
  #last = 0;
  #ending = false;
  /** The first reference to a character that nobody knows, and how many there are. */
  #unknownName: Span | undefined;
  #unknownNames = 0;

  constructor(document: DocumentText, context: ReadingContext) {
    this.#document = document;
    this.#context = context;
  }

  /** `masked` is the document's text without bare ampersands, of the same length. */
  parse(masked: string): XmlElement {
    const parser = this.#parser;
    const hasBare = masked !== this.#document.text;
    parser.ENTITIES = NAMED_ENTITIES;
    // Comments and processing instructions are passed over in #text. With three more handlers V8 keeps the parser as a
    // dictionary and parsing becomes five times slower.
    parser.on('error', (error) => {
      if (!this.#isUnknownName(error.message)) this.#fail(error.message);
    });
    parser.on('doctype', () => this.#doctype());
    parser.on('opentag', (tag) => this.#start(tag.name, hasBare ? unmask(tag.attributes) : tag.attributes));
    parser.on('closetag', (tag) => this.#end(tag.isSelfClosing));
    parser.on('cdata', () => this.#cdata());
    parser.write(masked);
    this.#ending = true;
    parser.close();
    if (this.#root === undefined) throw this.#truncated();
    return this.#root;
  }

  #start(name: string, attributes: Record<string, string>): void {
    const start = this.#text();
    const { limits, file } = this.#context;
    if (++this.#elements > limits.elements) {
      throw xmlLimits(file, this.#at(start), `The document has more than ${limits.elements} elements.`);
    }
    if (this.#open.length >= limits.depth) {
      throw xmlLimits(file, this.#at(start), `Elements are nested more than ${limits.depth} deep.`);
    }
    const local = name.slice(name.indexOf(':') + 1);
    const element: OpenElement = {
      kind: 'element',
      name,
      local,
      attributes,
      children: [],
      start,
      end: start,
    };
    this.#current?.children.push(element);
    this.#open.push(element);
    this.#current = element;
    this.#last = this.#parser.position;
  }

  #end(selfClosing: boolean): void {
    const start = selfClosing ? this.#last : this.#text();
    const element = this.#current;
    if (element !== undefined && !selfClosing) this.#checkName(element, start);
    this.#open.pop();
    this.#current = this.#open[this.#open.length - 1];
    if (this.#current === undefined) this.#root ??= element;
    this.#last = this.#parser.position;
    if (element !== undefined) element.end = this.#last;
  }

  #checkName(element: XmlElement, start: number): void {
    const { text } = this.#document;
    const end = this.#parser.position - 1;
    if (start + 2 + element.name.length === end && text.startsWith(element.name, start + 2)) return;
    const closing = text.slice(start + 2, end).trimEnd();
    if (closing === element.name) return;
    const opened = this.#at(element.start);
    const detail = `</${closing}> stands where <${element.name}>, opened on line ${opened.line}, must be closed.`;
    throw xmlMalformed(this.#context.file, this.#at(start), detail);
  }

  #doctype(): void {
    const start = this.#text();
    const problem = doctypeProblem(this.#document, start, this.#parser.position, this.#context);
    if (problem) throw problem;
    this.#last = this.#parser.position;
  }

  #cdata(): void {
    const start = this.#text() + CDATA_OPEN;
    const end = this.#parser.position - CDATA_CLOSE;
    if (end > start) this.#current?.children.push({ kind: 'cdata', start, end });
    this.#last = this.#parser.position;
  }

  /** Keeps the character data since the last markup; returns the offset of the markup that saxes has just reported. */
  #text(): number {
    const { text } = this.#document;
    for (;;) {
      // Character data cannot hold '<', so the next one begins markup.
      const end = text.indexOf('<', this.#last);
      if (end > this.#last) this.#current?.children.push({ kind: 'text', start: this.#last, end });
      const skipped = endOfMisc(text, end);
      if (skipped === undefined) return end;
      this.#last = skipped;
    }
  }

  /**
   * A character by a name that nothing declares (`&SACUT;`) is a slip of the office: refusing a patent for it would help
   * nobody, so it stays as it stands, as the passages keep it. What declares names of its own is refused by `doctype.ts`.
   */
  #isUnknownName(message: string): boolean {
    if (!message.startsWith('undefined entity') || this.#unknownNames === MOST_BARE) return false;
    if (this.#unknownNames++ > 0) return true;
    const end = this.#parser.position;
    this.#unknownName = { start: this.#document.text.lastIndexOf('&', end - 1), end };
    return true;
  }

  stateUnknownNames(gaps: GapCollector): void {
    if (this.#unknownName === undefined) return;
    const { start, end } = this.#unknownName;
    const { text, start: place } = this.#document;
    const others = this.#unknownNames === 1 ? '' : `, the first of ${this.#unknownNames},`;
    gaps.state(
      `The character ${text.slice(start, end)}${others} has no known name and was left as it stands.`,
      {
        start: place.offset + start,
        end: place.offset + end,
      },
    );
  }

  #fail(message: string): never {
    if (this.#ending) throw this.#truncated();
    const at = this.#faultOffset(message);
    throw xmlMalformed(this.#context.file, this.#at(at), this.#explain(message, at));
  }

  /** saxes fails behind what is wrong; for some faults a person wants to see where they begin. */
  #faultOffset(message: string): number {
    const { text } = this.#document;
    const behind = Math.max(0, this.#parser.position - 1);
    if (message.startsWith('documents may contain only one root')) return text.lastIndexOf('<', behind);
    if (!message.startsWith('text data outside')) return behind;
    const from = text.slice(this.#last).search(/\S/);
    return from < 0 ? behind : this.#last + from;
  }

  #explain(message: string, at: number): string {
    const { text } = this.#document;
    if (message.startsWith('undefined entity')) {
      const reference = text.slice(text.lastIndexOf('&', at), at + 1);
      return `the entity ${reference} is neither declared nor a known character name.`;
    }
    const plain = message.endsWith('.') ? message : `${message}.`;
    const open = this.#current;
    return open ? `${plain} It stands in <${open.name}>, line ${this.#at(open.start).line}.` : plain;
  }

  #truncated(): Error {
    const open = this.#current;
    const detail = open
      ? `it ends inside <${open.name}>, which is open since line ${this.#at(open.start).line}.`
      : this.#root
        ? 'it ends inside a comment or processing instruction behind the last element.'
        : 'it ends before its first element is complete.';
    return xmlTruncated(this.#context.file, this.#at(this.#document.text.length), detail);
  }

  #at(index: number): ReturnType<typeof positionAt> {
    return positionAt(this.#document.text, index, this.#document.start);
  }
}
