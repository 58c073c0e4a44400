/**
 * Buttons. A text button says what happens; an icon button has a name for screen readers that is its tooltip too,
 * with the keyboard shortcut in brackets.
 */
import type { ComponentChildren } from 'preact';
import './button.css';
import './toolkit.ts';
import { Icon, type IconName } from './icons.tsx';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  readonly primary?: boolean;
  readonly icon?: IconName;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly tooltip?: string;
  readonly small?: boolean;
}

export function Button({ children, onPress, primary, icon, disabled, pressed, tooltip, small }: ButtonProps) {
  return (
    <vscode-button
      class={small ? 'button small' : 'button'}
      appearance={primary ? 'primary' : 'secondary'}
      disabled={disabled ?? false}
      ariaPressed={pressedState(pressed)}
      title={tooltip}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      {icon && <Icon name={icon} slot="start" />}
      {children}
    </vscode-button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
  /** A toggle when given. */
  readonly pressed?: boolean;
  /** Key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
  /** Part of a list row: reached by the row's keys, not by Tab. */
  readonly inRow?: boolean;
  readonly expanded?: boolean;
  readonly class?: string;
}

export function IconButton({
  icon,
  label,
  onPress,
  pressed,
  shortcut,
  inRow,
  expanded,
  ...rest
}: IconButtonProps) {
  return (
    <vscode-button
      aria-label={label}
      class={`icon-button ${rest.class ?? ''}`}
      appearance="icon"
      ariaPressed={pressedState(pressed)}
      ariaExpanded={pressedState(expanded)}
      data-pressed={pressed}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      tabIndex={inRow ? -1 : undefined}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      <Icon name={icon} />
    </vscode-button>
  );
}

function pressedState(pressed: boolean | undefined): 'true' | 'false' | null {
  return pressed === undefined ? null : pressed ? 'true' : 'false';
}

interface TextButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => void;
  readonly tooltip?: string;
  readonly label?: string;
  readonly class?: string;
  readonly disabled?: boolean;
}

/** An action that reads as part of the text around it. */
export function TextButton({ children, onPress, tooltip, label, disabled, ...rest }: TextButtonProps) {
  return (
    <button
      type="button"
      class={`text-button ${rest.class ?? ''}`}
      title={tooltip}
      aria-label={label}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
