/** What the tests of the patent readers share: unwrapping outcomes, and checking that every passage can be traced. */
import type { PatentLabError } from '../../errors.ts';
import type { ReadingOptions } from '../formats.ts';
import { PATENT_FORMATS, readText } from '../formats.ts';
import type { Passage, Patent } from '../model.ts';
import type { ReadOutcome } from '../reader.ts';
import { decoded } from '../tagged/dot-codes.ts';
import { NAMED_ENTITIES } from '../xml/entities.ts';
import { xmlSplitter } from '../xml/splitter.ts';

export function patents(outcomes: readonly ReadOutcome[]): Patent[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'patent' ? [outcome.patent] : []));
}

export function failures(outcomes: readonly ReadOutcome[]): PatentLabError[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'failure' ? [outcome.error] : []));
}

/** The one patent of a text; throws the reader's error when there is one. */
export function readOne(text: string, file: string, options?: ReadingOptions): Patent {
  const outcomes = readText(text, file, options);
  const [failure] = failures(outcomes);
  if (failure) throw failure;
  const [patent, ...others] = patents(outcomes);
  if (patent === undefined || others.length > 0)
    throw new Error(`expected one patent, not ${outcomes.length}`);
  return patent;
}

/** The one error of a text. */
export function readError(text: string, file: string, options?: ReadingOptions): PatentLabError {
  const [error, ...others] = failures(readText(text, file, options));
  if (error === undefined || others.length > 0) throw new Error('expected one error');
  return error;
}

export function passagesOf(patent: Patent): Passage[] {
  const { title, abstract, claims, description } = patent;
  return [...(title ? [title] : []), ...(abstract ? [abstract] : []), ...claims, ...description];
}

/**
 * Words of the patent whose way back into the source does not lead to the same word, as `word ≠ source`. Words that
 * the source spells with references or escapes, or divides by markup, are compared after resolving these.
 */
export function untraceableWords(patent: Patent, source: string, every = 1): string[] {
  const wrong: string[] = [];
  for (const passage of passagesOf(patent)) {
    let count = 0;
    for (const match of passage.text.matchAll(/[^\s|]+/g)) {
      if (count++ % every !== 0) continue;
      const [word] = match;
      const span = passage.map.toSource({ start: match.index, end: match.index + word.length });
      const raw = span === undefined ? '(nothing)' : source.slice(span.start, span.end);
      const traced =
        raw === word ||
        plain(raw, patent.format) === bare(word) ||
        inPieces(passage, match.index, word, source);
      if (!traced) wrong.push(`${word} ≠ ${raw}`);
      if (span && (span.start < passage.span.start || span.end > passage.span.end))
        wrong.push(`${word} outside`);
    }
  }
  return wrong;
}

/** Whether every character of a word stands in the source where the map says, if in pieces (`tele-` + `graph`). */
function inPieces({ map }: Passage, at: number, word: string, source: string): boolean {
  const pieces = map.runs.map((run) => {
    const from = Math.max(run.text, at);
    const to = Math.min(run.text + run.length, at + word.length);
    return from < to ? source.slice(run.source + from - run.text, run.source + to - run.text) : '';
  });
  return pieces.join('') === word;
}

const XML = new Set<Patent['format']>(
  PATENT_FORMATS.filter(({ splitter }) => splitter === xmlSplitter).map(({ format }) => format),
);

/** Source text as it reads: without markup, blanks and the marks that formulas get, references and escapes resolved. */
export function plain(source: string, format: Patent['format']): string {
  let text = source;
  if (XML.has(format)) {
    text = text
      .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
      .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^<>]*>/g, '')
      .replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (reference, name: string) => {
        if (!name.startsWith('#')) return NAMED_ENTITIES[name] ?? reference;
        return String.fromCodePoint(Number(name.startsWith('#x') ? `0${name.slice(1)}` : name.slice(1)));
      });
  } else if (format === 'jsonl') {
    text = text.replace(/\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/g, (escape) => String(JSON.parse(`"${escape}"`)));
  } else if (format === 'csv') {
    text = text.replaceAll('""', '"');
  } else if (format === 'greenbook') {
    text = decoded(text.replace(/##[A-Z]{3,4}\d+##/g, ''));
  } else if (format === 'markdown') {
    text = text.replace(/\*\*|`|\\/g, '');
  }
  return bare(text);
}

/** Without blanks and the marks that formulas get. */
export const bare = (text: string): string => text.replace(/[\s\u2061-\u2064√()/]/g, '');
