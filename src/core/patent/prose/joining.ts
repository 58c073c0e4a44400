/**
 * Puts the lines of a passage together. A word that the end of a line divides becomes whole again where the document
 * has it whole elsewhere, or where its first part is no word; otherwise the hyphen is the word's own and stays.
 */
import type { CleanTextBuilder } from '../../text/clean-text.ts';
import type { DocumentText } from '../reader.ts';
import { isCommonWord } from './common-words.ts';
import type { ProseLine } from './lines.ts';
import type { Vocabulary } from './vocabulary.ts';
import { firstWord, lastWord } from './vocabulary.ts';

/** What comes between a line and the next: a blank, nothing behind the hyphen, nothing instead of the hyphen. */
type Joint = 'blank' | 'hyphen' | 'whole';

const HYPHEN = /\p{L}([-\u00ad\u2010]|[~»¬])\s*$/u;
/** `two- and three-legged` */
const CONJUNCTION = /^(?:and|or|und|oder|et|ou)$/;
/** The same, but also the end of a word: `magne-` `to`. */
const RANGE = /^(?:to|bis)$/;

export interface Joining {
  readonly vocabulary: Vocabulary;
  /** Recognised text has lost hyphens at the ends of lines. */
  readonly recognised: boolean;
  append(document: DocumentText, start: number, end: number, out: CleanTextBuilder): void;
}

/** Appends `lines`; before those that `begins` names, the passage has a line break. */
export function appendLines(
  lines: readonly ProseLine[],
  begins: (line: ProseLine, before: ProseLine | undefined) => boolean,
  document: DocumentText,
  joining: Joining,
  out: CleanTextBuilder,
): void {
  let joint: Joint = 'blank';
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (begins(line, lines[index - 1])) out.break();
    else if (joint === 'blank') out.blank();
    joint = next === undefined || begins(next, line) ? 'blank' : jointOf(line.text, next.text, joining);
    const written = document.text.slice(line.start, line.end);
    const trimmed = written.trim();
    const start = line.start + (written.length - written.trimStart().length);
    const hyphen = joint === 'whole' && HYPHEN.test(trimmed.slice(-60)) ? 1 : 0;
    joining.append(document, start, start + trimmed.length - hyphen, out);
  }
}

function jointOf(before: string, after: string, { vocabulary, recognised }: Joining): Joint {
  const hyphen = HYPHEN.exec(before.slice(-60))?.[1];
  const left = lastWord(before);
  const right = firstWord(after);
  if (hyphen === undefined || (!recognised && /[~»¬]/.test(hyphen))) {
    return recognised && vocabulary.continues(left, right) ? 'whole' : 'blank';
  }
  if (left === undefined) return 'blank';
  if (right === undefined) return /^\s*[\p{L}\p{N}]/u.test(after) ? 'hyphen' : 'blank';
  const known = vocabulary.has(left) || isCommonWord(left);
  if (CONJUNCTION.test(right) || (known && RANGE.test(right))) return 'blank';
  if (hyphen === '\u00ad' || vocabulary.has(left + right)) return 'whole';
  if (vocabulary.has(`${left}-${right}`)) return 'hyphen';
  return known ? 'hyphen' : 'whole';
}
