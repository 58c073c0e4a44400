/** Work of unknown length. Stands still where movement is unwanted. */
import './progress-ring.css';
import './toolkit.ts';
import { Icon } from './icons.tsx';
import { reducedMotion } from './motion.ts';

interface ProgressRingProps {
  readonly label: string;
  readonly small?: boolean;
}

export function ProgressRing({ label, small }: ProgressRingProps) {
  if (reducedMotion()) return <Icon name="loading" label={label} class="ring-still" />;
  return <vscode-progress-ring class={small ? 'ring small' : 'ring'} aria-label={label} />;
}
