/** What a reviewer does beside verdicts: edits of a record in its file. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../../core/errors.ts';
import { shapeProblem } from '../../../core/generation/answer/shape.ts';
import type { DocumentText, EditDocumentParams, ReviewDocument } from '../../../protocol/generation.ts';
import { readError } from '../../files/errors.ts';
import { writeFileAtomically } from '../../files/write.ts';
import { findSynthetic, standingWorkspace } from '../../workspace/standing-workspace.ts';
import { parseRecord } from '../storage/documents.ts';
import { RunLock } from '../storage/lock.ts';
import { reviewDocument } from './document.ts';

/**
 * Replaces title, abstract, claims and description of one record; the other lines of the file stay byte for byte. The
 * model's own answer stays in the run's journal, and the record says that it was edited.
 */
export async function editDocument({ root, id, text }: EditDocumentParams): Promise<ReviewDocument> {
  const edited = trimmed(text);
  const problem = shapeProblem(edited);
  if (problem)
    throw new PatentLabError({
      code: 'record-malformed',
      message: `The edited text is no patent document: ${problem.detail}`,
      remedy: 'Correct the text; nothing was saved.',
    });
  const document = findSynthetic(await standingWorkspace(root), id);
  const { file } = document.patent.source;
  const lock = await RunLock.take(root, path.basename(file, path.extname(file)));
  try {
    const content = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw readError(file, cause);
    });
    await writeFileAtomically(file, replaced(content, id, edited, file));
  } finally {
    await lock.release();
  }
  return reviewDocument({ root, id });
}

function replaced(content: string, id: string, text: DocumentText, file: string): string {
  const lines = content.split('\n');
  const at = lines.findIndex((line) => parseRecord(line)?.id === id);
  const record = parseRecord(lines[at] ?? '');
  if (!record)
    throw new PatentLabError({
      code: 'generation-document-missing',
      message: `${file} has no record ${id} (any more).`,
      remedy: 'Open the review anew.',
      place: { file },
    });
  const { title, abstract, claims, description } = text;
  const before = typeof record['provenance'] === 'object' ? record['provenance'] : { kind: 'synthetic' };
  lines[at] = JSON.stringify({
    ...record,
    title,
    abstract,
    claims,
    // Undefined takes the field out.
    description: description === '' ? undefined : description.split(/\n+/u),
    provenance: { ...before, edited: { at: new Date().toISOString() } },
  });
  return lines.join('\n');
}

const trimmed = ({ title, abstract, claims, description }: DocumentText): DocumentText => ({
  title: title.trim(),
  abstract: abstract.trim(),
  claims: claims.map((claim) => claim.trim()).filter((claim) => claim !== ''),
  description: description.trim(),
});
