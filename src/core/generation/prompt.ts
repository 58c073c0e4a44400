/**
 * The request for one slot: which sentences, which documents, in which words. The same slot always gives the same
 * messages, so a prompt's hash says whether anything changed.
 */
import type { Label } from '../corpus/taxonomy.ts';
import { languageName } from '../patent/language-names.ts';
import type { ChatMessage } from './chat.ts';
import type { GenerationPlan, Length } from './plan.ts';
import { CONDITIONED_TEMPLATE } from './prompts/conditioned.ts';
import { GENRE_TEMPLATES } from './prompts/genres.ts';
import { PARAPHRASE_TEMPLATE } from './prompts/paraphrase.ts';
import {
  DESCRIBED_SUBJECT,
  EXAMPLES,
  GAP_RULE,
  NAMED_SUBJECT,
  NAMED_SUBJECT_ALONE,
  TOGETHER,
  UNNAMED,
  UNNAMED_PARAPHRASE,
} from './prompts/parts.ts';
import { DATA_RULE, DESCRIPTION_RULE, SYSTEM_TEMPLATE } from './prompts/system.ts';
import { GAP, MARKER, quoteData } from './quoted-data.ts';
import { shortPrompt } from './short-prompt.ts';
import type { Slot } from './slots.ts';
import { fill } from './template.ts';

/** A document as a prompt shows it. */
export interface ShownDocument {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly claims: readonly string[];
}

export interface PromptInput {
  readonly plan: GenerationPlan;
  readonly slot: Slot;
  /** The taxonomy's labels, at their positions. */
  readonly labels: readonly Label[];
  /** The seed of a paraphrase. */
  readonly source?: ShownDocument;
  readonly exemplars: readonly ShownDocument[];
  /**
   * Takes the names of these labels out of a text and puts {@link GAP} in their place. Leakage finds them; where the
   * plan names labels it is not called.
   */
  readonly withoutNames: (text: string, labels: readonly number[]) => string;
  /** Tokens that the prompt may have; left out, as many as it takes. */
  readonly room?: number;
}

export interface Prompt {
  readonly messages: readonly ChatMessage[];
  /** What was cut, for the record; empty when all of the documents is shown. */
  readonly shortened: readonly string[];
  /** Examples that found no room. */
  readonly dropped: readonly string[];
}

/** Characters of a document that is written anew, and of an example; whole claims or sentences beyond are cut. [ours] */
const SOURCE_LENGTH = 8000;
const EXEMPLAR_LENGTH = 1600;
/** Where room is short: shorter examples first, fewer of them then, and last a shorter document. [ours] */
const SHORTER = [1600, 900, 500] as const;
const SHORTER_SOURCES = [8000, 4000, 2500, 1600, 1000] as const;
/** Of a prompt, rather too few: what does not fit is refused, what is left over is lost. [ours] */
const CHARACTERS_A_TOKEN = 3.2;

/** Words of an abstract and a description, and claims. [ours] */
const SIZES: Readonly<Record<Length, { abstract: string; claims: string; description: string }>> = {
  short: { abstract: '60 to 90', claims: '2 to 4', description: '150 to 250' },
  medium: { abstract: '90 to 150', claims: '4 to 7', description: '250 to 450' },
  long: { abstract: '130 to 220', claims: '7 to 12', description: '450 to 800' },
};

/** What of the documents is shown. */
interface Extent {
  readonly source: number;
  readonly exemplar: number;
  readonly exemplars: number;
}

/** The fullest prompt that fits; the barest where none does, which the model then refuses with a reason. */
export function promptOf(input: PromptInput): Prompt {
  let prompt: Prompt | undefined;
  for (const extent of extents(input)) {
    prompt = promptWith(input, extent);
    if (input.room === undefined || tokensOf(prompt) <= input.room) return prompt;
  }
  return prompt ?? promptWith(input, { source: SOURCE_LENGTH, exemplar: EXEMPLAR_LENGTH, exemplars: 0 });
}

function* extents({ exemplars, source }: PromptInput): Generator<Extent> {
  for (let count = exemplars.length; count > 0; count--)
    for (const exemplar of SHORTER) yield { source: SOURCE_LENGTH, exemplar, exemplars: count };
  for (const length of source ? SHORTER_SOURCES : [SOURCE_LENGTH])
    yield { source: length, exemplar: EXEMPLAR_LENGTH, exemplars: 0 };
}

const tokensOf = ({ messages }: Prompt): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0) / CHARACTERS_A_TOKEN;

