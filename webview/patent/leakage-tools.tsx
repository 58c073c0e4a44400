/** Text or list, and the way from one place to the next; stays in sight while the text is scrolled. */
import { IconButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import type { SavedState } from './saved-state.ts';
import './leakage-tools.css';

export type Layout = SavedState['leakageLayout'];

interface ToolsProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  /** Position of the place that was walked to. */
  readonly current: number | undefined;
  readonly places: number;
  readonly onWalk: (by: 1 | -1) => void;
}

export function Tools({ layout, onLayout, current, places, onWalk }: ToolsProps) {
  return (
    <div class="leakage-tools">
      <div class="switch" role="radiogroup" aria-label={t('Show findings')}>
        <Choice value="text" text={t('In the text')} layout={layout} onLayout={onLayout} />
        <Choice value="list" text={t('As a list')} layout={layout} onLayout={onLayout} />
      </div>
      <span class="walk">
        <span class="muted number" role="status">
          {current === undefined ? integer(places) : t('{0} of {1}', integer(current + 1), integer(places))}
        </span>
        <IconButton icon="previous" label={t('Previous finding')} shortcut="P" onPress={() => onWalk(-1)} />
        <IconButton icon="next" label={t('Next finding')} shortcut="N" onPress={() => onWalk(1)} />
      </span>
    </div>
  );
}

interface ChoiceProps {
  readonly value: Layout;
  readonly text: string;
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
}

function Choice({ value, text, layout, onLayout }: ChoiceProps) {
  const checked = value === layout;
  return (
    <button
      type="button"
      role="radio"
      class="switch-choice"
      aria-checked={checked}
      tabIndex={checked ? 0 : -1}
      onClick={() => onLayout(value)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        const other = value === 'text' ? 'list' : 'text';
        event.currentTarget.parentElement?.querySelector<HTMLElement>('[aria-checked="false"]')?.focus();
        onLayout(other);
      }}
    >
      {text}
    </button>
  );
}
