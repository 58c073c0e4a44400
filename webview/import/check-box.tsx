/** A box to tick, with its label. A plain input, which is keyboard operable and named as it is. */
import './check-box.css';

interface CheckBoxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckBox({ label, checked, disabled, onChange }: CheckBoxProps) {
  return (
    <label class="check-box">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
