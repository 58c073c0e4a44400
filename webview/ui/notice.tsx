/** A remark inside the page: quiet information, a warning, or an error with what to do about it. */
import type { ComponentChildren } from 'preact';
import './notice.css';
import { Icon, type IconName } from './icons.tsx';

interface NoticeProps {
  readonly tone: 'info' | 'warning' | 'error';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  /** Buttons under the text. */
  readonly actions?: ComponentChildren;
}

const ICONS = { info: 'info', warning: 'warning', error: 'error' } as const;

export function Notice({ tone, icon, children, actions }: NoticeProps) {
  return (
    <div class={`notice ${tone}`} role={tone === 'error' ? 'alert' : 'note'}>
      <Icon name={icon ?? ICONS[tone]} />
      <div class="notice-body">{children}</div>
      {actions && <div class="notice-actions">{actions}</div>}
    </div>
  );
}
