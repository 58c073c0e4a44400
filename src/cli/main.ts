/** `patent-lab`: the engine without VS Code, for scripts and CI. Results go to stdout, everything else to stderr. */
import { toErrorReport } from '../core/errors.ts';
import { parseCommand, USAGE } from './arguments.ts';
import { adaptCommand } from './commands/adapt.ts';
import { classifyCommand } from './commands/classify.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { generateCommand } from './commands/generate.ts';
import { fidelityCommand } from './commands/fidelity.ts';
import { exportCommand } from './commands/export.ts';
import { finetuneCommand } from './commands/finetune.ts';
import { importCommand } from './commands/import.ts';
import { inspectCommand } from './commands/inspect.ts';
import { leakageCommand } from './commands/leakage.ts';
import { numericsCommand } from './commands/numerics.ts';
import { studyCommand } from './commands/study.ts';
import { trainCommand } from './commands/train.ts';
import { note, placedMessage, print } from './output.ts';

/** Exit codes: 0 done; 1 documents failed, or `generate` stopped before its end; 2 the command could not be carried out; 3 leakage found warnings, or the candidate of `numerics` did not pass. */
async function main(): Promise<number> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      print(USAGE);
      return 0;
    case 'import':
      return importCommand(command);
    case 'inspect':
      return inspectCommand(command);
    case 'train':
      return trainCommand(command);
    case 'classify':
      return classifyCommand(command);
    case 'evaluate':
      return evaluateCommand(command);
    case 'adapt':
      return adaptCommand(command);
    case 'export':
      return exportCommand(command);
    case 'finetune':
      return finetuneCommand(command);
    case 'leakage':
      return leakageCommand(command);
    case 'generate':
      return generateCommand(command);
    case 'fidelity':
      return fidelityCommand(command);
    case 'study':
      return studyCommand(command);
    case 'numerics':
      return numericsCommand(command);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (cause: unknown) => {
    const report = toErrorReport(cause);
    note(`${placedMessage(report)}\n${report.remedy}`);
    if (report.code === 'internal' && cause instanceof Error && cause.stack) note(cause.stack);
    process.exitCode = 2;
  },
);

// `patent-lab … | head` closes the pipe early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
