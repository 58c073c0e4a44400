/** The labels that are named in the text with their colours; pressing one shows its marks alone. */
import { useState } from 'preact/hooks';
import type { LabelLeakage } from '../../src/protocol/leakage-view.ts';
import { Tag } from '../ui/badge.tsx';
import { IconButton, TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { listedLabels } from './leakage-model.ts';
import './leakage-legend.css';
import { labelCounts, standingName } from './leakage-wording.ts';

/** How many labels stand there before "Show all". */
const FIRST = 6;

interface LegendProps {
  readonly labels: readonly LabelLeakage[];
  /** Label whose marks are shown; all without one. */
  readonly selected: string | undefined;
  readonly onSelect: (label: string | undefined) => void;
}

export function Legend({ labels, selected, onSelect }: LegendProps) {
  const { send } = useView();
  const [all, setAll] = useState(false);
  const named = listedLabels(labels);
  if (named.length === 0) return null;
  const shown = named.filter(({ id }, index) => all || index < FIRST || id === selected);
  return (
    <section class="leakage-legend">
      <div class="group-heading">
        <h2 class="section-heading">
          {t('Labels')} <span class="count number">{integer(named.length)}</span>
        </h2>
        {selected === undefined ? (
          <TextButton
            class="legend-action"
            tooltip={t('Replace every name and keyword by [MASK]')}
            onPress={() => send({ kind: 'leakage-mask', scope: 'document' })}
          >
            {t('Mask all')}
          </TextButton>
        ) : (
          <TextButton class="legend-action" onPress={() => onSelect(undefined)}>
            {t('Show all labels')}
          </TextButton>
        )}
      </div>
      <ul>
        {shown.map((label) => (
          <LegendRow
            key={label.id}
            label={label}
            pressed={selected === label.id}
            faded={selected !== undefined && selected !== label.id}
            onPress={() => onSelect(selected === label.id ? undefined : label.id)}
            onMask={() => send({ kind: 'leakage-mask', scope: 'label', label: label.id })}
          />
        ))}
      </ul>
      {named.length > FIRST && (
        <TextButton class="show-all" onPress={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {0}', integer(named.length))}
        </TextButton>
      )}
    </section>
  );
}

interface LegendRowProps {
  readonly label: LabelLeakage;
  readonly pressed: boolean;
  readonly faded: boolean;
  readonly onPress: () => void;
  readonly onMask: () => void;
}

function LegendRow({ label, pressed, faded, onPress, onMask }: LegendRowProps) {
  const standing = standingName(label.standing);
  const named = label.names + label.keywords > 0;
  return (
    <li class={faded ? 'legend-row faded' : 'legend-row'} style={{ '--hue': label.hue }}>
      <button
        type="button"
        class="legend-label"
        aria-pressed={pressed}
        disabled={!named}
        title={pressed ? t('Show all labels') : t('Show the marks of {0} alone', label.name)}
        onClick={onPress}
      >
        <span class="legend-swatch" aria-hidden="true" />
        <span class="legend-name">
          <span class={label.standing === 'labelled' ? 'legend-text own' : 'legend-text'}>{label.name}</span>{' '}
          {standing !== undefined && <Tag>{standing}</Tag>}
        </span>
        <span class="legend-counts muted number">{labelCounts(label)}</span>
      </button>
      {named && (
        <IconButton
          icon="mask"
          class="legend-mask"
          label={t('Mask the words of {0}', label.name)}
          onPress={onMask}
        />
      )}
    </li>
  );
}
