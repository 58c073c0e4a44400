/** What is reviewed, how far the review is, and which outputs count. */
import type { ReviewViewState, SyntheticUse } from '../../src/protocol/review-view.ts';
import { Button } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { useReview } from './context.ts';
import './header.css';
import type { Counts } from './rows.ts';
import { useExplained, useName } from './wording.ts';

const USES: readonly SyntheticUse[] = ['accepted', 'all', 'none'];

interface HeaderProps {
  readonly state: ReviewViewState;
  readonly counts: Counts;
}

export function Header({ state: { folder, use, run }, counts }: HeaderProps) {
  const { send } = useReview();
  const judged = counts.accepted + counts.rejected;
  const total = judged + counts.new;
  const busy = run.kind === 'running' || run.kind === 'sampling';
  return (
    <header class="review-header">
      <div class="review-titles">
        <h1>{t('Synthetic patents of {0}', folder)}</h1>
        <p class="review-facts muted number" role="status">
          <span>{t('{0} of {1} reviewed', integer(judged), integer(total))}</span>
          <span class="standing-accepted">{t('{0} accepted', integer(counts.accepted))}</span>
          <span class="standing-rejected">{t('{0} rejected', integer(counts.rejected))}</span>
          {counts.invalid > 0 && <span>{t('{0} refused by the checks', integer(counts.invalid))}</span>}
        </p>
      </div>
      <div class="review-use">
        <Dropdown
          label={t('Which synthetic documents count as labelled: {0}', useExplained(use))}
          value={use}
          options={USES.map((value) => ({ value, text: useName(value) }))}
          onChange={(value) => send({ kind: 'set-use', use: value })}
        />
        <Button icon="add" disabled={busy} onPress={() => send({ kind: 'generate' })}>
          {t('Generate…')}
        </Button>
      </div>
    </header>
  );
}
