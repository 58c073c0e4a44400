/** JSON in a cell of a table, traced through the cell into the file. */
import { OffsetMap, type MappedText, type Run } from '../../text/offset-map.ts';
import { stringText } from './json-fields.ts';
import { JsonNode } from './json-node.ts';

/** Undefined for a cell that is no JSON. */
export function cellJson(cell: MappedText, refuse: (detail: string) => never): JsonNode | undefined {
  const { text } = cell;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const start = text.length - text.trimStart().length;
  const source = {
    text,
    mapped: (literal: { readonly start: number; readonly end: number }): MappedText => {
      const inner = stringText(text, literal, 0);
      return { text: inner.text, map: through(inner.map, cell.map) };
    },
    refuse: (_: unknown, detail: string) => refuse(detail),
  };
  return new JsonNode(source, value, { start, end: text.trimEnd().length });
}

/** The way from a text through a text in between to the file. */
function through(first: OffsetMap, second: OffsetMap): OffsetMap {
  return new OffsetMap(first.runs.flatMap((run) => throughRun(run, second)));
}

function throughRun({ text, source, length }: Run, second: OffsetMap): Run[] {
  if (length === 0) {
    const at = second.toSource({ start: source, end: source });
    return at ? [{ text, source: at.start, length: 0 }] : [];
  }
  return second.runs.flatMap((run) => {
    const from = Math.max(run.text, source);
    const to = Math.min(run.text + run.length, source + length);
    return from >= to
      ? []
      : [{ text: text + (from - source), source: run.source + (from - run.text), length: to - from }];
  });
}
