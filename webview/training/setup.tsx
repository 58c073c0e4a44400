/** What a fine-tuning would take, before it begins. */
import type { FinetuneEstimate, TrainingSetup } from '../../src/protocol/training-view.ts';
import { Estimate, Estimating, fits, NotEstimated } from '../learning/estimate.tsx';
import { familyName } from '../learning/wording.ts';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';

/**
 * Whether an encoder can be trained; what the estimate fails at, training would fail at, too. Only a head is trained
 * without this panel's curves.
 */
export function mayTrain(setup: TrainingSetup | undefined): boolean {
  switch (setup?.kind) {
    case undefined:
    case 'estimating':
      return true;
    case 'frozen':
    case 'failed':
      return false;
    case 'ready':
      return fits(setup.estimate);
  }
}

export function Setup({ setup }: { readonly setup: TrainingSetup }) {
  switch (setup.kind) {
    case 'estimating':
      return <Estimating />;
    case 'failed':
      return <NotEstimated error={setup.error} />;
    case 'frozen':
      return (
        <Notice tone="info">
          {t('The encoder stays as it is: only a head is trained, which takes seconds and has no curves.')}
        </Notice>
      );
    case 'ready':
      return <Ready {...setup} />;
  }
}

interface ReadyProps {
  readonly estimate: FinetuneEstimate;
  readonly measuring: boolean;
}

function Ready({ estimate, measuring }: ReadyProps) {
  const { family, layers, encoder, documents, held, trained, epochs, steps, batch } = estimate;
  return (
    <Estimate
      rows={[
        [
          t('What is trained'),
          t('{0} of {1}, {2} numbers', familyName(family, layers), encoder, integer(trained)),
        ],
        [
          t('Documents'),
          t('{0}, of which {1} are held out to choose the epoch', integer(documents), integer(held)),
        ],
        [
          t('Steps'),
          t(
            '{0} at most, in {1} of {2} documents each; then as many again at most, on all documents',
            integer(steps),
            plural(epochs, '{0} epoch', '{0} epochs', integer(epochs)),
            integer(batch),
          ),
        ],
      ]}
      seconds={measuring ? 'measuring' : estimate.seconds}
      memory={estimate.memory}
      free={estimate.free}
      tooLarge={
        family === 'lora'
          ? t(
              'It does not fit into memory. Set smaller batches (training.batch) in patent-lab.json, or read less of each patent.',
            )
          : t(
              'It does not fit into memory. Set smaller batches (training.batch) in patent-lab.json, read less of each patent, or choose LoRA.',
            )
      }
    />
  );
}
