/** Text or list, and the way from one place to the next; stays in sight while the text is scrolled. */
import { IconButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { Switch } from '../ui/switch.tsx';
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
      <Switch
        label={t('Show findings')}
        value={layout}
        options={[
          { value: 'text', text: t('In the text') },
          { value: 'list', text: t('As a list') },
        ]}
        onChange={onLayout}
      />
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
