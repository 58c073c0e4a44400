/** Why an execution provider cannot be used, in words: ONNX Runtime's own are traces with the paths of its build. */
import { PatentLabError } from '../../core/errors.ts';
import { PROVIDER_NAMES, type Accelerator } from '../../protocol/numerics.ts';

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [
    /failed to load (shared )?library|cannot open shared object|LoadLibrary failed/i,
    'its libraries cannot be loaded',
  ],
  [
    /backend not found|no available backend|not enabled in this build/i,
    'this build of ONNX Runtime does not have it',
  ],
  [
    /no supported adapters|failed to get a webgpu adapter|RequestAdapter/i,
    'there is no graphics adapter that it supports',
  ],
  [
    /no cuda-capable device|cuda driver version is insufficient|cudaErrorNoDevice|CUDA failure 100\b/i,
    'there is no CUDA device, or its driver is too old',
  ],
  [/out of memory|bad_alloc|failed to allocate|CUDA failure 2\b/i, 'its memory does not suffice'],
  [/cudnn/i, 'cuDNN cannot be used'],
];

/** Longest part of an unknown message that is told. [ours] */
const TOLD = 200;

/** A clause without a full stop. */
export function failureReason(message: string): string {
  const known = KNOWN.find(([pattern]) => pattern.test(message));
  if (known) return known[1];
  const [line = ''] = message.split('\n');
  const withoutPlaces = line
    .replace(/\S*[\\/]\S+\.(?:cc|h|cpp|so|dll)\S*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return `ONNX Runtime says “${withoutPlaces.slice(0, TOLD)}”`;
}

/** The same of anything thrown; our own errors are told as they are. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof PatentLabError) return cause.message.replace(/\.$/, '');
  return failureReason(cause instanceof Error ? cause.message : String(cause));
}

export const providerUnavailable = (
  provider: Accelerator,
  reason: string,
  setUp: readonly string[] = [],
): PatentLabError =>
  new PatentLabError({
    code: 'provider-unavailable',
    message: `${PROVIDER_NAMES[provider]} cannot be used here: ${reason}.`,
    remedy:
      setUp.length === 0
        ? 'The CPU does the work; nothing else has to be changed.'
        : `To install it: ${setUp.join(' && ')}`,
  });

/** It was there, and failed on a text. */
export const providerFailed = (name: string, cause: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'provider-failed',
      message: `${name} failed while it encoded a text: ${reasonOf(cause)}.`,
      remedy: 'It is not used. Update its driver and check again, or stay with the CPU.',
    },
    { cause },
  );
