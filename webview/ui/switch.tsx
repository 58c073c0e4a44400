/** One of a few ways to show the same thing, all in sight: a radio group that looks like one button in parts. */
import './switch.css';

interface SwitchProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

export function Switch<Value extends string>({ label, value, options, onChange }: SwitchProps<Value>) {
  const choose = (event: KeyboardEvent, by: 1 | -1): void => {
    const at = options.findIndex((option) => option.value === value);
    const next = (at + by + options.length) % options.length;
    const choices = (event.currentTarget as HTMLElement).parentElement?.children;
    const element = choices?.[next];
    if (element instanceof HTMLElement) element.focus();
    const option = options[next];
    if (option) onChange(option.value);
  };
  return (
    <div class="switch" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          class="switch-choice"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            event.preventDefault();
            choose(event, event.key === 'ArrowRight' ? 1 : -1);
          }}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
