/** JSON from files: parsed with places, so that an error can say where; validated by schemas at the border. */
import { parseTree, printParseErrorCode, findNodeAtLocation, type Node, type ParseError } from 'jsonc-parser';
import type { ZodType } from 'zod';
import { PatentLabError, type ErrorCode, type Place } from './errors.ts';
import { positionAt } from './text/position.ts';

/** The value of a text, or undefined where it is no JSON: for lines and files of which a damaged one costs only itself. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface LocatedJson<T> {
  readonly value: T;
  /** The place of the value at a path, or of the nearest parent that exists. */
  place(path: readonly (string | number)[]): Place;
}

/**
 * Parses and validates; throws one error with `code`, naming the first problem's place. A byte order mark is no part
 * of the text: like an editor, places do not count it.
 */
export function parseJson<T>(
  content: string,
  schema: ZodType<T>,
  about: { readonly file: string; readonly code: ErrorCode; readonly remedy: string },
): LocatedJson<T> {
  const text = content.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const fail = (message: string, place: Place): PatentLabError =>
    new PatentLabError({
      code: about.code,
      message,
      remedy: about.remedy,
      place: { file: about.file, ...place },
    });
  if (text.trim() === '') throw fail(`${about.file} is empty.`, positionAt(text, 0));
  const first = errors[0];
  if (first || !tree) {
    const detail = first ? printParseErrorCode(first.error) : 'ValueExpected';
    throw fail(`${about.file} is not valid JSON: ${detail}.`, positionAt(text, first?.offset ?? 0));
  }
  const place = (path: readonly (string | number)[]): Place => positionAt(text, nearest(tree, path).offset);
  const parsed = schema.safeParse(JSON.parse(text));
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
