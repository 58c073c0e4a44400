/** A document is being classified: what happens now, and the way to stop it. */
import { Button } from '../ui/button.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import './running.css';

interface RunningProps {
  readonly message: string;
  /** The last result is still shown: stand at the foot of the view, where nothing moves. */
  readonly atFoot?: boolean;
}

export function Running({ message, atFoot }: RunningProps) {
  const { send } = useView();
  return (
    <div class={atFoot ? 'running foot' : 'running'}>
      <ProgressRing small label={t('Classifying')} />
      <span class="running-message" role="status">
        {message}
      </span>
      <Button small onPress={() => send({ kind: 'cancel' })}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
