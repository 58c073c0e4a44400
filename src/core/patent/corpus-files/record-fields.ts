/**
 * Reads the fields of a corpus record from JSON, each refused at its place where it has the wrong type. A line of JSONL
 * and a JSON cell of a table go through the same functions.
 */
import type { MappedText } from '../../text/offset-map.ts';
import type { GapCollector } from '../gaps.ts';
import type { Provenance } from '../model.ts';
import { PROVENANCES } from '../model.ts';
import { numberedClaims } from '../numbered-claims.ts';
import { isObject, type JsonNode } from './json-node.ts';
import type { RecordClaim, RecordParagraph, RecordTranslation } from './record.ts';

export function readString(node: JsonNode, name: string): string {
  return typeof node.value === 'string' ? node.value : wrongType(node, name, 'a string');
}

export function readText(node: JsonNode, name: string): MappedText {
  return node.isString() ? node.text() : wrongType(node, name, 'a string');
}

export function readId(node: JsonNode): string | undefined {
  if (Number.isSafeInteger(node.value)) return String(node.value);
  if (typeof node.value !== 'string') return wrongType(node, 'id', 'a string or a whole number');
  const id = node.value.trim();
  return id === '' ? undefined : id;
}

export function readLabels(node: JsonNode): string[] {
  return elements(node, 'labels').map((element) => {
    const { value } = element;
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : element.refuse('Every label must be a string.');
  });
}

/** A text, or a list of paragraphs: strings, or objects that say their number or that they are headings. */
export function readDescription(node: JsonNode): RecordParagraph[] {
  if (node.isString()) return [{ text: node.text() }];
  return elements(node, 'description').map(readParagraph);
}

function readParagraph(node: JsonNode): RecordParagraph {
  if (node.isString()) return { text: node.text() };
  const parts = node.members();
  if (parts === undefined)
    return node.refuse('Every paragraph of "description" must be a string, or an object with "text".');
  const text = parts.get('text') ?? node;
  if (!text.isString()) return text.refuse('The field "text" of a paragraph must be a string.');
  const number = parts.get('number');
  const heading = parts.get('heading');
  if (heading !== undefined && heading.value !== true) {
    return heading.refuse('The field "heading" of a paragraph must be true, or left out.');
  }
  return {
    text: text.text(),
    ...(number ? { number: readString(number, 'number') } : {}),
    ...(heading ? { heading: true } : {}),
  };
}

/** A text with all claims, or a list of claims: strings, or objects with `number`, `text` and `dependsOn`. */
export function readClaims(node: JsonNode, gaps: GapCollector): RecordClaim[] {
  if (node.isString()) {
    const text = node.text();
    return text.text === '' ? [] : numberedClaims(text, gaps);
  }
  return elements(node, 'claims').map((element, index) => readClaim(element, index + 1));
}

function readClaim(node: JsonNode, position: number): RecordClaim {
  if (node.isString()) return { number: position, text: node.text() };
  const parts = node.members();
  if (parts === undefined)
    return node.refuse('Every claim must be a string, or an object with "number" and "text".');
  const text = parts.get('text') ?? node;
  if (!text.isString()) return text.refuse('The field "text" of a claim must be a string.');
  const stated = parts.get('number');
  const number = stated?.value ?? position;
  if (!isClaimNumber(number)) {
    return (stated ?? node).refuse('The field "number" of a claim must be a whole number from 1.');
  }
  const claim = { number, text: text.text() };
  const references = parts.get('dependsOn');
  if (references === undefined) return claim;
  const { value } = references;
  if (!(Array.isArray(value) && value.every(isClaimNumber))) {
    return references.refuse('The field "dependsOn" of a claim must be a list of claim numbers.');
  }
  return { ...claim, dependsOn: earlierOnly(value, number) };
}

/** Texts of the same document in other languages. */
export function readTranslations(node: JsonNode, gaps: GapCollector): RecordTranslation[] {
  return elements(node, 'translations').map((element) => {
    const parts = element.members();
    const language = parts?.get('language');
    if (parts === undefined || typeof language?.value !== 'string' || language.value.trim() === '') {
      return (language ?? element).refuse('Every translation must be an object with a "language".');
    }
    const [title, abstract, claims, description] = (
      ['title', 'abstract', 'claims', 'description'] as const
    ).map((name) => parts.get(name));
    return {
      language: language.value,
      ...(title ? { title: readText(title, 'title') } : {}),
      ...(abstract ? { abstract: readText(abstract, 'abstract') } : {}),
      claims: claims ? readClaims(claims, gaps) : [],
      description: description ? readDescription(description) : [],
    };
  });
}

export interface ReadProvenance {
  readonly kind: Provenance;
  /** How the record came about, kept as it is. */
  readonly details?: object;
}

/** A name, or an object whose `kind` is the name and whose other fields say how the record came about. */
export function readProvenance(node: JsonNode): ReadProvenance {
  const details = isObject(node.value) ? node.value : undefined;
  const named = details ? new Map<string, unknown>(Object.entries(details)).get('kind') : node.value;
  const kind = PROVENANCES.find((name) => name === named);
  if (kind === undefined) return wrongType(node, 'provenance', `one of ${PROVENANCES.join(', ')}`);
  return details ? { kind, details } : { kind };
}

function elements(node: JsonNode, name: string): JsonNode[] {
  return node.elements() ?? wrongType(node, name, 'a list');
}

function wrongType(node: JsonNode, name: string, expected: string): never {
  return node.refuse(`The field "${name}" must be ${expected}.`);
}

const isClaimNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;

const earlierOnly = (numbers: readonly number[], own: number): number[] =>
  [...new Set(numbers)].filter((number) => number < own).sort((a, b) => a - b);
