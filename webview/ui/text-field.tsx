/** A filter field: narrows what is shown as one types; Escape empties it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import './text-field.css';
import './toolkit.ts';
import { IconButton } from './button.tsx';
import { Icon } from './icons.tsx';
import { t } from './strings.ts';

interface FilterFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The arrow leads from the field into the list below it. */
  readonly onLeave?: () => void;
}

export function FilterField({ label, placeholder, value, onChange, onLeave }: FilterFieldProps) {
  const field = useRef<HTMLElement>(null);
  // The toolkit names the field itself when it is connected, so the name is set after that.
  useLayoutEffect(() => field.current?.setAttribute('aria-label', label), [label]);
  return (
    <vscode-text-field
      ref={field}
      class="filter-field"
      placeholder={placeholder}
      value={value}
      onInput={(event) => onChange(valueOf(event.currentTarget))}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.preventDefault();
          onChange('');
        } else if (event.key === 'ArrowDown' && onLeave) {
          event.preventDefault();
          onLeave();
        }
      }}
    >
      <Icon name="search" slot="start" />
      {value !== '' && (
        <span slot="end" class="filter-clear">
          <IconButton icon="close" label={t('Clear')} shortcut={t('Escape')} onPress={() => onChange('')} />
        </span>
      )}
    </vscode-text-field>
  );
}

function valueOf(element: EventTarget & HTMLElement): string {
  return 'value' in element && typeof element.value === 'string' ? element.value : '';
}
