/** `import`: files, folders and archives become one corpus. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { bindMapping, isTable, parseMapping, tableFacts } from '../../engine/import/tables.ts';
import { importCorpus } from '../../engine/import/import-corpus.ts';
import { duration, integer, megabytes, progressText } from '../../engine/import/progress.ts';
import { inputFiles } from '../../engine/import/sources.ts';
import { readError } from '../../engine/files/errors.ts';
import { isCancelled } from '../../engine/task.ts';
import type { ImportResult, RememberedMapping } from '../../protocol/import.ts';
import type { ImportCommand } from '../arguments/import.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function importCommand(command: ImportCommand): Promise<number> {
  if (command.kind === 'propose') {
    const { proposal } = await tableFacts(path.resolve(command.file), []);
    print(JSON.stringify(proposal, undefined, 2));
    return 0;
  }
  const { sources, out, format, existing, restart } = command;
  const task = terminalTask();
  const tables = command.map === undefined ? [] : await mappedTables(command.map, sources, out);
  const result = await importCorpus(
    {
      sources,
      out,
      format,
      existing,
      restart,
      tables,
      onProgress: (progress) => task.progress(progressText(progress)),
    },
    task,
  )
    .catch((cause: unknown) => {
      if (isCancelled(cause)) throw stopped(out);
      throw cause;
    })
    .finally(endProgress);
  if (command.json) printJson(result);
  else print(summary(result));
  noteProblems(result.problems);
  const unlisted = result.problemCount - result.problems.length;
  if (unlisted > 0) note(`${integer(unlisted)} more problems stand in ${result.problemsFile ?? ''}.`);
  return result.failed > 0 ? 1 : 0;
}

const stopped = (out: string): PatentLabError =>
  new PatentLabError({
    code: 'cancelled',
    message: `Stopped. What was read stands beside ${out}.`,
    remedy: 'The same command goes on from there; --restart begins anew.',
  });

/** `--map` is the mapping itself or a file with it. */
async function mappedTables(
  given: string,
  sources: readonly string[],
  out: string,
): Promise<readonly RememberedMapping[]> {
  const mapping = /\.json$/i.test(given)
    ? parseMapping(
        await readFile(given, 'utf8').catch((cause: unknown) => {
          throw readError(given, cause);
        }),
        given,
      )
    : parseMapping(given);
  return bindMapping(mapping, (await inputFiles(sources, path.resolve(out))).filter(isTable));
}

function summary(result: ImportResult): string {
  const { records, added, resumed, failed, duplicateIds, sameText, withGaps, groups, grouped } = result;
  const { bytes, seconds, files, problemsFile } = result;
  const read = `${integer(files)} ${files === 1 ? 'file' : 'files'}, ${megabytes(bytes)} MB in ${duration(seconds)}`;
  return [
    `${integer(records)} records in ${result.out} (${read})`,
    ...(added < records ? [`  ${integer(added)} of them are new`] : []),
    ...(resumed > 0 ? [`  continued an interrupted import after ${integer(resumed)} records`] : []),
    ...(groups > 0
      ? [`  ${integer(grouped)} share a text or a family with others: ${integer(groups)} groups`]
      : []),
    ...(sameText > 0
      ? [`  ${integer(sameText)} have the text of an earlier record; they are kept, in its group`]
      : []),
    ...(withGaps > 0
      ? [`  ${integer(withGaps)} have parts that could not be taken over; each states which`]
      : []),
    ...(duplicateIds > 0 ? [`  ${integer(duplicateIds)} left out: their ids were there already`] : []),
    ...(failed > 0 ? [`  ${integer(failed)} could not be read`] : []),
    ...(problemsFile === undefined ? [] : [`  problems: ${problemsFile}`]),
  ].join('\n');
}
