/**
 * Writes a term into a label's `allow` list as a person would: on the line of the others where they stand on one line,
 * else on a line of its own. Nothing else in the file is touched.
 */
import { findNodeAtLocation, parseTree, type Node } from 'jsonc-parser';
import type { Replacement } from './mask-edits.ts';

/** Undefined where the file has no such label, or allows the term already. */
export function allowEdit(text: string, label: string, term: string): Replacement | undefined {
  const tree = parseTree(text);
  const labels = tree && findNodeAtLocation(tree, ['labels']);
  const node = labels?.children?.find((child) => findNodeAtLocation(child, ['id'])?.value === label);
  if (node?.type !== 'object') return undefined;
  const allow = findNodeAtLocation(node, ['allow']);
  const literal = JSON.stringify(term);
  if (allow === undefined) return append(text, node, `"allow": [${literal}]`);
  if (allow.type !== 'array') return undefined;
  if (allow.children?.some(({ value }) => value === term)) return undefined;
  return append(text, allow, literal);
}

/** Adds a member behind the last one, divided from it as that is from the one before. */
function append(text: string, parent: Node, member: string): Replacement {
  const last = parent.children?.at(-1);
  const at = last ? last.offset + last.length : parent.offset + 1;
  const span = { start: at, end: at };
  if (!last) return { span, text: member };
  const blanks = /\s*$/.exec(text.slice(parent.offset, last.offset))?.[0] ?? '';
  // The first of an object on one line stands behind `{ `, those of a list behind nothing.
  return { span, text: `,${/[\r\n]/.test(blanks) ? lastLine(blanks) : ' '}${member}` };
}

/** Without the blank lines that may stand before the last member. */
const lastLine = (blanks: string): string => /(?:\r\n|\n|\r)[^\r\n]*$/.exec(blanks)?.[0] ?? blanks;
