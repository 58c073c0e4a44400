/** Decisions that the classifier has not seen yet, at the foot of the view where it moves nothing. */
import { Button } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './training-hint.css';

export function TrainingHint() {
  const { state, send } = useView();
  const count = state.decisionsSinceTraining;
  if (count === 0) return null;
  const trained = state.classifier?.metrics !== undefined;
  const text = trained
    ? plural(count, '{0} decision since training', '{0} decisions since training', integer(count))
    : plural(count, '{0} decision to train on', '{0} decisions to train on', integer(count));
  return (
    <div class="foot training-hint" role="status">
      <span class="number">{text}</span>
      <Button small onPress={() => send({ kind: 'train' })}>
        {trained ? t('Re-train') : t('Train')}
      </Button>
    </div>
  );
}
