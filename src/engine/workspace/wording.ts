/** What went wrong in a training, in the words of a workspace: the command line's options are no remedy there. */
import path from 'node:path';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError, type ErrorCode } from '../../core/errors.ts';

/** What is trained: the part of `patent-lab.json` that says how. */
export type Trained = 'training' | 'adaptation';

type Remedies = Readonly<Partial<Record<ErrorCode, string>>>;

const ENCODER: Remedies = {
  'encoder-missing':
    'Choose a folder with an encoder: encoder.json, the ONNX model that it names (in single precision, where the encoder is trained), and tokenizer.json.',
  'encoder-hash-mismatch':
    "Get the encoder's files again from where they came. Where you changed the model yourself, correct its hash in encoder.json.",
};

const REMEDIES: Readonly<Record<Trained, Remedies>> = {
  training: {
    ...ENCODER,
    'corpus-unlabelled':
      'Label more documents, or train a head on the encoder as it is ("Patent Lab: Choose What Is Trained").',
    'memory-insufficient': `Set smaller batches (training.batch in ${WORKSPACE_CONFIG_FILE}), read less of each patent, train adapters (LoRA) only, or end other programs.`,
    'model-operator-unknown':
      'Export the encoder in fp32 without runtime-specific optimisation, take another one, or train only a head.',
    'model-quantised':
      'Only a head can be trained on it. To train the encoder, take the fp32 export of the same one.',
    'training-diverged': `Set a lower rate (training.rate in ${WORKSPACE_CONFIG_FILE}) and train anew; nothing was replaced.`,
    'training-interrupted':
      'Start anew, which forgets what the interrupted one had done, or train with its documents and settings.',
  },
  adaptation: {
    ...ENCODER,
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
  },
};

export async function inWorkspaceWords<T>(
  trained: Trained,
  root: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof PatentLabError)) throw cause;
    const remedy = REMEDIES[trained][cause.code];
    if (remedy !== undefined) throw new PatentLabError({ ...cause.report(), remedy }, { cause });
    // Layers that the encoder does not have are named in the workspace's settings.
    const isSetting = trained === 'training' && cause.code === 'usage';
    throw isSetting ? cause.in(path.join(root, WORKSPACE_CONFIG_FILE)) : cause;
  }
}
