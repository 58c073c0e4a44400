/** JSON from files: parsed with places, so that an error can say where; validated by schemas at the border. */
import { parseTree, printParseErrorCode, findNodeAtLocation, type Node, type ParseError } from 'jsonc-parser';
import type { ZodType } from 'zod';
import { PatentLabError, type ErrorCode, type Place } from './errors.ts';

/** Line and column (from 1) of a UTF-16 offset. */
export function placeAt(text: string, offset: number): Place {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1, offset };
}

export interface LocatedJson<T> {
  readonly value: T;
  /** The place of the value at a path, or of the nearest parent that exists. */
  place(path: readonly (string | number)[]): Place;
}

/** Parses and validates; throws one error with `code`, naming the first problem's place. */
export function parseJson<T>(
  text: string,
  schema: ZodType<T>,
  about: { readonly file: string; readonly code: ErrorCode; readonly remedy: string },
): LocatedJson<T> {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, {
    allowTrailingComma: false,
    disallowComments: true,
  });
  const fail = (message: string, place: Place): PatentLabError =>
    new PatentLabError({
      code: about.code,
      message,
      remedy: about.remedy,
      place: { file: about.file, ...place },
    });
  const first = errors[0];
  if (first)
    throw fail(
      `${about.file} is not valid JSON: ${printParseErrorCode(first.error)}.`,
      placeAt(text, first.offset),
    );
  if (!tree) throw fail(`${about.file} is empty.`, placeAt(text, 0));
  const place = (path: readonly (string | number)[]): Place => placeAt(text, nearest(tree, path).offset);
  const parsed = schema.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
    const where = path.length > 0 ? `${path.join('.')}: ` : '';
    throw fail(`${about.file}: ${where}${issue?.message ?? 'unexpected content'}.`, place(path));
  }
  return { value: parsed.data, place };
}

function nearest(tree: Node, path: readonly (string | number)[]): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return node;
  }
  return tree;
}
