/**
 * Judges a DOCTYPE. Entities that a document declares itself are how XML is made to explode or to read other files, so
 * the internal subset may declare only unparsed graphics (`NDATA`), which the offices use to list their drawings.
 */
import type { PatentLabError } from '../../errors.ts';
import { positionAt } from '../../text/position.ts';
import { xmlEntitiesRefused, xmlLimits } from '../errors.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';

/** Comments and processing instructions, declarations with their quoted strings, and parameter entity references. */
const ITEM =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!([A-Z]+)(?:"[^"]*"|'[^']*'|[^"'>])*>?|%([^\s;%"'<>]*);?|"[^"]*"|'[^']*'/g;
const GRAPHICS =
  /^<!ENTITY\s+(?!%)\S+\s+(?:SYSTEM\s+(?:"[^"]*"|'[^']*')|PUBLIC\s+(?:"[^"]*"|'[^']*')\s+(?:"[^"]*"|'[^']*'))\s+NDATA\s+[^\s>]+\s*>$/;
const ENTITY_NAME = /^<!ENTITY\s+(%\s+)?([^\s"'>]+)/;
const LONGEST_NAME = 40;
/** Office documents list some hundred drawings; this is ten thousand. */
const LONGEST_DOCTYPE = 1024 * 1024;

/** What is wrong with the DOCTYPE `document.text[start, end)`; undefined when it is harmless. */
export function doctypeProblem(
  document: DocumentText,
  start: number,
  end: number,
  context: ReadingContext,
): PatentLabError | undefined {
  if (end - start > LONGEST_DOCTYPE) {
    const place = positionAt(document.text, start, document.start);
    return xmlLimits(context.file, place, `The DOCTYPE is longer than ${LONGEST_DOCTYPE} characters.`);
  }
  const text = document.text.slice(start, end);
  const open = text.indexOf('[');
  if (open < 0) return undefined;
  ITEM.lastIndex = open + 1;
  for (let match = ITEM.exec(text); match; match = ITEM.exec(text)) {
    const detail = problemOf(match);
    if (detail !== undefined) {
      const place = positionAt(document.text, start + match.index, document.start);
      return xmlEntitiesRefused(context.file, place, detail);
    }
  }
  return undefined;
}

function problemOf([item, declaration, parameter]: RegExpExecArray): string | undefined {
  if (parameter !== undefined) return `The DOCTYPE uses the parameter entity %${shorten(parameter)};.`;
  if (declaration !== 'ENTITY' || GRAPHICS.test(item)) return undefined;
  const [, isParameter, name = ''] = ENTITY_NAME.exec(item) ?? [];
  const kind = isParameter === undefined ? 'entity' : 'parameter entity';
  return `The DOCTYPE declares the ${kind} "${shorten(name)}".`;
}

const shorten = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
