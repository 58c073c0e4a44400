/** Finds the row of a label in the page, and keeps the focus on it when the row is drawn anew. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Group } from './groups.ts';

export function rowElement(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-label="${CSS.escape(id)}"]`) ?? null;
}

/** A row that changes its group is a new element; when the old one had the focus, the new one gets it. */
export function useKeptFocus(list: { readonly current: HTMLElement | null }, groups: readonly Group[]): void {
  const focused = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const remember = (event: FocusEvent): void => {
      const target = event.target instanceof Element ? event.target : undefined;
      focused.current = target?.closest<HTMLElement>('[data-label]')?.dataset['label'];
    };
    const forget = (event: FocusEvent): void => {
      // An element that is removed loses the focus to nothing; one that is left loses it to another.
      if (event.relatedTarget !== null) focused.current = undefined;
    };
    element.addEventListener('focusin', remember);
    element.addEventListener('focusout', forget);
    return () => {
      element.removeEventListener('focusin', remember);
      element.removeEventListener('focusout', forget);
    };
  }, [list]);
  useLayoutEffect(() => {
    const id = focused.current;
    if (id === undefined || !document.hasFocus() || document.activeElement !== document.body) return;
    rowElement(list.current, id)?.focus();
  }, [groups, list]);
}
