/**
 * Cuts a stream of XML documents written one after the other, as the offices' weekly files are. A document ends with
 * the end tag of its root element; an XML declaration always begins a new one, so that a document that is cut off in
 * the middle costs only itself. Only markup that can hide these two (comments, CDATA) is looked at besides.
 */
import type { PatentLabError } from '../../errors.ts';
import { xmlLimits } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';
import { readProlog } from './prolog.ts';

const DECLARATION = /<\?xml\s/g;
const LEADING = /^[\s\uFEFF]*/;
/** The root element must begin within this many UTF-16 units; otherwise only declarations separate documents. */
const LONGEST_PROLOG = 1024 * 1024;
/** Longer than any fixed piece of markup searched for. */
const LONGEST_TOKEN = 16;

export const xmlSplitter = (context: ReadingContext): Splitter => new XmlSplitter(context);

class XmlSplitter implements Splitter {
  readonly #context: ReadingContext;
  readonly #buffer = new StretchBuffer();
  /** Everything before this offset of the buffer was searched. */
  #searched = 0;
  /** What is searched for: the root's end tag and what may hide it, or the end of such a thing. */
  #body: { readonly root: string; readonly search: RegExp; readonly hidden: RegExp | undefined } | undefined;
  /** Where the next declaration line is, and up to where the buffer was searched; equal when none was found. */
  #declaration = { at: 0, searched: 0 };
  /** The root element of this document cannot be found, so only a declaration ends it. */
  #rootless = false;
  /** The document was refused for its length and is passed over. */
  #skipping = false;
  #documents = 0;

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  push(chunk: string): readonly Stretch[] {
    return this.#buffer.append(chunk) ? this.#cut(false) : [];
  }

  end(): readonly Stretch[] {
    return this.#cut(true);
  }

  #cut(atEnd: boolean): Stretch[] {
    this.#buffer.settle();
    const cuts: Stretch[] = [];
    for (;;) {
      if (this.#atDocumentStart()) this.#drop(LEADING.exec(this.#buffer.text)?.[0].length ?? 0);
      if (this.#buffer.length === 0) return cuts;
      const end = this.#documentEnd(atEnd);
      if (end === undefined) {
        if (atEnd) this.#finish(cuts);
        else this.#enforceLimit(cuts);
        return cuts;
      }
      this.#emit(cuts, end);
    }
  }

  #atDocumentStart(): boolean {
    return this.#body === undefined && !this.#rootless && !this.#skipping;
  }

