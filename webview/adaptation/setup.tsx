/** What an adaptation would take, before it begins. */
import type { AdaptationEstimate, AdaptationSetup } from '../../src/protocol/adaptation-view.ts';
import { Estimate, Estimating, NotEstimated } from '../learning/estimate.tsx';
import { familyName } from '../learning/wording.ts';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { goalName } from './wording.ts';

export function Setup({ setup }: { readonly setup: AdaptationSetup }) {
  switch (setup.kind) {
    case 'estimating':
      return <Estimating />;
    case 'failed':
      return <NotEstimated error={setup.error} />;
    case 'ready':
      return <Ready {...setup} />;
  }
}

interface ReadyProps {
  readonly estimate: AdaptationEstimate;
  readonly measuring: boolean;
}

function Ready({ estimate, measuring }: ReadyProps) {
  const { plan, encoder, documents, used, held, trained, steps, seconds, notes } = estimate;
  return (
    <>
      <Estimate
        rows={[
          [
            t('What is trained'),
            t('{0} of {1}, {2} numbers', familyName(plan.family), encoder, integer(trained)),
          ],
          [t('What it learns'), goalName(plan.goal)],
          [
            t('Patents'),
            t(
              '{0} of {1} in this folder, of which {2} are held out to choose the epoch',
              integer(used),
              integer(documents),
              integer(held),
            ),
          ],
          [
            t('Steps'),
            t(
              '{0} at most, in {1} of {2} patents each',
              integer(steps),
              plural(plan.epochs, '{0} epoch', '{0} epochs', integer(plan.epochs)),
              integer(plan.batch),
            ),
          ],
        ]}
        seconds={measuring ? 'measuring' : seconds}
        memory={estimate.memory}
        free={estimate.free}
        tooLarge={
          plan.family === 'lora'
            ? t(
                'It does not fit into memory. Set smaller batches (adaptation.batch) in patent-lab.json, or take a smaller encoder.',
              )
            : t(
                'It does not fit into memory. Choose LoRA, set smaller batches (adaptation.batch) in patent-lab.json, or take a smaller encoder.',
              )
        }
      />
      {notes.map((note) => (
        <p key={note} class="learning-note muted">
          {note}
        </p>
      ))}
    </>
  );
}
