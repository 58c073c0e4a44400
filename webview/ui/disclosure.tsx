/** A heading that shows and hides what is under it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import './disclosure.css';
import { Icon } from './icons.tsx';

interface DisclosureProps {
  readonly title: ComponentChildren;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly children: ComponentChildren;
  /** `section` is a heading of the view; `inline` reads as a line of text. */
  readonly look: 'section' | 'inline';
}

export function Disclosure({ title, open, onToggle, children, look }: DisclosureProps) {
  const id = useId();
  const button = (
    <button
      type="button"
      class="disclosure-button"
      aria-expanded={open}
      aria-controls={id}
      onClick={() => onToggle(!open)}
    >
      <Icon name="chevron" class={open ? 'chevron open' : 'chevron'} />
      <span class="disclosure-title">{title}</span>
    </button>
  );
  return (
    <div class={`disclosure ${look}`}>
      {look === 'section' ? <h2 class="disclosure-heading">{button}</h2> : button}
      <div id={id} class="disclosure-body" hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
