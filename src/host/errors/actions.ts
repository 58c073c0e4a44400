/** Which buttons an error offers: the shortest way from what went wrong to its remedy. */
import { unreachable, type ErrorReport } from '../../core/errors.ts';
import type { CommandId } from '../contributions.ts';
import { isTranscribed } from '../documents/kinds.ts';

export type ErrorAction =
  | { readonly kind: 'open-place' }
  | { readonly kind: 'command'; readonly command: CommandId }
  | { readonly kind: 'manage-trust' };

const OPEN: ErrorAction = { kind: 'open-place' };
const command = (id: CommandId): ErrorAction => ({ kind: 'command', command: id });
const LOG = command('patentLab.showLog');

/** Opening a transcribed file that cannot be read says the same again, unless the place lies in its transcription. */
const showsMore = (place: ErrorReport['place']): boolean =>
  place?.file !== undefined && (place.line !== undefined || !isTranscribed(place.file));

/** Nothing is offered for `cancelled`, which is not shown at all. */
export function errorActions(report: ErrorReport): readonly ErrorAction[] {
  const open = showsMore(report.place) ? [OPEN] : [];
  switch (report.code) {
    case 'cancelled':
    case 'file-not-found':
    case 'study-no-synthetic':
    case 'study-too-small':
    case 'study-arm-failed':
    case 'study-incomparable':
    case 'study-outcome-missing':
      return [];
    case 'usage':
    case 'corpus-empty':
    case 'numerics-incomparable':
    case 'corpus-unlabelled':
    case 'file-unreadable':
    case 'file-too-large':
    case 'file-empty':
    case 'not-a-patent':
    case 'unknown-format':
    case 'encoding-invalid':
    case 'xml-malformed':
    case 'xml-truncated':
    case 'xml-entities-refused':
    case 'xml-limits':
    case 'record-malformed':
    case 'record-duplicate':
    case 'table-no-columns':
    case 'taxonomy-invalid':
    case 'labels-unknown':
    case 'settings-invalid':
    case 'generation-plan-invalid':
    case 'generation-plan-changed':
    case 'generation-exists':
    case 'generation-running':
    case 'generation-document-missing':
    case 'study-invalid':
    case 'study-leaks':
    case 'study-edited':
      return open;
    case 'taxonomy-missing':
      return [command('patentLab.createFiles'), command('patentLab.openSamples')];
    case 'classifier-missing':
    case 'classifier-stale':
    case 'classifier-invalid':
    case 'classifier-encoder-mismatch':
    case 'classifier-weights-mismatch':
      return [command('patentLab.train')];
    case 'untrusted-workspace':
      return [{ kind: 'manage-trust' }];
    case 'model-unreachable':
    case 'model-missing':
    case 'model-rate-limited':
    case 'model-failed':
    case 'model-answer-invalid':
    case 'model-answer-too-large':
    case 'model-not-local':
    case 'model-not-consented':
    case 'model-not-configured':
    case 'model-download-failed':
    case 'generation-journal-damaged':
    case 'engine-died':
    case 'encoder-missing':
    case 'encoder-hash-mismatch':
    case 'encoder-unsupported':
    case 'adaptation-unsupported':
    case 'adaptation-too-small':
    case 'export-differs':
    case 'embeddings-invalid':
    case 'model-invalid':
    case 'model-operator-unknown':
    case 'model-quantised':
    case 'model-external-data':
    case 'provider-unavailable':
    case 'provider-failed':
    case 'model-too-large':
    case 'memory-insufficient':
    case 'training-diverged':
    case 'training-interrupted':
    case 'disk-full':
    case 'write-failed':
    case 'internal':
      return [...open, LOG];
    case 'model-unauthorised':
      return [command('patentLab.setModelKey'), LOG];
    case 'engine-unavailable':
      return [command('patentLab.restartEngine'), LOG];
    default:
      return unreachable(report.code);
  }
}
