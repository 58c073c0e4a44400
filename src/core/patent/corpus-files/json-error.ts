/** Says where and why a line is no JSON, in plain words. */
import type { ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';

export interface JsonProblem {
  /** Offset in the text. */
  readonly at: number;
  readonly detail: string;
}

const DETAILS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a field name in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing',
  CloseBraceExpected: 'the closing } is missing',
  CloseBracketExpected: 'the closing ] is missing',
  EndOfFileExpected: 'the record has ended, but more text follows on the line',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfString: 'a string has no closing quote',
  UnexpectedEndOfNumber: 'a number is cut off',
  InvalidUnicode: 'a \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'a backslash stands before a character that needs none',
  InvalidCharacter: 'a control character must be written as an escape',
};

export function jsonProblem(text: string): JsonProblem {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // The parser calls itself for every level and gives up on absurd depth.
    if (!(error instanceof RangeError)) throw error;
    return { at: 0, detail: 'it is nested too deeply' };
  }
  const [first] = errors;
  if (first === undefined) return { at: 0, detail: 'it cannot be parsed' };
  return { at: first.offset, detail: DETAILS[printParseErrorCode(first.error)] ?? 'it cannot be parsed' };
}
