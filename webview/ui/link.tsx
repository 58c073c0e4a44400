/** A link that leads to something the host opens. */
import type { ComponentChildren } from 'preact';
import './toolkit.ts';

interface LinkProps {
  readonly children: ComponentChildren;
  readonly onFollow: () => void;
  readonly tooltip?: string;
}

export function Link({ children, onFollow, tooltip }: LinkProps) {
  return (
    <vscode-link
      href="#"
      title={tooltip}
      onClick={(event) => {
        event.preventDefault();
        onFollow();
      }}
    >
      {children}
    </vscode-link>
  );
}
