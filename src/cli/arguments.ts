/** The command line, parsed and checked before anything is loaded. A command's arguments are a file in `arguments/`. */
import { ADAPT_USAGE, parseAdapt, type AdaptCommand } from './arguments/adapt.ts';
import { CLASSIFY_USAGE, parseClassify, type ClassifyCommand } from './arguments/classify.ts';
import { EVALUATE_USAGE, parseEvaluate, type EvaluateCommand } from './arguments/evaluate.ts';
import { EXPORT_USAGE, parseExport, type ExportCommand } from './arguments/export.ts';
import { FINETUNE_USAGE, parseFinetune, type FinetuneCommand } from './arguments/finetune.ts';
import { GENERATE_USAGE, parseGenerate, type GenerateCommand } from './arguments/generate.ts';
import { FIDELITY_USAGE, parseFidelity, type FidelityCommand } from './arguments/fidelity.ts';
import { IMPORT_USAGE, parseImport, type ImportCommand } from './arguments/import.ts';
import { INSPECT_USAGE, parseInspect, type InspectCommand } from './arguments/inspect.ts';
import { LEAKAGE_USAGE, parseLeakage, type LeakageCommand } from './arguments/leakage.ts';
import { NUMERICS_USAGE, parseNumerics, type NumericsCommand } from './arguments/numerics.ts';
import { STUDY_USAGE, parseStudy, type StudyCommand } from './arguments/study.ts';
import { TRAIN_USAGE, parseTrain, type TrainCommand } from './arguments/train.ts';
import { usageError } from './arguments/options.ts';

const USAGES = [
  INSPECT_USAGE,
  IMPORT_USAGE,
  TRAIN_USAGE,
  CLASSIFY_USAGE,
  EVALUATE_USAGE,
  FINETUNE_USAGE,
  ADAPT_USAGE,
  EXPORT_USAGE,
  LEAKAGE_USAGE,
  GENERATE_USAGE,
  FIDELITY_USAGE,
  STUDY_USAGE,
  NUMERICS_USAGE,
];

export const USAGE = `patent-lab: classify patents against your own taxonomy, on your own machine.

${USAGES.join('\n')}

Results go to stdout, progress and notes to stderr. Exit code 1: documents failed, or generate
stopped before its end; 2: the command could not be carried out, or was cancelled; 3: leakage found warnings,
or the candidate of numerics did not pass.
`;

export type Command =
  | { readonly name: 'help' }
  | InspectCommand
  | ImportCommand
  | TrainCommand
  | ClassifyCommand
  | EvaluateCommand
  | FinetuneCommand
  | AdaptCommand
  | ExportCommand
  | LeakageCommand
  | GenerateCommand
  | FidelityCommand
  | StudyCommand
  | NumericsCommand;

export function parseCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv;
  if (argv.some((argument) => argument === '--help' || argument === '-h')) return { name: 'help' };
  switch (name) {
    case undefined:
    case 'help':
      return { name: 'help' };
    case 'inspect':
      return parseInspect(rest);
    case 'import':
      return parseImport(rest);
    case 'train':
      return parseTrain(rest);
    case 'classify':
      return parseClassify(rest);
    case 'evaluate':
      return parseEvaluate(rest);
    case 'finetune':
      return parseFinetune(rest);
    case 'adapt':
      return parseAdapt(rest);
    case 'export':
      return parseExport(rest);
    case 'leakage':
      return parseLeakage(rest);
    case 'generate':
      return parseGenerate(rest);
    case 'fidelity':
      return parseFidelity(rest);
    case 'study':
      return parseStudy(rest);
    case 'numerics':
      return parseNumerics(rest);
    default:
      throw usageError(`There is no command "${name}".`);
  }
}
