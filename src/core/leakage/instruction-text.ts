/**
 * Text that speaks to a language model instead of a reader. Patents about language models speak *of* prompts, so only
 * the imperative addressed to a model counts, in the wordings that injections use (English, German, French, Chinese,
 * Japanese), and the control tokens of chat templates.
 */
import type { Span } from '../text/span.ts';

export interface InstructionText extends Span {
  /** What it does, for a person: `asks to ignore earlier instructions`. */
  readonly does: string;
}

const FORGET = 'asks to ignore earlier instructions';
const ROLE = 'tells a language model what it is';
const LABEL = 'tells a classifier what to answer';
const TEMPLATE = 'is a control token of a chat template';
const TURN = 'looks like a turn of a chat';
const REVEAL = 'asks for the hidden instructions of a model';

const PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    FORGET,
    /\b(?:ignore|disregard|forget|override)\s+(?:(?:all|any|every|of|the|your|my|these|those)\s+){0,3}(?:previous|prior|above|preceding|earlier|foregoing|existing|system)\s+(?:instructions?|prompts?|directions?|messages?|guidelines)\b/giu,
  ],
  [
    FORGET,
    /\b(?:ignoriere|ignorieren\s+sie|missachte|vergiss|vergessen\s+sie)\s+(?:bitte\s+)?(?:alle|die|deine|ihre)?\s*(?:bisherigen|vorherigen|vorigen|obigen|früheren|vorangegangenen)\s+(?:anweisungen|instruktionen|befehle)(?!\p{L})/giu,
  ],
  [
    FORGET,
    /(?<!\p{L})(?:ignore[zr]?|oublie[zr]?)\s+(?:toutes?\s+)?(?:les|tes|vos)\s+(?:instructions|consignes)\s+(?:précédentes|antérieures|ci-dessus)(?!\p{L})/giu,
  ],
  [
    FORGET,
    /(?:忽略|无视|無視|忘记|忘掉)(?:之前|以上|上述|前面|先前)(?:的)?(?:所有|全部|一切)?(?:的)?(?:指令|指示|提示)/gu,
  ],
  [
    FORGET,
    /(?:これまで|以前|上記|前)の(?:すべての|全ての)?(?:指示|命令|プロンプト)を(?:すべて|全て)?(?:無視|忘れ)/gu,
  ],
  [
    ROLE,
    /\b(?:you\s+are|act\s+as|you\s+must\s+act\s+as)\s+(?:now\s+)?(?:an?\s+|the\s+)?(?:\p{L}+\s+){0,2}?(?:(?:large\s+)?language\s+model|LLM|AI\s+(?:assistant|model|language\s+model)|chat\s?bot|chatgpt|helpful\s+assistant)\b/giu,
  ],
  [ROLE, /\bas\s+an\s+AI\s+(?:language\s+)?model,?\s+(?:I|you)\b/giu],
  [
    ROLE,
    /(?<!\p{L})(?:du\s+bist|sie\s+sind)\s+(?:jetzt\s+|nun\s+)?ein(?:e)?\s+(?:\p{L}+\s+)?(?:sprachmodell|ki-assistent|ki-modell)(?!\p{L})/giu,
  ],
  [
    ROLE,
    /(?<!\p{L})(?:tu\s+es|vous\s+êtes)\s+(?:maintenant\s+)?un\s+(?:grand\s+)?(?:modèle\s+de\s+langage|assistant\s+IA)(?!\p{L})/giu,
  ],
  [ROLE, /你(?:现在)?是(?:一个|一個)?(?:大型?)?(?:语言模型|語言模型|人工智能助手|AI助手)/gu],
  [ROLE, /あなたは(?:今)?(?:大規模)?(?:言語モデル|AIアシスタント)/gu],
  [
    LABEL,
    /\b(?:classify|label|categori[sz]e|tag)\s+(?:this|the\s+(?:present|above|following))\s+(?:document|patent|text|abstract|application)\s+(?:only\s+)?(?:as|under|with\s+the\s+label)\b/giu,
  ],
  [
    LABEL,
    /\b(?:the\s+correct|your)\s+(?:label|answer|classification|output)\s+(?:is|must\s+be|should\s+be)\s*:/giu,
  ],
  [
    LABEL,
    /\b(?:respond|answer|reply|output)\s+only\s+with\s+(?:the\s+(?:label|word|class|category|json|abstract|title)|yes|no|json)\b/giu,
  ],
  [
    LABEL,
    /(?<!\p{L})(?:klassifiziere|klassifizieren\s+sie)\s+(?:dieses|das)\s+(?:dokument|patent)\s+als(?!\p{L})/giu,
  ],
  [
    LABEL,
    /(?<!\p{L})(?:classe[zr]?|classifie[zr]?)\s+ce\s+(?:document|brevet|texte)\s+(?:comme|dans)(?!\p{L})/giu,
  ],
  [LABEL, /(?:将|把)(?:本|这份|该|此)(?:文档|文件|专利)(?:分类|归类|标记)为/gu],
  [LABEL, /(?:この|本)(?:文書|特許)を.{1,40}(?:に|と)分類(?:して|せよ)/gu],
  [
    TEMPLATE,
    /<\|(?:im_start|im_end|im_sep|system|user|assistant|endoftext|begin_of_text|end_of_text|eot_id|start_header_id|end_header_id|endofprompt)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>/gu,
  ],
  [
    TURN,
    /(?:^|\n)[ \t]*(?:#{1,4}[ \t]*)?(?:system(?:[ \t]+prompt)?|assistant)[ \t]*:[ \t]*(?=(?:you|your|ignore|please|always|never|du|sie|vous|tu)(?!\p{L}))/giu,
  ],
  [TURN, /(?:^|\n)[ \t]*#{2,4}[ \t]*(?:instruction|response|system)s?[ \t]*:?[ \t]*(?=\n|$)/giu],
  [
    REVEAL,
    /\b(?:reveal|print|repeat|show)\s+(?:me\s+)?(?:your|the)\s+(?:hidden\s+|secret\s+)?(?:system\s+prompt|initial\s+instructions)\b/giu,
  ],
];

/** A cheap look first: most text holds none of these. */
const HINT =
  /ignor|disregard|forget|overrid|missacht|vergiss|vergessen|oubli|忽略|无视|無視|忘|you\s+are|act\s+as|AI|du\s+bist|sie\s+sind|tu\s+es|vous\s|你|あなた|classif|klassifiz|label|categori|tag\s|class|answer|respond|reply|output|为|分類|<\||\[\/?INST|<<|_of_turn|system|assistant|#{2}|reveal|print|repeat|show/iu;

/** Instruction-like passages in reading order; overlapping ones count once. */
export function instructionText(text: string): InstructionText[] {
  if (!HINT.test(text)) return [];
  const found = PATTERNS.flatMap(([does, pattern]) =>
    Array.from(text.matchAll(pattern), ({ 0: match, index }): InstructionText => {
      const blank = match.length - match.trimStart().length;
      return { start: index + blank, end: index + match.trimEnd().length, does };
    }),
  ).sort((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return found.filter((one) => {
    const isNew = one.start >= end;
    end = Math.max(end, one.end);
    return isNew;
  });
}
