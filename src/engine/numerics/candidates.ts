/** The two encoders of a numerics check, opened from what a person named. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { CandidateKind } from '../../core/numerics/verdict.ts';
import { PROVIDER_NAMES, type NumericsCandidate, type Provider } from '../../protocol/numerics.ts';
import type { EncoderSource } from '../classifier/encoder-source.ts';
import { Encoder } from '../encoder/encoder.ts';
import { encoderName, sha256OfFile } from '../encoder/spec.ts';
import { readError } from '../files/errors.ts';
import { reasonOf, providerUnavailable } from './failure.ts';
import { modelPrecision } from './precision.ts';
import type { Providers } from './providers.ts';

export interface OpenSide {
  readonly encoder: Encoder;
  readonly provider: Provider;
  /** For people. */
  readonly name: string;
}

export interface OpenPair {
  readonly kind: CandidateKind;
  readonly reference: OpenSide;
  readonly candidate: OpenSide;
  readonly notes: readonly string[];
  release(): Promise<void>;
}

interface PairRequest {
  readonly requested: NumericsCandidate;
  /** The encoder the classifier works with. */
  readonly own: EncoderSource;
  /** Folder of the encoder that is held to be right; by default the classifier's own, or the one in single precision. */
  readonly reference?: string;
}

/** @throws PatentLabError `provider-unavailable`, `numerics-incomparable`, and what is wrong with a model. */
export async function openPair(
  { requested, own, reference }: PairRequest,
  providers: Providers,
): Promise<OpenPair> {
  const source: EncoderSource =
    reference === undefined
      ? own
      : { folder: reference, load: (provider) => Encoder.load(reference, { provider }) };
  const base = side(await source.load('cpu'), 'cpu');
  const opened = [base];
  try {
    const candidate =
      requested.kind === 'provider'
        ? await openProvider(requested.provider, source, providers)
        : await openModel(requested.path, source.folder);
    opened.push(candidate);
    const kind: CandidateKind = requested.kind === 'provider' ? 'execution' : 'precision';
    const [right, held, notes] = ordered(base, candidate, kind, reference !== undefined);
    refuseOtherShape(right, held);
    const release = async (): Promise<void> => {
      await Promise.all([right.encoder.release(), held.encoder.release()]);
    };
    return { kind, reference: right, candidate: held, notes, release };
  } catch (cause) {
    await Promise.all(opened.map(({ encoder }) => encoder.release()));
    throw cause;
  }
}

const side = (encoder: Encoder, provider: Provider, model = encoderName(encoder.spec)): OpenSide => ({
  encoder,
  provider,
  name: `${model} on ${provider === 'cpu' ? 'the CPU' : PROVIDER_NAMES[provider]}`,
});

async function openProvider(
  provider: Exclude<Provider, 'cpu'>,
  { load }: EncoderSource,
  providers: Providers,
): Promise<OpenSide> {
  const standing = await providers.standing(provider);
  if (standing.state !== 'ready') throw providerUnavailable(provider, standing.reason, standing.setUp);
  try {
    return side(await providers.open(provider, load), provider);
  } catch (cause) {
    throw providerUnavailable(provider, reasonOf(cause));
  }
}

/** A folder is an encoder of its own; a file takes the place of the model in the reference's folder. */
async function openModel(named: string, beside: string): Promise<OpenSide> {
  const found = await stat(named).catch((cause: unknown) => {
    throw readError(named, cause);
  });
  if (found.isDirectory()) return side(await Encoder.load(named), 'cpu');
  const bytes = await readFile(named).catch((cause: unknown) => {
    throw readError(named, cause);
  });
  const variant = {
    file: path.resolve(named),
    sha256: await sha256OfFile(named),
    precision: modelPrecision(bytes),
  };
  try {
    const encoder = await Encoder.load(beside, { variant });
    return side(encoder, 'cpu', `${path.basename(named)} (${variant.precision})`);
  } catch (cause) {
    if (cause instanceof PatentLabError) throw cause;
    throw new PatentLabError(
      {
        code: 'model-invalid',
        message: `ONNX Runtime cannot load ${path.basename(named)}: ${reasonOf(cause)}.`,
        remedy: 'Export it again, or choose another model.',
        place: { file: named },
      },
      { cause },
    );
  }
}

/** Single precision is the reference, whichever of the two was named as the candidate. */
function ordered(
  base: OpenSide,
  candidate: OpenSide,
  kind: CandidateKind,
  chosen: boolean,
): readonly [OpenSide, OpenSide, readonly string[]] {
  const precision = ({ encoder }: OpenSide): string => encoder.spec.precision;
  if (kind === 'precision' && !chosen && precision(base) !== 'fp32' && precision(candidate) === 'fp32') {
    return [
      candidate,
      base,
      [
        'The model that was named is the one in single precision, so it is the reference and the encoder in use is held against it.',
      ],
    ];
  }
  const notes =
    precision(base) === 'fp32'
      ? []
      : [
          `The reference calculates in ${precision(base)}, not in fp32: the check tells whether the two agree, not whether either is right.`,
        ];
  return [base, candidate, notes];
}

function refuseOtherShape(reference: OpenSide, candidate: OpenSide): void {
  const [ours, theirs] = [reference.encoder.spec, candidate.encoder.spec];
  if (ours.dimension === theirs.dimension && ours.id === theirs.id) return;
  throw new PatentLabError({
    code: 'numerics-incomparable',
    message:
      ours.id === theirs.id
        ? `The embeddings of ${candidate.name} have ${theirs.dimension} numbers, those of the reference ${ours.dimension}.`
        : `${candidate.name} is another model than the reference ${reference.name}: their embeddings do not compare.`,
    remedy: 'Name the same model in another precision, or an execution provider.',
  });
}
