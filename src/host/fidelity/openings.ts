/** How documents begin, read where a report says they stand: what a person sees who points at one. */
import { readFile } from 'node:fs/promises';
import type { Patent } from '../../core/patent/model.ts';
import type { DocumentPlace, Opening } from '../../protocol/fidelity-view.ts';

/** UTF-16 units of a document that are shown. [ours] */
const LENGTH = 420;

/** In the order asked for; a document that is no longer there has no text. Never rejects. */
export async function readOpenings(places: readonly DocumentPlace[]): Promise<readonly Opening[]> {
  const files = new Map<string, Promise<readonly Patent[]>>();
  return Promise.all(
    places.map(async ({ file, span }) => {
      const reading = files.get(file) ?? patentsOf(file);
      files.set(file, reading);
      const patents = await reading;
      const patent = patents.find(({ source }) => source.span.start === span.start) ?? only(patents);
      return { file, span, text: patent && openingOf(patent) };
    }),
  );
}

/** A file of one document is that document, wherever its span was said to start. */
const only = (patents: readonly Patent[]): Patent | undefined =>
  patents.length === 1 ? patents[0] : undefined;

async function patentsOf(file: string): Promise<readonly Patent[]> {
  try {
    const [{ readSlices }, text] = await Promise.all([
      import('../documents/read-slices.ts'),
      readFile(file, 'utf8'),
    ]);
    return (await readSlices(text, file, () => true, { tables: [] }))?.patents ?? [];
  } catch {
    return [];
  }
}

/** The abstract; without one the first claim, and without claims the description. */
function openingOf({ abstract, claims, description }: Patent): string {
  const text = abstract?.text ?? claims[0]?.text ?? description.map((one) => one.text).join(' ');
  if (text.length <= LENGTH) return text;
  const cut = text.slice(0, LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LENGTH - 40))}…`;
}
