/** The headings patents are divided by, in English, German and French, and the sentences that introduce claims. */
import type { Section } from '../model.ts';

const HEADINGS: readonly (readonly [Section, RegExp])[] = [
  [
    'title',
    /^title(?: of (?:the )?invention)?$|^bezeichnung(?: der erfindung)?$|^titre(?: de l['’]invention)?$/,
  ],
  ['abstract', /^abstract(?: of the (?:disclosure|invention))?$|^zusammenfassung$|^abrégé(?: descriptif)?$/],
  [
    'claims',
    /^(?:the )?claims?$|^(?:listing|list) of claims$|^(?:patent)?ansprüche$|^revendications?$|^(?:what|that which) (?:is|i|we) claim(?:ed)?(?: (?:as|and) .{1,60})?(?: is)?$|^(?:the )?invention (?:being )?claimed is$|^(?:i|we|i\/we)(?: hereby| therefore)? claim(?: as (?:my|our) invention| the following)?$|^having (?:thus )?described .{0,80} claim(?:ed)? is$/,
  ],
  [
    'description',
    /^(?:detailed |full |general |further )?description(?: of .{1,80})?$|^(?:patent )?specification$|^beschreibung$|^(?:technical )?field(?: of (?:the )?(?:invention|disclosure|application))?$|^background(?: art| information| and summary| of (?:the )?(?:invention|disclosure|related art))?$|^(?:brief )?summary(?: of (?:the )?(?:invention|disclosure|embodiments))?$|^brief description of (?:the )?(?:drawings?|figures?|several views.{0,40})$|^drawings?$|^(?:the )?(?:invention|disclosure)$|^cross[- ]reference.{0,80}$|^related applications?$|^priority$|^statement (?:regarding|of) .{0,80}$|^(?:preferred |exemplary )?embodiments?$|^examples?$|^prior art$|^description of (?:related|prior) art$|^technisches gebiet$|^stand der technik$|^domaine technique$/,
  ],
];
/** A heading with its text on the same line: "Abstract: A device …". */
const INLINE: readonly (readonly [Section, RegExp])[] = [
  ['title', /^(?:\(?54\)?\s*)?(?:title(?: of (?:the )?invention)?|bezeichnung)\s*:\s*(?=\S)/i],
  ['title', /^\(54\)\s*(?=\S)/],
  [
    'abstract',
    /^(?:\(?57\)?\s*)?(?:abstract(?: of the disclosure)?|zusammenfassung|abrégé)\s*(?:[:—–]|\.\s*[-—–])\s*(?=\S)/i,
  ],
  // The European Patent Office prints the code alone.
  ['abstract', /^[([]57[)\]]\s*(?:abstract\s+)?(?=(?:\S+\s+){4}\S)/i],
  ['claims', /^(?:claims|(?:patent)?ansprüche|revendications)\s*:\s*(?=\d)/i],
  [
    'claims',
    /^(?:what is claimed is|the invention claimed is|(?:i|we|i\/we) claim)\s*[:.]?\s*(?=\d+\s*[.)])/i,
  ],
];
/** INID codes, section numbers and decoration around a heading. */
const DECORATION = /^(?:\(?\d{2}\)|\d{1,2}\s+(?=\p{Lu})|[IVX]{1,4}\.|\d{1,2}\.)?\s*|[\s:.\-–—]+$/gu;
const LONGEST_HEADING = 140;

/** The section that a line opens as its heading. */
export function sectionOfHeading(line: string): Section | undefined {
  if (line.length > LONGEST_HEADING) return undefined;
  const plain = line.trim().replace(DECORATION, '').replace(/\s+/g, ' ').toLowerCase();
  return HEADINGS.find(([, pattern]) => pattern.test(plain))?.[0];
}

/** The language of the claims behind a heading: the EPO prints them in three, one after the other. */
export function claimsLanguage(heading: string): string {
  if (/anspr/i.test(heading)) return 'de';
  return /revendic/i.test(heading) ? 'fr' : 'en';
}

export interface InlineHeading {
  readonly section: Section;
  /** Length of the heading; the section's text follows. */
  readonly length: number;
}

export function inlineHeading(line: string): InlineHeading | undefined {
  for (const [section, pattern] of INLINE) {
    const match = pattern.exec(line);
    if (match) return { section, length: match[0].length };
  }
  return undefined;
}

/** Whether a line is set as a heading: without a single small letter. */
export const isCapitals = (line: string): boolean => /\p{Lu}/u.test(line) && !/\p{Ll}/u.test(line);

/** The same for recognised text, where a capital may have come out small. */
export function isNearlyCapitals(line: string): boolean {
  const small = line.match(/\p{Ll}/gu)?.length ?? 0;
  const large = line.match(/\p{Lu}/gu)?.length ?? 0;
  return large > 0 && small <= MOST_SMALL * large;
}

const MOST_SMALL = 0.12;
