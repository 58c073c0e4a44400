/** `inspect`: what is read from patent files. */
import { inspect, type InspectedPatent } from '../../core/patent/inspect.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { readError } from '../../engine/files/errors.ts';
import { expandPath, readFileDocuments } from '../../engine/files/read-documents.ts';
import type { InspectCommand } from '../arguments/inspect.ts';
import { Failures } from '../exit-code.ts';
import { noteProblems, print, printJson } from '../output.ts';

export async function inspectCommand(command: InspectCommand): Promise<number> {
  const failures = new Failures();
  let documents = 0;
  for (const target of command.files) {
    for await (const { file, outcome } of readAll(target)) {
      documents++;
      if (outcome.kind === 'failure') {
        failures.add(outcome.error.report());
        if (command.json) printJson({ file, index: outcome.index, error: outcome.error.report() });
        else noteProblems([outcome.error.report()]);
      } else if (command.json) {
        printJson({ file, ...inspect(outcome.patent) });
      } else {
        print(summary(file, inspect(outcome.patent)));
      }
    }
  }
  return failures.exitCode(documents);
}

/**
 * Every document of a file or a folder, with the file it stands in (a member of an archive); a path that is not there
 * is a failure like any other.
 */
async function* readAll(target: string): AsyncGenerator<{ file: string; outcome: ReadOutcome }> {
  try {
    for (const file of await expandPath(target)) {
      for await (const outcome of readFileDocuments(file)) {
        const place = outcome.kind === 'patent' ? outcome.patent.source.file : outcome.error.place?.file;
        yield { file: place ?? file, outcome };
      }
    }
  } catch (cause) {
    yield { file: target, outcome: { kind: 'failure', error: readError(target, cause), index: 0 } };
  }
}

function summary(file: string, patent: InspectedPatent): string {
  const independent = patent.claims.filter((claim) => claim.dependsOn.length === 0).length;
  return [
    `${patent.id}  ${patent.title ?? '(no title)'}`,
    `  ${file} · ${patent.format} · ${[patent.office, patent.kind, patent.language].filter(Boolean).join(' ')}`,
    `  abstract ${patent.abstract?.length ?? 0} characters · ${patent.claims.length} claims (${independent} independent) · description ${patent.description?.length ?? 0} characters`,
    ...(patent.classifications.length > 0
      ? [`  ${patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`).join(', ')}`]
      : []),
    ...patent.gaps.map((gap) => `  gap: ${gap.message}`),
  ].join('\n');
}
