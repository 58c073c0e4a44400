/** What the review says while there is nothing to review. */
import type { ReviewViewState } from '../../src/protocol/review-view.ts';
import { Button } from '../ui/button.tsx';
import { t } from '../ui/strings.ts';
import { useReview } from './context.ts';

export function Empty({ state: { loaded, run } }: { readonly state: ReviewViewState }) {
  const { send } = useReview();
  if (!loaded) return <p class="review-empty muted">{t('Reading the synthetic documents…')}</p>;
  if (run.kind !== 'idle')
    return <p class="review-empty muted">{t('The first outputs appear here in a moment.')}</p>;
  return (
    <div class="review-empty">
      <p>{t('This folder has no synthetic patents yet.')}</p>
      <p class="muted">
        {t('They are written for labels that have too few documents, by the model you choose.')}
      </p>
      <Button primary onPress={() => send({ kind: 'generate' })}>
        {t('Generate Synthetic Patents…')}
      </Button>
    </div>
  );
}
