/** A tab strip and the panel of the active tab. A tab is one entry of the list. */
import type { ComponentChildren } from 'preact';
import './tabs.css';
import './toolkit.ts';
import { Badge } from './badge.tsx';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly count?: string;
  readonly content: ComponentChildren;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onChange: (id: string) => void;
}

export function Tabs({ label, tabs, active, onChange }: TabsProps) {
  const shown = tabs.some((tab) => tab.id === active) ? active : tabs[0]?.id;
  return (
    <vscode-panels
      class="tabs"
      aria-label={label}
      activeid={shown === undefined ? undefined : tabId(shown)}
      onChange={(event) => {
        if (event.target !== event.currentTarget) return;
        const element = event.currentTarget;
        const chosen = tabs.find((tab) => 'activeid' in element && element.activeid === tabId(tab.id));
        if (chosen && chosen.id !== shown) onChange(chosen.id);
      }}
    >
      {tabs.map((tab) => (
        <vscode-panel-tab key={`tab-${tab.id}`} id={tabId(tab.id)} class="tab">
          {tab.title} {tab.count !== undefined && <Badge>{tab.count}</Badge>}
        </vscode-panel-tab>
      ))}
      {tabs.map((tab) => (
        <vscode-panel-view key={`view-${tab.id}`} id={`view-${tab.id}`} class="tab-view">
          {tab.content}
        </vscode-panel-view>
      ))}
    </vscode-panels>
  );
}

const tabId = (id: string): string => `tab-${id}`;
