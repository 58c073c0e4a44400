/**
 * Takes off what models put around an answer: thoughts, code fences, greetings before it and offers after it. Only what
 * stands outside of the answer is touched.
 */

/** A reasoning model's thoughts. One that is not closed leaves no answer. */
const THOUGHTS = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/giu;
const FENCE = /^[ \t]*(?:```|~~~)[\w-]*[ \t]*$/gmu;

/** "Sure, here is the patent document:" and its kin: a line that speaks to the person and does not belong to the text. */
const GREETINGS: readonly RegExp[] = [
  /^(?:sure|certainly|of course|absolutely|okay|ok|great|understood|got it|no problem)\b[^\n]*$/iu,
  /^(?:here(?:'s| is| are)|below is|the following is|following is|this is)\b[^\n]*:\s*$/iu,
  /^(?:i(?:'ve| have)|i(?:'ll| will| can))\b[^\n]*:\s*$/iu,
  /^(?:answer|output|response|result|json)\s*:\s*$/iu,
  /^(?:natürlich|gerne|hier ist|hier sind|selbstverständlich)\b[^\n]*$/iu,
  /^(?:bien sûr|voici|d'accord)\b[^\n]*$/iu,
];
/** A greeting that goes on in the line of the answer: `Sure! {"title"`, `Here is the abstract: A device …`. */
const GREETING_IN_LINE =
  /^(?:(?:sure|certainly|of course|absolutely|okay|ok)\b[,.!:]?\s*)?(?:here(?:'s| is) (?:the|a|an|your|my)\b[^\n:{]{0,80}:|(?:sure|certainly|of course|absolutely)\b[,.!:])\s*(?=\S)/iu;
const FAREWELLS: readonly RegExp[] = [
  /^(?:i hope (?:this|that)|let me know|please let me know|feel free|if you (?:need|would like|want|have)|would you like|is there anything)\b[^\n]*$/iu,
  /^(?:note|please note|disclaimer)\s*[:,][^\n]*$/iu,
  /^(?:ich hoffe|lassen sie mich wissen|j'espère)\b[^\n]*$/iu,
];

export interface Unwrapped {
  readonly text: string;
  /** What was taken off, shortened; empty where nothing was. */
  readonly removed: readonly string[];
}

export function unwrap(answer: string): Unwrapped {
  const removed: string[] = [];
  const take = (what: string): string => {
    removed.push(what.trim().slice(0, 80));
    return '';
  };
  let text = answer.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  text = text.replace(THOUGHTS, take).replace(FENCE, (fence) => {
    removed.push(fence.trim());
    return '';
  });
  const lines = text.trim().split('\n');
  while (lines.length > 1 && isOneOf(GREETINGS, lines[0] ?? '')) take(lines.shift() ?? '');
  while (lines.length > 1 && (isOneOf(FAREWELLS, lines.at(-1) ?? '') || lines.at(-1)?.trim() === ''))
    take(lines.pop() ?? '');
  text = lines.join('\n').trim().replace(GREETING_IN_LINE, take);
  return { text: text.trim(), removed: removed.filter((what) => what !== '') };
}

/** Blank lines among greetings go with them. */
const isOneOf = (patterns: readonly RegExp[], line: string): boolean => {
  const trimmed = line.trim();
  return trimmed === '' || patterns.some((pattern) => pattern.test(trimmed));
};

/** The model's own words that it will not do it. Only at the beginning: a document may speak of refusing. */
const REFUSAL =
  /^\W*(?:i(?:'m| am) (?:very |really )?(?:sorry|afraid|unable|not able)|sorry[,.]|i (?:cannot|can't|can not|won't|will not|must decline|do not feel comfortable)|(?:unfortunately,? )?i(?:'m| am) (?:not able|unable)|as an ai\b|es tut mir leid|ich kann (?:das|diese|ihnen|leider)? ?nicht|je suis désolée?|je ne peux pas|抱歉|对不起|申し訳)/iu;

export const isRefusal = (text: string): boolean => REFUSAL.test(text.slice(0, 200));
