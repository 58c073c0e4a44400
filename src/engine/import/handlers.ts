/** What the engine answers about importing. */
import path from 'node:path';
import { inspect } from '../../core/patent/inspect.ts';
import type {
  ImportParams,
  ImportResult,
  PreviewedRecord,
  PreviewImportParams,
  ProposeMappingParams,
  TableFacts,
} from '../../protocol/import.ts';
import type { Task } from '../task.ts';
import { importCorpus } from './import-corpus.ts';
import { progressText } from './progress.ts';
import { rememberedTables } from './remembered.ts';
import { sourceDocuments } from './sources.ts';
import { isSameHeader, tableFacts } from './tables.ts';

export async function handleProposeMapping({ root, path: file }: ProposeMappingParams): Promise<TableFacts> {
  return tableFacts(file, await rememberedTables(root));
}

/** Reads no further than the records that are asked for. */
export async function handlePreviewImport(
  params: PreviewImportParams,
): Promise<{ readonly records: readonly PreviewedRecord[] }> {
  const records: PreviewedRecord[] = [];
  const tables = [{ ...params.mapping, header: [...params.header] }];
  for await (const outcome of sourceDocuments(params.path, { tables, skip: 0 })) {
    records.push(
      outcome.kind === 'patent'
        ? { kind: 'patent', patent: inspect(outcome.patent), bibliography: outcome.patent.bibliography }
        : { kind: 'failed', error: outcome.error.report() },
    );
    if (records.length >= params.records) break;
  }
  return { records };
}

/** Progress is told in bytes, with the rest in words. */
export async function handleImport(params: ImportParams, task: Task): Promise<ImportResult> {
  const { root, sources, out, format, existing, restart } = params;
  const remembered = (await rememberedTables(root)).filter(
    ({ header }) => !params.tables.some((given) => isSameHeader(given.header, header)),
  );
  return importCorpus(
    {
      sources: sources.map((source) => path.resolve(root, source)),
      out: path.resolve(root, out),
      format,
      existing,
      restart,
      tables: [...remembered, ...params.tables],
      onProgress: (progress) => task.progress(progressText(progress), progress.bytes, progress.totalBytes),
    },
    task,
  );
}
