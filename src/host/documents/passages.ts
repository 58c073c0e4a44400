/**
 * The passages of a patent in reading order, each with a key, and which of them stands at a place of the source: what
 * the outline, the hovers and the preview share.
 */
import type { Claim, Paragraph, Passage, Patent, Section } from '../../core/patent/model.ts';
import type { Span } from '../../core/text/span.ts';

/** The patent's texts in one language. */
export interface Version {
  readonly language?: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  readonly description: readonly Paragraph[];
}

export interface Located {
  /** Unique in the patent: language version, section, place in the section (`0:claims:3`). */
  readonly key: string;
  readonly version: Version;
  readonly section: Section;
  readonly passage: Passage;
  /** Where the passage is a claim. */
  readonly claim?: Claim;
}

/** The document's own language first. */
export const versionsOf = (patent: Patent): readonly Version[] => [patent, ...patent.translations];

export const passageKey = (version: number, section: Section, index: number): string =>
  `${version}:${section}:${index}`;

export function passagesOf(patent: Patent): Located[] {
  return versionsOf(patent).flatMap((version, at) => {
    const single = (section: 'title' | 'abstract'): Located[] => {
      const passage = version[section];
      return passage ? [{ key: passageKey(at, section, 0), version, section, passage }] : [];
    };
    return [
      ...single('title'),
      ...single('abstract'),
      ...version.claims.map((claim, index): Located => {
        const key = passageKey(at, 'claims', index);
        return { key, version, section: 'claims', passage: claim, claim };
      }),
      ...version.description.map((passage, index): Located => {
        const key = passageKey(at, 'description', index);
        return { key, version, section: 'description', passage };
      }),
    ];
  });
}

/** The passage an offset of the source stands in, the shortest where one stands inside another. */
export function passageAt(patent: Patent, offset: number): Located | undefined {
  let best: Located | undefined;
  for (const located of passagesOf(patent)) {
    const { span } = located.passage;
    if (offset < span.start || offset > span.end) continue;
    if (best === undefined || length(span) < length(best.passage.span)) best = located;
  }
  return best;
}

/** The passage at an offset, or the first one behind it. */
export function passageFrom(patent: Patent, offset: number): Located | undefined {
  const at = passageAt(patent, offset);
  if (at) return at;
  let best: Located | undefined;
  for (const located of passagesOf(patent)) {
    const { start } = located.passage.span;
    if (start < offset) continue;
    if (best === undefined || start < best.passage.span.start) best = located;
  }
  return best;
}

/** The patent of a file that an offset of the file stands in; between two, the one before. */
export function patentAt(patents: readonly Patent[], offset: number): Patent | undefined {
  return patents.findLast(({ source }) => source.span.start <= offset) ?? patents[0];
}

/** The text offset that a source offset corresponds to; in source that produced no text, where the text goes on. */
export function textOffset({ text, map }: Passage, source: number): number {
  let before = 0;
  for (const run of map.runs) {
    if (source >= run.source + run.length) before = Math.max(before, run.text + run.length);
    else if (source >= run.source) return run.text + (source - run.source);
  }
  return Math.min(before, text.length);
}

const length = ({ start, end }: Span): number => end - start;
