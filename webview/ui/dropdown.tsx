/** One choice out of a few. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import './dropdown.css';
import './toolkit.ts';

interface DropdownProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

export function Dropdown<Value extends string>({ label, value, options, onChange }: DropdownProps<Value>) {
  const element = useRef<HTMLElement & { value?: string }>(null);
  // The value can only be set once the options stand in the element.
  useLayoutEffect(() => {
    if (element.current && element.current.value !== value) element.current.value = value;
  }, [value]);
  return (
    <vscode-dropdown
      ref={element}
      class="dropdown"
      aria-label={label}
      title={label}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === chosenValue(event.currentTarget));
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <vscode-option key={option.value} value={option.value} selected={option.value === value}>
          {option.text}
        </vscode-option>
      ))}
    </vscode-dropdown>
  );
}

function chosenValue(element: EventTarget & HTMLElement): string | undefined {
  return 'value' in element && typeof element.value === 'string' ? element.value : undefined;
}
