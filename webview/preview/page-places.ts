/** Between the page and the texts on it: which passage and offset a selection means, and where those are on the page. */
import type { PreviewPlace } from '../../src/protocol/preview-view.ts';
import { reducedMotion } from '../ui/motion.ts';

/** The element of a passage; keys hold only digits, letters and colons. */
export const passageElement = (key: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-key="${key}"]`);

export const passageOf = (node: EventTarget | null): HTMLElement | null =>
  node instanceof Element ? node.closest<HTMLElement>('[data-key]') : null;

/** The places a selection runs between; undefined where it holds no text of a passage. */
export function selectedPlaces(
  selection: Selection | null,
): { readonly from: PreviewPlace; readonly to: PreviewPlace } | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const walker = document.createTreeWalker(
    common.nodeType === Node.TEXT_NODE ? (common.parentNode ?? common) : common,
    NodeFilter.SHOW_TEXT,
  );
  let from: PreviewPlace | undefined;
  let to: PreviewPlace | undefined;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text) || !range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.length;
    if (end <= start) continue;
    from ??= place(node, start);
    to = place(node, end) ?? to;
  }
  return from && to ? { from, to } : undefined;
}

function place(node: Text, offset: number): PreviewPlace | undefined {
  const stretch = node.parentElement?.closest<HTMLElement>('[data-at]');
  const key = passageOf(node.parentElement)?.dataset['key'];
  const at = stretch?.dataset['at'];
  return key === undefined || at === undefined ? undefined : { key, offset: Number(at) + offset };
}

/** The range of the page that shows `[start, end)` of a passage's text. */
export function pageRange(element: HTMLElement, start: number, end: number): Range | undefined {
  const range = document.createRange();
  let isOpen = false;
  for (const stretch of element.querySelectorAll<HTMLElement>('[data-at]')) {
    const text = stretch.firstChild;
    if (!(text instanceof Text)) continue;
    const at = Number(stretch.dataset['at']);
    const from = Math.max(start, at);
    const to = Math.min(end, at + text.length);
    if (from >= to) continue;
    if (!isOpen) range.setStart(text, from - at);
    range.setEnd(text, to - at);
    isOpen = true;
  }
  return isOpen ? range : undefined;
}

const HIGHLIGHT = 'patent-lab-source';

/** Marks the passage at the source's cursor, and in it what is selected there. */
export function markPassage(key: string | undefined, start: number, end: number): HTMLElement | null {
  const element = key === undefined ? null : passageElement(key);
  for (const other of document.querySelectorAll('[data-current]')) {
    if (other !== element) other.removeAttribute('data-current');
  }
  element?.setAttribute('data-current', '');
  const range = element && end > start ? pageRange(element, start, end) : undefined;
  if (range) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
  else CSS.highlights.delete(HIGHLIGHT);
  return element;
}

/** Height of what sticks to the top of the page. */
const covered = (): number => document.querySelector('.toolbar')?.getBoundingClientRect().height ?? 0;

export function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= covered() && (bottom <= window.innerHeight || top < window.innerHeight / 2);
}

export function scrollTo(element: HTMLElement, block: 'start' | 'center' | 'nearest'): void {
  element.scrollIntoView({ block, behavior: reducedMotion() ? 'instant' : 'auto' });
}

/** Puts the place of a passage that is `fraction` of its height down under the toolbar. */
export function scrollPast(element: HTMLElement, fraction: number): void {
  const { top, height } = element.getBoundingClientRect();
  window.scrollTo({
    top: window.scrollY + top - covered() - 8 + fraction * height,
    behavior: 'instant',
  });
}
