/** The Labels tab: filter and actions, the groups of labels, and the nearest labelled patents. */
import { useRef, useState } from 'preact/hooks';
import type { ActiveDocument } from '../../src/protocol/patent-view.ts';
import { IconButton } from '../ui/button.tsx';
import { Combobox } from '../ui/combobox.tsx';
import { percent } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import type { AppProps } from './app.tsx';
import { useView } from './context.ts';
import { groupLabels } from './groups.ts';
import { LabelList } from './label-list.tsx';
import './labels-tab.css';
import { Neighbours } from './neighbours.tsx';

interface LabelsTabProps {
  readonly result: Extract<ActiveDocument, { kind: 'classified' }>;
  readonly host: AppProps['host'];
}

export function LabelsTab({ result, host }: LabelsTabProps) {
  const { state, send } = useView();
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const [showAll, setShowAll] = useSaved(host, 'showAll', false);
  const [expanded, setExpanded] = useSaved(host, 'expanded', undefined);
  const [adding, setAdding] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const { prediction, decided = [] } = result;
  const groups = groupLabels(prediction.labels, { filter, all: showAll, decided });

  const stopAdding = (how: 'chosen' | 'escape' | 'left'): void => {
    setAdding(false);
    if (how !== 'left') area.current?.querySelector<HTMLElement>('.add-label')?.focus();
  };
  const decisions = new Map(decided.map(({ id, decision }) => [id, decision]));
  const predicted = new Map(prediction.labels.map((label) => [label.id, label]));
  const addable = state.taxonomy
    .filter(({ id }) => (predicted.get(id)?.decision ?? decisions.get(id)) !== 'accepted')
    .map(({ id, name }) => {
      const label = predicted.get(id);
      return { id, text: name, detail: label && percent(label.probability) };
    });

  return (
    <div class="labels-tab" ref={area}>
      <div class="labels-tools">
        {adding ? (
          <Combobox
            label={t('Add a label')}
            placeholder={t('Add a label from the taxonomy')}
            nothing={t('No label of the taxonomy matches.')}
            options={addable}
            onChoose={(label) => {
              send({ kind: 'decide', label, decision: 'accepted' });
              stopAdding('chosen');
            }}
            onClose={stopAdding}
          />
        ) : (
          <FilterField
            label={t('Filter labels')}
            placeholder={t('Filter labels')}
            value={filter}
            onChange={setFilter}
            onLeave={() =>
              area.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus()
            }
          />
        )}
        {/* While the list is open, a press must not take the focus from it: that would close it before the click. */}
        <span
          onMouseDown={(event) => {
            if (adding) event.preventDefault();
          }}
        >
          <IconButton
            class="add-label"
            icon={adding ? 'close' : 'add'}
            label={adding ? t('Cancel') : t('Add a label')}
            expanded={adding}
            onPress={() => setAdding(!adding)}
          />
        </span>
      </div>
      <LabelList
        result={result}
        groups={groups}
        filter={filter}
        expanded={expanded}
        onExpand={setExpanded}
        showAll={showAll}
        onShowAll={setShowAll}
      />
      {prediction.neighbours && (
        <Neighbours neighbours={prediction.neighbours} labels={prediction.labels} taxonomy={state.taxonomy} />
      )}
    </div>
  );
}
