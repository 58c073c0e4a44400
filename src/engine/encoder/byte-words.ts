/**
 * Words as the byte-level pre-tokenizer of GPT-2 cuts them (Radford et al. 2019), which RoBERTa and ModernBERT use: with
 * the blank before them, letters, digits and other signs apart. A test holds this against the library on whole texts.
 */
import { matches, type Word } from './words.ts';

const WORD = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
/** Borders of words are among the borders of these, and no normalisation reaches over them. */
const STRETCH = / ?\S+|\s+(?!\S)|\s+/gu;

export interface ByteWordsOptions {
  /** Whether text is composed (NFC) before it is cut. */
  readonly composed: boolean;
  /** Tokens that stand in the vocabulary as whole stretches of text, such as runs of blanks. */
  readonly whole: readonly string[];
}

/** How texts are cut, for one tokenizer. */
export function byteWords({ composed, whole }: ByteWordsOptions): (text: string) => Generator<Word> {
  const longestFirst = [...whole].sort((a, b) => b.length - a.length).map(escaped);
  const known = longestFirst.length > 0 ? new RegExp(longestFirst.join('|'), 'gu') : undefined;
  return function* words(text) {
    for (const { word: piece, start, isWhole } of known ? pieces(text, known) : [wholeText(text)]) {
      if (isWhole) yield { word: piece, start };
      else yield* wordsOfPiece(piece, start, composed);
    }
  };
}

interface Piece extends Word {
  readonly isWhole: boolean;
}

const wholeText = (text: string): Piece => ({ word: text, start: 0, isWhole: false });

function* pieces(text: string, known: RegExp): Generator<Piece> {
  let end = 0;
  for (const { word, start } of matches(text, known)) {
    if (start > end) yield { word: text.slice(end, start), start: end, isWhole: false };
    yield { word, start, isWhole: true };
    end = start + word.length;
  }
  if (end < text.length) yield { word: text.slice(end), start: end, isWhole: false };
}

function* wordsOfPiece(piece: string, start: number, composed: boolean): Generator<Word> {
  for (const stretch of matches(piece, STRETCH, start)) {
    // What composing would change is left whole: the library composes it and cuts it then.
    const isBlank = stretch.word.trim() === '';
    if (isBlank || (composed && stretch.word.normalize('NFC') !== stretch.word)) yield stretch;
    else yield* matches(stretch.word, WORD, stretch.start);
  }
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
