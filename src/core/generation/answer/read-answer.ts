/**
 * A model's answer as a draft: unwrapped, read as JSON or as sections, repaired where it is cut off and enough of it is
 * whole, and rejected with a reason where it is not.
 */
import type { AnswerBounds } from '../answer-bounds.ts';
import type { ChatAnswer } from '../chat.ts';
import type { CheckNote } from '../rejection.ts';
import { dividedClaims, ended, listedClaims, type ListedClaims } from './claims.ts';
import { withoutCutTexts } from './cut-texts.ts';
import { rejected, type Draft, type Read } from './draft.ts';
import { readJsonAnswer } from './read-json.ts';
import { readSections } from './read-sections.ts';
import { cleanCharacters } from './unicode.ts';
import { isRefusal, unwrap } from './unwrap.ts';

/** A larger answer is not read: the longest document that is asked for has a twentieth of it. [ours] */
const LONGEST_ANSWER = 200_000;

/** @param bounds of the grammar that the answer was written under */
export function readAnswer(
  { text: raw, finish }: Pick<ChatAnswer, 'text' | 'finish'>,
  bounds?: AnswerBounds,
): Read {
  if (raw.length > LONGEST_ANSWER)
    return rejected(
      'too-long',
      `The answer has ${raw.length} characters; at most ${LONGEST_ANSWER} are read.`,
    );
  if (finish === 'refused') return rejected('refusal', 'The provider withheld the answer.');
  const cleaned = cleanCharacters(raw);
  const { text, removed } = unwrap(cleaned.text);
  if (text === '') return rejected('empty', 'The answer has no text.');
  if (isRefusal(text)) return rejected('refusal', `The model declined: “${text.slice(0, 120)}”.`);
  const notes: CheckNote[] = [];
  if (cleaned.removed > 0)
    notes.push({
      kind: 'unicode-cleaned',
      detail: `${cleaned.removed} characters without meaning were taken out.`,
    });
  if (removed.length > 0) notes.push({ kind: 'preamble-removed', detail: removed.join(' | ') });
  return asJson(text, finish, notes, bounds) ?? asSections(text, finish, notes) ?? unreadable(finish);
}

const unreadable = (finish: ChatAnswer['finish']): Read =>
  finish === 'length'
    ? rejected('truncated', 'The answer was cut off before anything of it was whole.')
    : rejected('unreadable', 'The answer is neither JSON with our fields nor text with their headings.');

function asJson(
  text: string,
  finish: ChatAnswer['finish'],
  before: readonly CheckNote[],
  bounds: AnswerBounds | undefined,
): Read | undefined {
  const answer = readJsonAnswer(text);
  if (!answer) return undefined;
  const { around } = answer;
  const trimmed = bounds ? withoutCutTexts(answer, bounds) : { ...answer, trimmed: false };
  if (!trimmed)
    return rejected('truncated', 'A text of it ran into its limit before it said anything whole.');
  const { claims: written, rest, cut } = trimmed;
  const notes = trimmed.trimmed ? [...withRepair(before)] : [...before];
  if (around !== '') notes.push({ kind: 'preamble-removed', detail: around.slice(0, 80) });
  const listed = typeof written === 'string' ? dividedClaims(written) : listedClaims(written);
  if (cut || finish === 'length') {
    if (listed.claims.length === 0 || rest.abstract === '')
      return rejected('truncated', 'The answer was cut off before its first claim was whole.');
    notes.push({ kind: 'truncated-repaired', detail: 'It was cut off; what was not whole was left out.' });
  }
  return finished(rest, listed, notes);
}

function asSections(
  text: string,
  finish: ChatAnswer['finish'],
  before: readonly CheckNote[],
): Read | undefined {
  const sections = readSections(text);
  if (!sections) return undefined;
  const { claims, around, ...rest } = sections;
  const notes = [...before];
  if (around !== '') notes.push({ kind: 'preamble-removed', detail: around.slice(0, 80) });
  const divided = dividedClaims(claims);
  if (finish !== 'length') return finished(rest, divided, notes);
  // What the limit cut is the end of the text: the description if there is one, else the last claim.
  if (rest.description !== '') return finished({ ...rest, description: '' }, divided, withRepair(notes));
  const whole = divided.claims.slice(0, -1);
  if (whole.length === 0)
    return rejected('truncated', 'The answer was cut off before its first claim was whole.');
  return finished(rest, { ...divided, claims: whole }, withRepair(notes));
}

const withRepair = (notes: readonly CheckNote[]): readonly CheckNote[] => [
  ...notes,
  { kind: 'truncated-repaired', detail: 'It was cut off; what was not whole was left out.' },
];

function finished(
  { title, abstract, description }: Omit<Draft, 'claims'>,
  { claims, misnumbered }: ListedClaims,
  notes: readonly CheckNote[],
): Read {
  if (misnumbered !== undefined)
    return rejected('claims-malformed', `The claims are not numbered one after the other: ${misnumbered}.`);
  return {
    kind: 'draft',
    draft: {
      title: oneLine(title).replace(/^(?:title\s*:\s*)|["“”]|\.$/giu, ''),
      abstract: oneLine(abstract).replace(/^\s*abstract\s*:\s*/iu, ''),
      claims: claims.map(ended),
      description: description
        .replace(/[ \t]+/gu, ' ')
        .replace(/\n{3,}/gu, '\n\n')
        .trim(),
    },
    notes,
  };
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
