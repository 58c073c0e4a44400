/** What a training would take, before it begins; and that it does not fit, where it does not. */
import type { FinetuneEstimate, TrainingSetup } from '../../src/protocol/training-view.ts';
import { integer } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { plural, t } from '../ui/strings.ts';
import { familyName, memory } from './wording.ts';

export function Setup({ setup }: { readonly setup: TrainingSetup }) {
  switch (setup.kind) {
    case 'estimating':
      return (
        <p class="training-estimating muted" role="status">
          <ProgressRing small label={t('Estimating')} /> {t('Finding out what training would take…')}
        </p>
      );
    case 'failed':
      return (
        <Notice tone="error">
          <p>{setup.error.message}</p>
          <p>{setup.error.remedy}</p>
        </Notice>
      );
    case 'frozen':
      return (
        <Notice tone="info">
          {t('The encoder stays as it is: only a head is trained, which takes seconds and has no curves.')}
        </Notice>
      );
    case 'ready':
      return <Estimate estimate={setup.estimate} />;
  }
}

function Estimate({ estimate }: { readonly estimate: FinetuneEstimate }) {
  const { family, encoder, documents, held, trained, epochs, steps, batch } = estimate;
  const fits = estimate.memory <= estimate.free;
  const rows = [
    [t('What is trained'), t('{0} of {1}, {2} numbers', familyName(family), encoder, integer(trained))],
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
    [t('Memory'), t('about {0}; {1} are free', memory(estimate.memory), memory(estimate.free))],
  ] as const;
  return (
    <>
      <dl class="training-estimate">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
      {!fits && (
        <Notice tone="error">
          {t(
            'It does not fit into memory. Set smaller batches (training.batch) in patent-lab.json, read less of each patent, or choose LoRA.',
          )}
        </Notice>
      )}
    </>
  );
}
