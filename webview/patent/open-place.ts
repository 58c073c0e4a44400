/**
 * Which marked place has its popover open. The keyboard's focus opens it at once, the mouse after a moment, so that
 * passing over the text shows nothing; a popover stays while the pointer or the focus is in it.
 */
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

const OPEN_MS = 180;
const CLOSE_MS = 260;

export interface OpenPlace {
  readonly area: RefObject<HTMLDivElement>;
  readonly open: number | undefined;
  /** Closes the popover; the focus goes back to its place. */
  readonly close: () => void;
}

export function useOpenPlace(onFocus: (place: number) => void): OpenPlace {
  const area = useRef<HTMLDivElement>(null);
  const quiet = useRef(false);
  const told = useRef(onFocus);
  told.current = onFocus;
  const [focused, setFocused] = useState<number>();
  const [hovered, setHovered] = useState<number>();

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let timer = 0;
    const later = (ms: number, place: number | undefined): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setHovered(place), ms);
    };
    const over = (event: Event): void => {
      if (inPopover(event.target)) window.clearTimeout(timer);
      else later(placeOf(event.target) === undefined ? CLOSE_MS : OPEN_MS, placeOf(event.target));
    };
    const leave = (): void => later(CLOSE_MS, undefined);
    const focusIn = (event: FocusEvent): void => {
      const place = placeOf(event.target);
      if (place === undefined || quiet.current) return;
      setFocused(place);
      told.current(place);
    };
    const focusOut = (event: FocusEvent): void => {
      if (inPopover(event.relatedTarget) || placeOf(event.relatedTarget) !== undefined) return;
      // The window lost the focus, not the place: it is still where one was.
      if (event.relatedTarget === null && !document.hasFocus()) return;
      setFocused(undefined);
    };
    element.addEventListener('mouseover', over);
    element.addEventListener('mouseleave', leave);
    element.addEventListener('focusin', focusIn);
    element.addEventListener('focusout', focusOut);
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener('mouseover', over);
      element.removeEventListener('mouseleave', leave);
      element.removeEventListener('focusin', focusIn);
      element.removeEventListener('focusout', focusOut);
    };
  }, []);

  const open = hovered ?? focused;
  const close = (): void => {
    setFocused(undefined);
    setHovered(undefined);
    if (open === undefined) return;
    quiet.current = true;
    area.current?.querySelector<HTMLElement>(`.leak[data-place="${open}"]`)?.focus();
    quiet.current = false;
  };
  return { area, open, close };
}

function inPopover(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.popover') !== null;
}

function placeOf(target: EventTarget | null): number | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('.leak') : null;
  return element ? Number(element.dataset['place']) : undefined;
}
