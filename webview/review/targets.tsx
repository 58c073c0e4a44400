/** How far each label is from its target: real documents, outputs that count, and outputs that wait for a verdict. */
import { useMemo } from 'preact/hooks';
import type { ReviewRow, ReviewViewState } from '../../src/protocol/review-view.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { integer } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import type { ReviewHost } from './app.tsx';
import { reaches, type Reach } from './rows.ts';
import './targets.css';

interface TargetsProps {
  readonly state: ReviewViewState;
  readonly rows: readonly ReviewRow[];
  readonly host: ReviewHost;
}

export function Targets({ state: { labels, use }, rows, host }: TargetsProps) {
  const [open, setOpen] = useSaved(host, 'targetsOpen', false);
  const all = useMemo(() => reaches(labels, rows, use), [labels, rows, use]);
  const reached = all.filter(({ label, counting }) => label.real + counting >= label.target).length;
  return (
    <div class="targets">
      <Disclosure
        look="inline"
        open={open}
        onToggle={setOpen}
        title={
          <span class="number">
            {plural(
              all.length,
              '{1} of {0} label has its target',
              '{1} of {0} labels have their target',
              integer(all.length),
              integer(reached),
            )}
          </span>
        }
      >
        <ul class="target-list">
          {all.map((reach) => (
            <Target key={reach.label.id} reach={reach} />
          ))}
        </ul>
        <p class="target-legend muted">
          <span class="key real">{t('real')}</span>
          <span class="key counting">{t('synthetic that count')}</span>
          <span class="key waiting">{t('synthetic that do not count yet')}</span>
        </p>
      </Disclosure>
    </div>
  );
}

function Target({ reach: { label, counting, waiting } }: { readonly reach: Reach }) {
  const whole = Math.max(label.target, label.real + counting + waiting, 1);
  const text = t(
    '{0} real, {1} synthetic that count, {2} that do not count yet; {3} wanted',
    integer(label.real),
    integer(counting),
    integer(waiting),
    integer(label.target),
  );
  return (
    <li class="target" title={text}>
      <span class="target-name">{label.name}</span>
      <span class="target-bar" aria-hidden="true">
        <span class="real" style={{ '--value': label.real / whole }} />
        <span class="counting" style={{ '--value': counting / whole }} />
        <span class="waiting" style={{ '--value': waiting / whole }} />
        <span class="target-tick" style={{ '--tick': label.target / whole }} />
      </span>
      <span class="target-number number" aria-label={text}>
        {t('{0} of {1}', integer(label.real + counting), integer(label.target))}
      </span>
    </li>
  );
}
