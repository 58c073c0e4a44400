/**
 * A field that finds one entry of a long list. It is written on a plain input: the pattern needs the input, its
 * popup and the active option in one tree, which the toolkit's field hides in its own.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import './combobox.css';
import { Icon } from './icons.tsx';
import { step } from './roving.ts';
import { matcher } from './search.ts';

export interface ComboboxOption {
  readonly id: string;
  readonly text: string;
  /** Shown at the end of the line. */
  readonly detail?: string;
}

interface ComboboxProps {
  readonly label: string;
  readonly placeholder: string;
  /** What the popup says when no option matches. */
  readonly nothing: string;
  readonly options: readonly ComboboxOption[];
  readonly onChoose: (id: string) => void;
  /** `left`: the focus is elsewhere already. */
  readonly onClose: (how: 'escape' | 'left') => void;
}

/** Opens with the focus inside and closes on a choice, on Escape, or when the focus leaves. */
export function Combobox({ label, placeholder, nothing, options, onChoose, onClose }: ComboboxProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [index, setIndex] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const accepts = matcher(query);
  const found = options.filter((option) => accepts(option.text, option.id));
  const active = found[Math.min(index, found.length - 1)];

  useLayoutEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose('escape');
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (active) onChoose(active.id);
    } else if (event.key !== 'Home' && event.key !== 'End') {
      const next = step(event.key, index, found.length, 8);
      if (next === undefined) return;
      event.preventDefault();
      setIndex(next);
    }
  };

  return (
    <div class="combobox">
      <div class="combobox-field">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? `${id}-${active.id}` : undefined}
          placeholder={placeholder}
          spellcheck={false}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => onClose('left')}
        />
      </div>
      <ul ref={list} class="combobox-list" id={`${id}-list`} role="listbox" aria-label={label}>
        {found.map((option) => (
          <li
            key={option.id}
            id={`${id}-${option.id}`}
            class="combobox-option"
            role="option"
            aria-selected={option === active}
            // Before the field loses the focus, which closes the list.
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(option.id);
            }}
          >
            <span class="combobox-text">{option.text}</span>
            {option.detail !== undefined && <span class="combobox-detail">{option.detail}</span>}
          </li>
        ))}
        {found.length === 0 && <li class="combobox-nothing">{nothing}</li>}
      </ul>
    </div>
  );
}
