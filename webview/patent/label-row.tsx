/** One label: its probability against its threshold, the analyst's decision, and its evidence when it is open. */
import type { Decision, Evidence } from '../../src/protocol/engine.ts';
import { Tag } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { percent } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { ProbabilityBar } from '../ui/meter.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { EvidenceDetails } from './evidence-details.tsx';
import { decisionOf, type Row } from './groups.ts';
import './label-row.css';
import { basisRemark, decidedDescription, rowDescription } from './wording.ts';

interface LabelRowProps {
  readonly row: Row;
  readonly evidence: Evidence | undefined;
  readonly expanded: boolean;
  readonly tabbable: boolean;
  readonly highlighted: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onDecide: (decision: Decision) => void;
  readonly onHighlight: () => void;
}

export function LabelRow(props: LabelRowProps) {
  const { row, expanded, tabbable, highlighted, onFocus, onToggle, onDecide } = props;
  const { state } = useView();
  const decision = decisionOf(row);
  const label = row.kind === 'predicted' ? row.label : undefined;
  const remark = label && basisRemark(label, state.classifier);
  const words = label ? rowDescription(label, state.classifier) : decidedDescription(row.name, decision);
  const description = highlighted ? `${words}, ${t('highlighted in the editor')}` : words;
  return (
    <div
      role="treeitem"
      class={`label ${decision ?? ''} ${highlighted ? 'highlighted' : ''}`}
      data-label={row.id}
      aria-label={description}
      aria-level={1}
      aria-expanded={label ? expanded : undefined}
      tabIndex={tabbable ? 0 : -1}
      onFocus={(event) => {
        if (event.target === event.currentTarget) onFocus();
      }}
    >
      <div class="label-line" onClick={label && onToggle}>
        {label ? <Icon name="chevron" class={expanded ? 'chevron open' : 'chevron'} /> : <span />}
        <span class="label-name">
          <span class="label-text" title={highlighted ? t('Highlighted in the editor') : undefined}>
            {row.name}
          </span>{' '}
          {remark && <Tag tooltip={remark.tooltip}>{remark.text}</Tag>}
          {!label && (
            <Tag tooltip={t('The classifier does not know this label yet.')}>{t('not predicted')}</Tag>
          )}
        </span>
        {label && (
          <>
            <span class="label-percent number">{percent(label.probability)}</span>
            <span
              class="label-bar"
              title={t('{0}, threshold {1}', percent(label.probability), percent(label.threshold))}
            >
              <ProbabilityBar
                probability={label.probability}
                threshold={label.threshold}
                tone={label.status}
              />
            </span>
          </>
        )}
        <span class="label-actions">
          <IconButton
            inRow
            class="accept"
            icon="check"
            label={t('Accept {0}', row.name)}
            shortcut="A"
            pressed={decision === 'accepted'}
            onPress={() => onDecide('accepted')}
          />
          <IconButton
            inRow
            class="reject"
            icon="close"
            label={t('Reject {0}', row.name)}
            shortcut="X"
            pressed={decision === 'rejected'}
            onPress={() => onDecide('rejected')}
          />
        </span>
      </div>
      {label && expanded && (
        <EvidenceDetails
          label={label}
          evidence={props.evidence}
          highlighted={highlighted}
          onHighlight={props.onHighlight}
        />
      )}
    </div>
  );
}