function promptWith(input: PromptInput, extent: Extent): Prompt {
  const { plan, slot } = input;
  const dropped = input.exemplars.slice(extent.exemplars).map(({ id }) => id);
  if (plan.prompts === 'short') return { ...shortPrompt(input, extent.exemplars), dropped };
  const shortened: string[] = [];
  const hide = (text: string): string =>
    plan.labelInstruction === 'named' ? text : input.withoutNames(text, slot.labels);
  const show = (document: ShownDocument, name: string, most: number): string => {
    const text = shownText(document, most);
    if (text.cut) shortened.push(document.id);
    return quoteData(name, slot.seed, hide(text.text));
  };
  const examples = input.exemplars
    .slice(0, extent.exemplars)
    .map((exemplar, at) => show(exemplar, `EXAMPLE ${at + 1}`, extent.exemplar));
  const user =
    slot.strategy === 'paraphrase' && input.source
      ? paraphraseText(input, show(input.source, 'DOCUMENT', extent.source), examples)
      : conditionedText(input, hide, examples);
  const system = systemText(plan, slot, examples.length > 0 || slot.strategy === 'paraphrase');
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user.includes(GAP) ? `${fill(GAP_RULE, { gap: GAP })}${user}` : user },
    ],
    shortened,
    dropped,
  };
}

function systemText(plan: GenerationPlan, { attributes }: Slot, hasData: boolean): string {
  const size = SIZES[attributes.length];
  return fill(SYSTEM_TEMPLATE, {
    fields: plan.description
      ? '"title", "abstract", "claims" and "description"'
      : '"title", "abstract" and "claims"',
    language: languageName(plan.language),
    abstractWords: size.abstract,
    claimCount: size.claims,
    descriptionRule: plan.description ? fill(DESCRIPTION_RULE, { descriptionWords: size.description }) : '',
    dataRule: hasData ? fill(DATA_RULE, { marker: MARKER }) : '',
  });
}

function conditionedText(
  { plan, slot, labels }: PromptInput,
  hide: (text: string) => string,
  examples: readonly string[],
): string {
  const { jurisdiction, claimType, field, problem, embodiment } = slot.attributes;
  const subjects = slot.labels.map((position) => {
    const { name = '', description } = labels[position] ?? {};
    if (plan.labelInstruction === 'described')
      return fill(DESCRIBED_SUBJECT, { description: hide(description ?? '') });
    return description === undefined
      ? fill(NAMED_SUBJECT_ALONE, { name })
      : fill(NAMED_SUBJECT, { name, description });
  });
  return fill(CONDITIONED_TEMPLATE, {
    genre: fill(GENRE_TEMPLATES[slot.genre], { jurisdiction }),
    subjectCount: subjects.length === 1 ? 'this subject' : `these ${subjects.length} subjects`,
    subjects: subjects.join('\n'),
    together: subjects.length === 1 ? '' : TOGETHER,
    unnamed: plan.labelInstruction === 'described' ? UNNAMED : '',
    claimType,
    field,
    problem,
    embodiment,
    examples: examplesText(examples),
  });
}

function paraphraseText({ plan, slot }: PromptInput, document: string, examples: readonly string[]): string {
  const { jurisdiction, claimType } = slot.attributes;
  return fill(PARAPHRASE_TEMPLATE, {
    genre: fill(GENRE_TEMPLATES[slot.genre], { jurisdiction }),
    claimType,
    unnamed: plan.labelInstruction === 'described' ? UNNAMED_PARAPHRASE : '',
    document,
    examples: examplesText(examples),
  });
}

const examplesText = (examples: readonly string[]): string =>
  examples.length === 0 ? '' : fill(EXAMPLES, { documents: examples.join('\n') });

/** Title, abstract and as many whole claims as fit. */
function shownText({ title, abstract, claims }: ShownDocument, most: number): { text: string; cut: boolean } {
  const parts = [title === '' ? '' : `Title: ${title}`, abstract === '' ? '' : `Abstract: ${abstract}`];
  let text = parts.filter((part) => part !== '').join('\n');
  if (text.length > most) return { text: `${text.slice(0, most).replace(/\s+\S*$/, '')} …`, cut: true };
  for (const [at, claim] of claims.entries()) {
    const line = `\nClaim ${at + 1}: ${claim}`;
    if (text.length + line.length > most)
      return { text: `${text}\n(Further claims are not shown.)`, cut: true };
    text += line;
  }
  return { text, cut: false };
}
