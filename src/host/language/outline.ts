/** The outline of a patent as a value: sections, claims by dependency, description by its headings. */
import type { Paragraph, Passage, Patent } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';
import { versionsOf, type Version } from '../documents/passages.ts';
import type { Localiser } from '../l10n.ts';
import { claimTree, type ClaimNode } from './claim-tree.ts';

export type OutlineKind =
  'patent' | 'record' | 'section' | 'text' | 'claim' | 'dependent' | 'heading' | 'paragraph';

export interface OutlineNode {
  readonly kind: OutlineKind;
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  /** All that belongs to it. */
  readonly span: Span;
  /** What is selected when a person goes there; inside `span`. */
  readonly target: Span;
  readonly children: readonly OutlineNode[];
}

export interface OutlineWords {
  readonly l10n: Localiser;
  /** Name of a language by its ISO 639-1 code. */
  languageName(code: string): string;
}

export function outline(patent: Patent, words: OutlineWords): OutlineNode {
  const { span } = patent.source;
  const name = patent.id || words.l10n.t('Patent');
  const detail = firstWords(patent.title?.text ?? '', 80);
  // A corpus is a list of records; their parts would bury it.
  if (patent.record) return { kind: 'record', name, detail, span, target: startOf(span), children: [] };
  const [own, ...translations] = versionsOf(patent);
  const children = [
    ...(own ? versionNodes(own, words) : []),
    ...translations.flatMap((version) => {
      const nodes = versionNodes(version, words);
      const title = words.languageName(version.language ?? '') || words.l10n.t('Translation');
      return nodes.length === 0 ? [] : [parent('section', title, words.l10n.t('translation'), nodes)];
    }),
  ];
  return {
    kind: 'patent',
    name,
    detail,
    span: cover([span, ...children.map((node) => node.span)]),
    target: patent.title?.span ?? startOf(span),
    children,
  };
}

function versionNodes({ title, abstract, claims, description }: Version, words: OutlineWords): OutlineNode[] {
  const { t } = words.l10n;
  const nodes: OutlineNode[] = [];
  if (title) nodes.push(leaf('text', t('Title'), firstWords(title.text, 80), title));
  if (abstract) nodes.push(leaf('text', t('Abstract'), firstWords(abstract.text), abstract));
  if (claims.length > 0) {
    const children = claimTree(claims).map((node) => claimNode(node, words));
    nodes.push(parent('section', t('Claims'), String(claims.length), children));
  }
  const parts = descriptionNodes(description);
  if (parts.length > 0) nodes.push(parent('section', t('Description'), '', parts));
  return nodes;
}

function claimNode({ claim, children }: ClaimNode, words: OutlineWords): OutlineNode {
  const nodes = children.map((child) => claimNode(child, words));
  const { dependsOn } = claim;
  return {
    kind: dependsOn.length === 0 ? 'claim' : 'dependent',
    name: `${claim.number}. ${firstWords(claim.text)}`,
    detail: dependsOn.length === 0 ? '' : words.l10n.t('depends on {0}', numberList(dependsOn)),
    span: withFollowing(claim.span, nodes),
    target: claim.span,
    children: nodes,
  };
}

/**
 * A claim's range goes on over the dependents that follow it at once, so that an editor finds the way down from it to
 * them; a dependent that stands elsewhere is not taken in, since what lies between belongs to other claims.
 */
function withFollowing(own: Span, children: readonly OutlineNode[]): Span {
  let end = own.end;
  let last = own;
  for (const { span } of children) {
    if (span.start < last.end || span.start - last.end > NEXT_CLAIM) break;
    end = Math.max(end, span.end);
    last = span;
  }
  return { start: own.start, end };
}

/** Markup and number between two claims that follow each other; shorter than any claim between them. [ours] */
const NEXT_CLAIM = 160;

function descriptionNodes(paragraphs: readonly Paragraph[]): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  let heading: Paragraph | undefined;
  let under: OutlineNode[] = [];
  const close = (): void => {
    if (heading) nodes.push(headingNode(heading, under));
    else nodes.push(...under);
    under = [];
  };
  for (const paragraph of paragraphs) {
    if (paragraph.heading) {
      close();
      heading = paragraph;
    } else {
      under.push(paragraphNode(paragraph));
    }
  }
  close();
  return nodes;
}

function headingNode(heading: Paragraph, children: readonly OutlineNode[]): OutlineNode {
  const span = cover([heading.span, ...children.map((node) => node.span)]);
  return {
    kind: 'heading',
    name: firstWords(heading.text, 80),
    detail: '',
    span,
    target: heading.span,
    children,
  };
}

function paragraphNode(paragraph: Paragraph): OutlineNode {
  const { number } = paragraph;
  const words = firstWords(paragraph.text);
  return leaf('paragraph', number === undefined ? words : `[${number}] ${words}`, '', paragraph);
}

const leaf = (kind: OutlineKind, name: string, detail: string, { span }: Passage): OutlineNode => ({
  kind,
  name,
  detail,
  span,
  target: span,
  children: [],
});

function parent(
  kind: OutlineKind,
  name: string,
  detail: string,
  children: readonly OutlineNode[],
): OutlineNode {
  const span = cover(children.map((node) => node.span));
  return { kind, name, detail, span, target: startOf(span), children };
}

/** The beginning of a text on one line, cut between words where that is possible. Never empty. */
export function firstWords(text: string, length = 60): string {
  const line = text
    .slice(0, 4 * length)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= length && text.length <= 4 * length) return line || '…';
  const cut = line.slice(0, length);
  const blank = cut.lastIndexOf(' ');
  return `${(blank > length / 2 ? cut.slice(0, blank) : cut).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** `1–4, 7` for ascending numbers. */
export function numberList(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
    .join(', ');
}

const startOf = ({ start }: Span): Span => ({ start, end: start });

const cover = (spans: readonly Span[]): Span =>
  spans.reduce((all, { start, end }) => ({
    start: Math.min(all.start, start),
    end: Math.max(all.end, end),
  }));
