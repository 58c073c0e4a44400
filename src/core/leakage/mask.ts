/**
 * Replaces labels' words by a token and nothing else (METHODS 4), keeping the way back into the unmasked text and into
 * the source, so that what a classifier saw can be shown where it stands.
 */
import type { Claim, Paragraph, Passage, Patent, Translation } from '../patent/model.ts';
import { OffsetMap, sliceMapped, type Run } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import type { TermMatcher } from './terms/matcher.ts';

/** Default of this tool: the token of BERT's own pre-training task. */
export const MASK_TOKEN = '[MASK]';

export interface MaskedText {
  readonly text: string;
  /** From the masked text to the unmasked one. A position in a token maps to the range it stands for. */
  readonly map: OffsetMap;
  /** From the unmasked text to the masked one. */
  readonly inverse: OffsetMap;
  /** What was masked, in the unmasked text, ascending and apart. */
  readonly spans: readonly Span[];
  /** Where their tokens stand, in the masked text. */
  readonly tokens: readonly Span[];
}

/** Masks the spans; overlapping, nested and touching ones become one token. Empty spans are left out. */
export function mask(text: string, spans: readonly Span[], token = MASK_TOKEN): MaskedText {
  const apart = merged(spans, text.length);
  let masked = '';
  const runs: Run[] = [];
  const tokens: Span[] = [];
  let from = 0;
  const keep = (end: number): void => {
    if (end > from) runs.push({ text: masked.length, source: from, length: end - from });
    masked += text.slice(from, end);
  };
  for (const { start, end } of apart) {
    keep(start);
    runs.push({ text: masked.length, source: start, length: 0 });
    tokens.push({ start: masked.length, end: masked.length + token.length });
    masked += token;
    runs.push({ text: masked.length, source: end, length: 0 });
    from = end;
  }
  keep(text.length);
  const inverse = runs.map((run) => ({ text: run.source, source: run.text, length: run.length }));
  return { text: masked, map: new OffsetMap(runs), inverse: new OffsetMap(inverse), spans: apart, tokens };
}

function merged(spans: readonly Span[], length: number): Span[] {
  const sorted = spans
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const apart: { start: number; end: number }[] = [];
  for (const span of sorted) {
    const last = apart.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else apart.push({ ...span });
  }
  return apart;
}

export interface MaskOptions {
  /** Positions of the labels whose words are masked; all without it. */
  readonly labels?: ReadonlySet<number>;
  /** ISO 639-1 code of the text. */
  readonly language?: string;
  /** Default {@link MASK_TOKEN}. */
  readonly token?: string;
}

/**
 * Masks the labels' words in a text until none is left. Tokens that already stand in the text are never touched, even
 * where a label is called "mask", so masking twice is masking once.
 */
export function maskTerms(text: string, matcher: TermMatcher, options: MaskOptions = {}): MaskedText {
  const { token = MASK_TOKEN, labels, language } = options;
  const scan = { ...(labels ? { labels } : {}), ...(language === undefined ? {} : { language }) };
  let done = mask(text, [], token);
  for (;;) {
    const tokens = occurrences(done.text, token);
    const found = matcher.scan(done.text, scan).filter((match) => !touches(match, tokens));
    if (found.length === 0) return done;
    // A word that an allowed phrase exempted shows itself when the rest of the phrase is masked; so it is looked again.
    const more = found.flatMap((match) => done.map.toSource(match) ?? []);
    done = mask(text, [...done.spans, ...more], token);
  }
}

function occurrences(text: string, token: string): Span[] {
  const spans: Span[] = [];
  if (token === '') return spans;
  for (let at = text.indexOf(token); at !== -1; at = text.indexOf(token, at + token.length)) {
    spans.push({ start: at, end: at + token.length });
  }
  return spans;
}

/** @param tokens ascending and apart. */
function touches({ start, end }: Span, tokens: readonly Span[]): boolean {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  const next = tokens[low];
  return next !== undefined && next.start < end;
}

/** A patent whose texts are masked; every passage still maps into the source of the original. */
export function maskPatent(
  patent: Patent,
  matcher: TermMatcher,
  options: Omit<MaskOptions, 'language'> = {},
): Patent {
  const texts = { ...patent, language: patent.language ?? 'en' };
  return {
    ...patent,
    ...maskedTexts(texts, matcher, options),
    translations: patent.translations.map((translation) => ({
      ...translation,
      ...maskedTexts(translation, matcher, options),
    })),
  };
}

function maskedTexts(
  { title, abstract, claims, description, language }: Translation,
  matcher: TermMatcher,
  options: MaskOptions,
): { title?: Passage; abstract?: Passage; claims: Claim[]; description: Paragraph[] } {
  const one = <P extends Passage>(passage: P): P => maskPassage(passage, matcher, { ...options, language });
  return {
    ...(title ? { title: one(title) } : {}),
    ...(abstract ? { abstract: one(abstract) } : {}),
    claims: claims.map(one),
    description: description.map(one),
  };
}

function maskPassage<P extends Passage>(passage: P, matcher: TermMatcher, options: MaskOptions): P {
  const masked = maskTerms(passage.text, matcher, options);
  if (masked.spans.length === 0) return passage;
  return { ...passage, text: masked.text, map: composed(masked, passage) };
}

/** From the masked text over the unmasked one into the source. */
function composed({ map, spans, tokens }: MaskedText, passage: Passage): OffsetMap {
  const runs: Run[] = [];
  for (const run of map.runs) {
    if (run.length === 0) continue;
    const kept = sliceMapped(passage, run.source, run.source + run.length);
    for (const part of kept.map.runs) runs.push({ ...part, text: part.text + run.text });
  }
  spans.forEach((span, at) => {
    // The borders of a token: where in the source the masked words begin and end.
    const [source, token] = [passage.map.toSource(span), tokens[at]];
    if (source === undefined || token === undefined) return;
    runs.push({ text: token.start, source: source.start, length: 0 });
    runs.push({ text: token.end, source: source.end, length: 0 });
  });
  return new OffsetMap(runs.sort((a, b) => a.text - b.text || a.source - b.source || a.length - b.length));
}
