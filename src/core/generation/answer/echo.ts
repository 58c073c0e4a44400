/** Answers that speak of the task instead of an invention: of their prompt, of the examples, of being a model. */
import type { Rejection } from '../rejection.ts';
import { GAP, MARKER } from '../quoted-data.ts';
import { draftText, type Draft } from './draft.ts';

const ECHOES: readonly (readonly [RegExp, string])[] = [
  [/\bas an AI\b|\blanguage model(?:,| I)\b|\bI (?:cannot|can't|was asked)\b/iu, 'speaks as a model'],
  [
    /\b(?:the|this|your|these) (?:prompt|instructions? above|examples? (?:above|given|provided))\b/iu,
    'speaks of the prompt',
  ],
  // Inside a sentence real patents say it of their users.
  [/(?<=^|[.!?]\s)As (?:requested|instructed)\b|\bas (?:requested|instructed)$/mu, 'speaks of the prompt'],
  // Headings and rules of the prompt itself, which weak models write down as if they were the invention.
  [
    /\b(?:main discipline|start(?:ing|ed) point)\s*:|\bis a noun phrase\b|^(?:the )?(?:title|abstract) of (?:the |a )?patent document/imu,
    'repeats the prompt',
  ],
  [/\b(?:JSON (?:object|format|schema)|synthetic (?:patent|document)|EXAMPLE \d)\b/u, 'speaks of the prompt'],
  [
    /\b(?:insert|your) (?:title|abstract|claims?|text) here\b|\blorem ipsum\b|\[(?:insert|your)\b[^\]]*\]/iu,
    'is a form',
  ],
];

export function echoProblem(draft: Draft): Rejection | undefined {
  const text = draftText(draft);
  if (text.includes(MARKER)) return { reason: 'prompt-echo', detail: 'A marker of the prompt stands in it.' };
  if (text.includes(GAP))
    return { reason: 'prompt-echo', detail: `It has the mark ${GAP} of a word that was left out.` };
  for (const [pattern, what] of ECHOES) {
    const match = pattern.exec(text);
    if (match) return { reason: 'prompt-echo', detail: `It ${what}: “${match[0]}”.` };
  }
  return undefined;
}
