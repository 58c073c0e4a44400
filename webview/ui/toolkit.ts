/**
 * Registers the toolkit's custom elements that the kit uses and gives them types in JSX. Only this folder knows that
 * the toolkit exists; the views use the components beside this file.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeLink,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeDropdown(),
  vsCodeLink(),
  vsCodeOption(),
  vsCodePanels(),
  vsCodePanelTab(),
  vsCodePanelView(),
  vsCodeProgressRing(),
  vsCodeTextField(),
);

type ElementProps<Own = object> = HTMLAttributes<HTMLElement> & Own;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ElementProps<{
        appearance?: 'primary' | 'secondary' | 'icon';
        disabled?: boolean;
        ariaPressed?: 'true' | 'false' | null;
        ariaExpanded?: 'true' | 'false' | null;
      }>;
      'vscode-dropdown': ElementProps<{ value?: string; disabled?: boolean }>;
      'vscode-link': ElementProps<{ href?: string }>;
      'vscode-option': ElementProps<{ value?: string; selected?: boolean }>;
      'vscode-panels': ElementProps<{ activeid?: string }>;
      'vscode-panel-tab': ElementProps;
      'vscode-panel-view': ElementProps;
      'vscode-progress-ring': ElementProps;
      'vscode-text-field': ElementProps<{ value?: string; placeholder?: string; disabled?: boolean }>;
    }
  }
}
