/** Walking through the passages by keyboard: J and K move, Enter shows the passage in the source. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { hasModifier } from '../ui/roving.ts';
import { passageOf, scrollTo } from './page-places.ts';

export function usePassageKeys(page: RefObject<HTMLElement>, onEnter: (key: string) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (hasModifier(event) || isField(event.target)) return;
      const focused = document.activeElement;
      const current =
        passageOf(focused) ?? page.current?.querySelector<HTMLElement>('[data-current]') ?? undefined;
      if (event.key === 'Enter') {
        const key = focused instanceof HTMLElement ? focused.dataset['key'] : undefined;
        if (key !== undefined) onEnter(key);
        return;
      }
      const by = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (by === 0) return;
      const passages = [...(page.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
      const at = current ? passages.indexOf(current) : -1;
      const next = passages[Math.max(0, Math.min(passages.length - 1, at + by))];
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      scrollTo(next, 'nearest');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [page, onEnter]);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('vscode-dropdown, input, textarea') !== null;
