/** What went wrong in the words of a workspace: the command line's options are no remedy there. */
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError, type ErrorCode } from '../../core/errors.ts';

const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  'adaptation-too-small':
    'Add patents to the workspace: they need no labels. For pairs each needs both texts, and batches of two or more.',
  'adaptation-unsupported': 'Tell pairs of texts apart instead of guessing words, or take another encoder.',
  'memory-insufficient': `Train adapters (LoRA) only, set smaller batches (adaptation.batch in ${WORKSPACE_CONFIG_FILE}), or end other programs.`,
  'model-operator-unknown':
    'Export the encoder in fp32 without runtime-specific optimisation, or take another one.',
  'model-quantised':
    'An encoder can be adapted in single precision only: take the fp32 export of the same one.',
  'training-diverged': `Set a lower rate (adaptation.rate in ${WORKSPACE_CONFIG_FILE}) and adapt anew; nothing was replaced.`,
  'training-interrupted':
    'Start anew, which forgets what the interrupted one had done, or choose another name.',
  'encoder-missing':
    'Choose a folder with an encoder in single precision: encoder.json, the ONNX model it names, and tokenizer.json.',
};

export async function inWorkspaceWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const remedy = cause instanceof PatentLabError ? REMEDIES[cause.code] : undefined;
    if (!(cause instanceof PatentLabError) || remedy === undefined) throw cause;
    throw new PatentLabError({ ...cause.report(), remedy }, { cause });
  }
}
