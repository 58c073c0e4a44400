/** A text of several lines that one writes; it grows with what stands in it. */
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import './text-area.css';

interface TextAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The label is for screen readers alone. */
  readonly unlabelled?: boolean;
}

export function TextArea({ label, value, onChange, unlabelled }: TextAreaProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [value]);
  return (
    <div class="text-area">
      <label for={id} class={unlabelled ? 'visually-hidden' : ''}>
        {label}
      </label>
      <textarea
        ref={area}
        id={id}
        rows={1}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