  #emit(cuts: Stretch[], end: number): void {
    const accepted = !this.#skipping && end <= this.#context.limits.documentLength;
    if (!accepted && !this.#skipping) cuts.push(this.#tooLong());
    if (accepted) cuts.push({ text: this.#buffer.text.slice(0, end), start: this.#buffer.start });
    this.#drop(end);
    this.#documents++;
    this.#searched = 0;
    this.#body = undefined;
    this.#rootless = false;
    this.#skipping = false;
  }

  #drop(length: number): void {
    this.#buffer.drop(length);
    const { at, searched } = this.#declaration;
    this.#declaration = { at: at - length, searched: searched - length };
  }

  /** What is left when the stream ends: a document that is cut off, or comments behind the last one. */
  #finish(cuts: Stretch[]): void {
    const onlyComments = this.#atDocumentStart() && readProlog(this.#buffer.text).kind === 'open';
    if (onlyComments && this.#documents > 0) this.#drop(this.#buffer.length);
    else this.#emit(cuts, this.#buffer.length);
  }

  #tooLong(): PatentLabError {
    const { file, limits } = this.#context;
    const detail = `The document is longer than ${limits.documentLength} characters.`;
    return xmlLimits(file, this.#buffer.start, detail);
  }

  /** Refuses a document that is too long already, and forgets its text while waiting for its end. */
  #enforceLimit(cuts: Stretch[]): void {
    if (!this.#skipping && this.#buffer.length <= this.#context.limits.documentLength) return;
    if (!this.#skipping) cuts.push(this.#tooLong());
    this.#skipping = true;
    // What was searched cannot hold the end, except for a token that is still arriving.
    const spent = Math.max(0, Math.min(this.#searched, this.#buffer.length) - LONGEST_TOKEN);
    this.#drop(spent);
    this.#searched -= spent;
  }

  /** Length of the document at the start of the buffer; undefined while its end has not come. */
  #documentEnd(atEnd: boolean): number | undefined {
    if (this.#body === undefined && !this.#rootless) {
      const end = this.#findRoot(atEnd);
      if (end !== undefined) return end;
    }
    if (this.#body !== undefined) return this.#findEndTag(atEnd);
    if (this.#rootless) return this.#findDeclaration(atEnd);
    return undefined;
  }

  /** Finds the root element; returns the document's length if a declaration comes before it. */
  #findRoot(atEnd: boolean): number | undefined {
    const { text } = this.#buffer;
    const limit = this.#nextDeclarationLine();
    const prolog = readProlog(text.slice(0, limit));
    if (prolog.kind === 'root' && prolog.at <= LONGEST_PROLOG) {
      this.#searched = prolog.at;
      this.#body = {
        root: prolog.name,
        search: new RegExp(`<!--|<!\\[CDATA\\[|<\\?xml\\s|</${escapeRegExp(prolog.name)}(?=[\\s>])`, 'g'),
        hidden: undefined,
      };
      return undefined;
    }
    if (limit < text.length) return limit;
    const hopeless = prolog.kind === 'root' || prolog.kind === 'junk' || text.length > LONGEST_PROLOG;
    if (hopeless || (atEnd && prolog.kind === 'inside')) {
      this.#rootless = true;
      this.#searched = 1;
    }
    return undefined;
  }

  /**
   * Offset of the next declaration at the start of a line, behind the document's own; the length of the buffer when
   * there is none yet. Remembered, so that many short documents do not each search the whole buffer.
   */
  #nextDeclarationLine(): number {
    const { text } = this.#buffer;
    const { at, searched } = this.#declaration;
    const known = at < searched;
    if (known && at >= 1) return at;
    const from = known ? 1 : Math.max(1, searched - LONGEST_TOKEN);
    const found = nextDeclaration(text, from, true);
    this.#declaration = { at: found ?? text.length, searched: text.length };
    return this.#declaration.at;
  }

  #findDeclaration(atEnd: boolean): number | undefined {
    const { text } = this.#buffer;
    const found = nextDeclaration(text, Math.max(1, this.#searched), false);
    if (found === undefined && !atEnd) this.#searched = Math.max(1, text.length - LONGEST_TOKEN);
    return found;
  }

  #findEndTag(atEnd: boolean): number | undefined {
    const { text } = this.#buffer;
    for (;;) {
      const body = this.#body;
      if (body === undefined) return undefined;
      const search = body.hidden ?? body.search;
      search.lastIndex = this.#searched;
      const match = search.exec(text);
      if (match === null) {
        const unfinished = LONGEST_TOKEN + body.root.length;
        if (!atEnd) this.#searched = Math.max(this.#searched, text.length - unfinished);
        return undefined;
      }
      const [token] = match;
      const behind = match.index + token.length;
      if (token.startsWith('<?xml')) {
        if (beginsDocument(text, match.index, body.hidden !== undefined)) return match.index;
        this.#searched = behind;
      } else if (token.startsWith('</')) {
        const close = text.indexOf('>', behind);
        if (close >= 0) return close + 1;
        this.#searched = match.index;
        return undefined;
      } else {
        this.#body = { ...body, hidden: hidingUntil(token) };
        this.#searched = behind;
      }
    }
  }
}

/** What to search for inside a comment or CDATA section; undefined once it has ended. */
function hidingUntil(token: string): RegExp | undefined {
  if (token === '<!--') return /-->|<\?xml\s/g;
  return token === '<![CDATA[' ? /\]\]>|<\?xml\s/g : undefined;
}

function nextDeclaration(text: string, from: number, hidden: boolean): number | undefined {
  DECLARATION.lastIndex = from;
  for (let match = DECLARATION.exec(text); match; match = DECLARATION.exec(text)) {
    if (beginsDocument(text, match.index, hidden)) return match.index;
  }
  return undefined;
}

/**
 * Whether the XML declaration at `at` begins a document. XML allows it nowhere else; only in a comment or a CDATA
 * section it may be quoted, and there the start of a line counts.
 */
function beginsDocument(text: string, at: number, hidden: boolean): boolean {
  if (!hidden) return true;
  let before = at - 1;
  while (text[before] === ' ' || text[before] === '\t') before--;
  const character = text[before];
  return character === undefined || character === '\n' || character === '\r';
}

function escapeRegExp(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
