/** The groups of labels as one list for the keyboard: arrows run over all rows, whatever group they stand in. */
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { ActiveDocument } from '../../src/protocol/patent-view.ts';
import { Announcer } from '../ui/announcer.tsx';
import { TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { hasModifier, step } from '../ui/roving.ts';
import { t } from '../ui/strings.ts';
import { useView } from './context.ts';
import { decisionOf, FIRST_REST, type Group, type GroupId, type Row, toggled, undecided } from './groups.ts';
import './label-list.css';
import { LabelRow } from './label-row.tsx';
import { rowElement, useKeptFocus } from './row-focus.ts';
import { decisionName } from './wording.ts';

interface LabelListProps {
  readonly result: Extract<ActiveDocument, { kind: 'classified' }>;
  readonly groups: readonly Group[];
  readonly filter: string;
  readonly expanded: string | undefined;
  readonly onExpand: (label: string | undefined) => void;
  readonly showAll: boolean;
  readonly onShowAll: (all: boolean) => void;
}

export function LabelList({
  result,
  groups,
  filter,
  expanded,
  onExpand,
  showAll,
  onShowAll,
}: LabelListProps) {
  const { state, send } = useView();
  const list = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const [announcement, setAnnouncement] = useState('');
  const rows = groups.flatMap((group) => group.rows);
  const tabbable = rows.some((row) => row.id === current) ? current : rows[0]?.id;
  useKeptFocus(list, groups);

  const focusRow = (id: string | undefined): void => {
    if (id === undefined) return;
    setCurrent(id);
    rowElement(list.current, id)?.focus();
  };

  const decide = (row: Row, pressed: 'accepted' | 'rejected'): void => {
    const decision = toggled(decisionOf(row), pressed);
    send({ kind: 'decide', label: row.id, decision });
    setAnnouncement(`${row.name}: ${decision ? decisionName(decision) : t('no decision')}`);
  };

  const highlight = (row: Row): void =>
    send({ kind: 'highlight', label: state.highlighted === row.id ? undefined : row.id });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (hasModifier(event) || !(event.target instanceof HTMLElement)) return;
    const item = event.target.closest<HTMLElement>('[role="treeitem"]');
    const row = rows.find(({ id }) => id === item?.dataset['label']);
    if (!item || !row) return;
    const handled = event.target.closest('.label-details')
      ? insideDetails(event, item)
      : onRow(event, row, item) || moved(event.key, row);
    if (handled) event.preventDefault();
  };

  const moved = (key: string, row: Row): boolean => {
    const next = step(key, rows.indexOf(row), rows.length);
    if (next === undefined) return false;
    focusRow(rows[next]?.id);
    return true;
  };

  const onRow = (event: KeyboardEvent, row: Row, item: HTMLElement): boolean => {
    const onButton = event.target !== item;
    switch (event.key) {
      case 'Enter':
      case ' ':
        if (onButton) return false;
        onExpand(expanded === row.id ? undefined : row.id);
        return true;
      case 'ArrowRight':
        if (expanded === row.id) item.querySelector<HTMLElement>('.label-details button:enabled')?.focus();
        else onExpand(row.id);
        return true;
      case 'ArrowLeft':
        if (expanded === row.id) onExpand(undefined);
        return true;
      case 'a':
      case '+':
        decide(row, 'accepted');
        return true;
      case 'x':
      case '-':
        decide(row, 'rejected');
        return true;
      case 'h':
        highlight(row);
        return true;
      default:
        return false;
    }
  };

  const heading = (id: GroupId, total: number) => (
    <GroupHeading id={id} total={total}>
      {id === 'assigned' && undecided(result.prediction.labels) > 0 && (
        <TextButton
          class="accept-all"
          label={t('Accept all assigned')}
          tooltip={t('Accept all assigned labels that have no decision yet')}
          onPress={() => send({ kind: 'accept-assigned' })}
        >
          {t('Accept all assigned')}
        </TextButton>
      )}
    </GroupHeading>
  );

  return (
    <div class="label-list" ref={list} onKeyDown={onKeyDown}>
      {groups.map((group) => {
        if (group.total === 0 && (group.id !== 'assigned' || filter.trim() !== '')) return null;
        return (
          <section key={group.id} class={`label-group ${group.id}`}>
            {heading(group.id, group.total)}
            {group.total === 0 ? (
              <p class="group-empty muted">{t('No label reaches its threshold.')}</p>
            ) : (
              <div role="tree" aria-label={groupName(group.id)}>
                {group.rows.map((row) => (
                  <LabelRow
                    key={row.id}
                    row={row}
                    evidence={result.prediction.evidence}
                    expanded={expanded === row.id}
                    tabbable={tabbable === row.id}
                    highlighted={state.highlighted === row.id}
                    onFocus={() => setCurrent(row.id)}
                    onToggle={() => {
                      focusRow(row.id);
                      onExpand(expanded === row.id ? undefined : row.id);
                    }}
                    onDecide={(decision) => decide(row, decision)}
                    onHighlight={() => highlight(row)}
                  />
                ))}
              </div>
            )}
            {group.id === 'rest' && filter.trim() === '' && group.total > FIRST_REST && (
              <TextButton class="show-all" onPress={() => onShowAll(!showAll)}>
                {showAll ? t('Show fewer') : t('Show all {0}', integer(group.total))}
              </TextButton>
            )}
          </section>
        );
      })}
      {rows.length === 0 && filter.trim() !== '' && (
        <p class="group-empty muted">{t('No label matches “{0}”.', filter.trim())}</p>
      )}
      <Announcer message={announcement} />
    </div>
  );
}

interface GroupHeadingProps {
  readonly id: GroupId;
  readonly total: number;
  readonly children: ComponentChildren;
}

function GroupHeading({ id, total, children }: GroupHeadingProps) {
  return (
    <div class="group-heading">
      <h2 class="section-heading">
        {groupName(id)} <span class="count number">{integer(total)}</span>
      </h2>
      {children}
    </div>
  );
}

function groupName(id: GroupId): string {
  switch (id) {
    case 'assigned':
      return t('Assigned');
    case 'borderline':
      return t('Borderline');
    case 'added':
      return t('Added by you');
    case 'rest':
      return t('Not assigned');
  }
}

/** Arrows inside an open row go over its buttons; the left arrow and Escape lead back to the row. */
function insideDetails(event: KeyboardEvent, item: HTMLElement): boolean {
  if (event.key === 'ArrowLeft' || event.key === 'Escape') {
    item.focus();
    return true;
  }
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return false;
  const buttons = [
    ...item.querySelectorAll<HTMLElement>('.label-details :is(button:enabled, vscode-button)'),
  ];
  const index = buttons.findIndex((button) => button === document.activeElement);
  if (event.key === 'ArrowUp' && index === 0) item.focus();
  else buttons[step(event.key, index, buttons.length) ?? index]?.focus();
  return true;
}
