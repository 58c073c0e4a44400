/** The keys of the review work wherever the focus is, except where one writes or a control has keys of its own. */
import { useLayoutEffect } from 'preact/hooks';
import type { ReviewRow } from '../../src/protocol/review-view.ts';
import { hasModifier, step } from '../ui/roving.ts';

/** What PageUp and PageDown skip. [ours] */
const PAGE = 10;

interface ReviewKeys {
  readonly rows: readonly ReviewRow[];
  readonly active: string | undefined;
  readonly list: { readonly current: HTMLElement | null };
  readonly onMove: (key: string) => void;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onUndo: () => void;
  readonly onEdit: () => void;
}

export function useReviewKeys(keys: ReviewKeys): void {
  // Before the next key comes: with the one after painting, two quick keys would mean the same output.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (hasModifier(event) || event.defaultPrevented || takesKeys(event.target)) return;
      if (act(event, keys)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

function act(event: KeyboardEvent, keys: ReviewKeys): boolean {
  switch (event.key) {
    case 'a':
      keys.onAccept();
      return true;
    case 'r':
      keys.onReject();
      return true;
    case 'u':
      keys.onUndo();
      return true;
    case 'e':
      keys.onEdit();
      return true;
    case 'j':
      return move('ArrowDown', keys);
    case 'k':
      return move('ArrowUp', keys);
    default:
      // Elsewhere the arrows scroll.
      return event.target === keys.list.current && move(event.key, keys);
  }
}

function move(key: string, { rows, active, onMove }: ReviewKeys): boolean {
  const index = rows.findIndex((row) => row.key === active);
  const next = step(key, index, rows.length, PAGE);
  const row = next === undefined ? undefined : rows[next];
  if (!row) return false;
  onMove(row.key);
  return true;
}

const WRITING = 'input, textarea, select, vscode-text-field, vscode-dropdown, [contenteditable="true"]';

const takesKeys = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(WRITING) !== null;
