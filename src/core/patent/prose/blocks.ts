/** Groups the lines of a prose document into blocks (paragraphs) and gives each the part of the patent it belongs to. */
import type { Section } from '../model.ts';
import { claimsLanguage } from './headings.ts';
import type { ProseLine } from './lines.ts';

/** `back`: date, signature and witnesses behind the claims. */
export type Part = Section | 'front' | 'back';

/** Lines without a blank line between them. */
export interface Block {
  readonly part: Part;
  readonly heading: boolean;
  /** Of claims: the language of their heading. */
  readonly language?: string;
  readonly lines: readonly ProseLine[];
}

/** A printed count such as "12 Claims, 4 Drawing Sheets" belongs to no part. */
const SHEET_COUNT = /^\s*\d+\s+Claims?,\s+(?:\d+|No)\s+Drawing\s*(?:Sheets?|Figures?|s)?\W*$/i;
/** Headings that only say that the description begins. */
const BARE_DESCRIPTION = /^\W*(?:description|specification|beschreibung)\W*$/i;

export function blocksOf(lines: Iterable<ProseLine>): Block[] {
  const blocks: Block[] = [];
  let part: Part = 'front';
  let level = 0;
  let language = 'en';
  let open: ProseLine[] = [];
  const close = (): void => {
    if (open.length > 0) {
      blocks.push({ part, heading: false, lines: open, ...(part === 'claims' ? { language } : {}) });
    }
    // A title is one paragraph; what follows it before the first section is front page again.
    if (part === 'title' && open.length > 0) part = 'front';
    open = [];
  };
  for (const line of lines) {
    if (line.kind === 'aside' || line.kind === 'noise') continue;
    if (line.kind === 'blank' || line.kind === 'end') {
      close();
      if (line.kind === 'end') part = 'back';
    } else if (SHEET_COUNT.test(line.text)) {
      close();
      // The count stands at the foot of the front page, whose last text is the abstract.
      if (part === 'abstract') part = 'front';
    } else if (line.kind === 'text') {
      open.push(line);
    } else {
      close();
      const outer = line.level !== undefined && level > 0 && line.level <= level;
      const next: Part = line.section ?? (outer ? 'description' : part);
      if (line.section !== undefined) level = line.level ?? 0;
      part = next;
      if (line.section === 'claims') language = claimsLanguage(line.text);
      const says = part === 'description' && !BARE_DESCRIPTION.test(line.text);
      if (line.text === '') continue;
      if (says || line.section === undefined) blocks.push({ part, heading: true, lines: [line] });
    }
  }
  close();
  return blocks;
}
