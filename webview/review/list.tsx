/**
 * The outputs. Only the rows in view are in the page; the list itself has the focus and names its active row, which
 * therefore survives scrolling and filtering.
 */
import { useLayoutEffect, useState, type MutableRef } from 'preact/hooks';
import type { ReviewRow } from '../../src/protocol/review-view.ts';
import { Icon } from '../ui/icons.tsx';
import { ROW_HEIGHT, rowWindow, scrollToRow } from '../ui/row-window.ts';
import { t } from '../ui/strings.ts';
import type { ReviewHost } from './app.tsx';
import { useReview } from './context.ts';
import './list.css';
import { STANDING_ICONS, standingName } from './wording.ts';

interface ListProps {
  readonly area: MutableRef<HTMLDivElement | null>;
  readonly rows: readonly ReviewRow[];
  readonly active: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly host: ReviewHost;
}

export function OutputList({ area, rows, active, onSelect, host }: ListProps) {
  const [scrollTop, setScrollTop] = useState(() => host.saved().scroll ?? 0);
  const [height, setHeight] = useState(600);
  const index = rows.findIndex(({ key }) => key === active);
  const { start, end } = rowWindow(scrollTop, height, ROW_HEIGHT, rows.length);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    element.scrollTop = host.saved().scroll ?? 0;
    return () => observer.disconnect();
  }, [area, host]);

  useLayoutEffect(() => {
    const element = area.current;
    if (element && index >= 0) {
      element.scrollTop = scrollToRow(index, element.scrollTop, element.clientHeight, ROW_HEIGHT);
    }
  }, [area, index, rows]);

  return (
    <div
      ref={area}
      class="output-list"
      role="listbox"
      aria-label={t('Synthetic patents')}
      aria-activedescendant={index >= start && index < end ? rowId(index) : undefined}
      aria-keyshortcuts="J K A R E U"
      tabIndex={0}
      onScroll={(event) => {
        setScrollTop(event.currentTarget.scrollTop);
        host.save({ scroll: event.currentTarget.scrollTop });
      }}
    >
      <div class="output-rows" role="presentation" style={{ height: `${rows.length * ROW_HEIGHT}px` }}>
        {rows.slice(start, end).map((row, offset) => (
          <OutputRow
            key={row.key}
            row={row}
            index={start + offset}
            count={rows.length}
            active={row.key === active}
            onSelect={onSelect}
          />
        ))}
      </div>
      {rows.length === 0 && <p class="output-none muted">{t('No output matches.')}</p>}
    </div>
  );
}

const rowId = (index: number): string => `output-${index}`;

interface RowProps {
  readonly row: ReviewRow;
  readonly index: number;
  readonly count: number;
  readonly active: boolean;
  readonly onSelect: (key: string) => void;
}

function OutputRow({ row, index, count, active, onSelect }: RowProps) {
  const { labelName } = useReview();
  const { standing, reason, labels } = row;
  const title = row.title || t('(no title)');
  const names = labels.map(labelName).join(', ');
  const second = reason?.text ?? names;
  return (
    <div
      id={rowId(index)}
      class={`output-row ${standing}`}
      role="option"
      aria-selected={active}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-key={row.key}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      title={`${title}\n${names}\n${row.model}`}
      onClick={() => onSelect(row.key)}
    >
      <Icon name={STANDING_ICONS[standing]} label={standingName(standing)} class="output-standing" />
      <span class="output-texts">
        <span class="output-title">{title}</span>
        <span class="output-second muted">
          {row.sample && <span class="output-flag">{t('sample')}</span>}
          {row.edited && <span class="output-flag">{t('edited')}</span>}
          {second}
        </span>
      </span>
    </div>
  );
}
