/**
 * A count or a short word set apart from the text: `Badge` for numbers, `Tag` for a quiet remark, `Chip` for a label.
 * The toolkit's badge is not used: it has a style attribute, which the content security policy refuses.
 */
import type { ComponentChildren } from 'preact';
import './badge.css';

export function Badge({ children }: { readonly children: ComponentChildren }) {
  return <span class="badge">{children}</span>;
}

interface TagProps {
  readonly children: ComponentChildren;
  readonly tooltip?: string;
}

export function Tag({ children, tooltip }: TagProps) {
  return (
    <span class="tag" title={tooltip}>
      {children}
    </span>
  );
}

interface ChipProps {
  readonly children: ComponentChildren;
  /** `filled` stands for certain, `outlined` for in doubt, `plain` for neither. */
  readonly look: 'filled' | 'outlined' | 'plain';
  readonly tooltip?: string;
}

export function Chip({ children, look, tooltip }: ChipProps) {
  return (
    <span class={`chip ${look}`} title={tooltip}>
      {children}
    </span>
  );
}
