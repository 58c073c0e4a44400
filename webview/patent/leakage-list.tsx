/** Findings one under the other: grouped by severity, or those that stand in no text. */
import { useState } from 'preact/hooks';
import type { ShownFinding } from '../../src/protocol/leakage-view.ts';
import { TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { FindingActions } from './leakage-actions.tsx';
import { useFindingLabels } from './leakage-labels.ts';
import './leakage-list.css';
import { findingText, kindIcon, kindName } from './leakage-wording.ts';

/** How many findings of a group stand there before "Show all". */
const FIRST_FINDINGS = 12;

interface FindingListProps {
  readonly title: string;
  /** Positions of the findings to show. */
  readonly entries: readonly number[];
  readonly findings: readonly ShownFinding[];
  /** Number of the first entry among the places that are walked. */
  readonly first: number;
  readonly onCurrent: (place: number) => void;
}

export function FindingList({ title, entries, findings, first, onCurrent }: FindingListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, FIRST_FINDINGS);
  return (
    <section class="finding-group">
      <div class="group-heading">
        <h3 class="section-heading">
          {title} <span class="count number">{integer(entries.length)}</span>
        </h3>
      </div>
      <ul>
        {shown.map((index, at) => {
          const finding = findings[index];
          if (!finding) return null;
          const place = first + at;
          return <FindingRow key={index} finding={finding} place={place} onFocus={() => onCurrent(place)} />;
        })}
      </ul>
      {entries.length > FIRST_FINDINGS && (
        <TextButton class="show-all" onPress={() => setAll(!all)}>
          {all ? t('Show fewer') : t('Show all {0}', integer(entries.length))}
        </TextButton>
      )}
    </section>
  );
}

interface FindingRowProps {
  readonly finding: ShownFinding;
  readonly place: number;
  readonly onFocus: () => void;
}

function FindingRow({ finding, place, onFocus }: FindingRowProps) {
  const { send } = useView();
  const labels = useFindingLabels();
  const label = finding.label === undefined ? undefined : labels(finding.label);
  return (
    <li class="finding" style={label ? { '--hue': label.hue } : undefined}>
      <button
        type="button"
        class="finding-main"
        data-place={place}
        title={t('Show in the editor')}
        onFocus={onFocus}
        onClick={() => send({ kind: 'reveal', span: finding.span })}
      >
        <Icon
          name={kindIcon(finding.kind)}
          label={kindName(finding.kind)}
          class={`finding-icon ${finding.severity}`}
        />
        <span class="finding-words">
          <span class="finding-line">
            <span class={`run ${finding.kind} ${label ? 'hued' : ''}`}>{findingText(finding)}</span>{' '}
            {label && <span class="finding-label">{label.name}</span>}
          </span>
          <span class="finding-reason muted">{finding.reason}</span>
          {finding.related?.passage !== undefined && (
            <span class="finding-passage muted">{finding.related.passage}</span>
          )}
        </span>
      </button>
      <FindingActions finding={finding} compact />
    </li>
  );
}
