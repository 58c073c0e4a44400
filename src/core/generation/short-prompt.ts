/** The request for one slot in the form that small models follow: a conversation in which answers were given before. */
import type { Label } from '../corpus/taxonomy.ts';
import type { ChatMessage } from './chat.ts';
import type { PromptInput, ShownDocument } from './prompt.ts';
import { SHORT_EXAMPLES, SHORT_PARAPHRASE, SHORT_REQUEST, SHORT_SYSTEM } from './prompts/short.ts';
import { GAP, harmless, quoteData } from './quoted-data.ts';
import { fill } from './template.ts';

/** Characters of the abstract and of the claims of an example; whole sentences and claims beyond are left out. [ours] */
const EXEMPLAR_LENGTH = 700;
/** Of a document that is written anew. [ours] */
const SOURCE_LENGTH = 1200;
/** A description is cut at the first comma or stop behind so many words: what follows is about other labels. [ours] */
const FEWEST_WORDS = 6;

export interface ShortPrompt {
  readonly messages: readonly ChatMessage[];
  readonly shortened: readonly string[];
}

/** @param count how many of the examples are shown */
export function shortPrompt(input: PromptInput, count: number): ShortPrompt {
  const { slot, source } = input;
  const { embodiment } = slot.attributes;
  const hide = (text: string): string => hidden(input, text);
  const subject = subjectOf(input, hide);
  const exemplars = input.exemplars.slice(0, count).map((document) => shownAnswer(document, hide));
  const original = source && sourceText(source, SOURCE_LENGTH);
  const request = original
    ? fill(SHORT_PARAPHRASE, { document: quoteData('PATENT', slot.seed, hide(original.text)) })
    : fill(SHORT_REQUEST, { subject, embodiment });
  const messages: ChatMessage[] = [{ role: 'system', content: SHORT_SYSTEM }];
  for (const { answer, ...asked } of SHORT_EXAMPLES)
    messages.push(...turn(fill(SHORT_REQUEST, asked), answer));
  for (const { answer } of exemplars)
    messages.push(...turn(fill(SHORT_REQUEST, { subject, embodiment }), answer));
  return {
    messages: [...messages, { role: 'user', content: request }],
    shortened: [
      ...(source && original?.cut ? [source.id] : []),
      ...exemplars.filter(({ cut }) => cut).map(({ id }) => id),
    ],
  };
}

const turn = (request: string, answer: object): readonly ChatMessage[] => [
  { role: 'user', content: request },
  { role: 'assistant', content: JSON.stringify(answer) },
];

/** A small model writes the mark of a gap down; a sentence without the word does less harm. */
function hidden({ plan, slot, withoutNames }: PromptInput, text: string): string {
  if (plan.labelInstruction === 'named') return text;
  return withoutNames(text, slot.labels)
    .replaceAll(GAP, '')
    .replace(/\s+([,;.])/g, '$1')
    .replace(/([,;])[,;]+/g, '$1')
    .replace(/^[,;.\s]+/, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** All labels, but those that a narrower one of the same document implies. */
function subjectOf({ plan, slot, labels }: PromptInput, hide: (text: string) => string): string {
  const chosen = slot.labels.flatMap((position) => labels[position] ?? []);
  return withoutAncestors(chosen, labels)
    .map(({ name, description }) => {
      const said = description === undefined ? '' : beginSmall(firstClause(hide(description)));
      return plan.labelInstruction === 'named'
        ? [name, said].filter((one) => one !== '').join(', that is ')
        : said;
    })
    .join(', together with ');
}

function withoutAncestors(chosen: readonly Label[], labels: readonly Label[]): readonly Label[] {
  const byId = new Map(labels.map((label) => [label.id, label]));
  const implied = new Set<string>();
  for (const label of chosen) {
    for (
      let { parent } = label;
      parent !== undefined && !implied.has(parent);
      parent = byId.get(parent)?.parent
    )
      implied.add(parent);
  }
  return chosen.filter(({ id }) => !implied.has(id));
}

/** Up to the first comma, semicolon or full stop behind enough words. */
export function firstClause(text: string): string {
  for (const { index } of text.matchAll(/[,;:.](?=\s|$)/g)) {
    const clause = text.slice(0, index);
    if (clause.split(/\s+/).length >= FEWEST_WORDS) return clause;
  }
  return text.replace(/[.\s]+$/, '');
}

/** `Devices that` → `devices that`; abbreviations stay. */
const beginSmall = (text: string): string =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

interface ShownAnswer {
  readonly id: string;
  readonly answer: { readonly title: string; readonly abstract: string; readonly claims?: readonly string[] };
  readonly cut: boolean;
}

/** A real document in the form of an answer. One without claims has none: they are not made up here. */
function shownAnswer(
  { id, title, abstract, claims }: ShownDocument,
  hide: (text: string) => string,
): ShownAnswer {
  const text = (part: string): string => harmless(hide(part));
  const shown = wholeSentences(abstract, EXEMPLAR_LENGTH);
  let left = EXEMPLAR_LENGTH;
  const kept = claims.filter((claim) => (left -= claim.length) >= 0);
  return {
    id,
    answer: {
      title: text(title),
      abstract: text(shown),
      ...(kept.length === 0 ? {} : { claims: kept.map(text) }),
    },
    cut: shown.length < abstract.length || kept.length < claims.length,
  };
}

function sourceText(
  { title, abstract }: ShownDocument,
  most: number,
): { readonly text: string; readonly cut: boolean } {
  const shown = wholeSentences(abstract, most);
  return { text: `${title}. ${shown}`, cut: shown.length < abstract.length };
}

function wholeSentences(text: string, most: number): string {
  if (text.length <= most) return text;
  return /^[\s\S]*[.!?](?=\s)/u.exec(text.slice(0, most))?.[0] ?? text.slice(0, most).replace(/\s+\S*$/, '');
}
