import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';

interface Tab {
  readonly key: string;
  readonly label: ReactNode;
}
interface TabListProps {
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onChange: (key: string) => void;
  /** what the chosen tab shows */
  readonly children: ReactNode;
}

/** Tabs that wrap instead of hiding behind a menu; one stop of the Tab key, arrows move between them. */
export function TabList({ name, tabs, active, onChange, children }: TabListProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && tabs[tabs.findIndex(({ key }) => key === active) + step];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    list.current?.querySelector<HTMLElement>(`[data-testid="tab-${next.key}"]`)?.focus();
  };
  return (
    <div className="stack">
      <div ref={list} role="tablist" aria-label={name} className="row" tabIndex={-1} onKeyDown={move}>
        {tabs.map((tab) => (
          <Button
            key={tab.key}
            id={`${id}-${tab.key}`}
            role="tab"
            type={tab.key === active ? 'primary' : 'default'}
            aria-selected={tab.key === active}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === active ? 0 : -1}
            // a label that is longer than a narrow screen breaks
            style={{ height: 'auto', minHeight: 32, whiteSpace: 'normal' }}
            onClick={() => onChange(tab.key)}
            data-testid={`tab-${tab.key}`}
          >
            {tab.label}
          </Button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active}`}>
        {children}
      </div>
    </div>
  );
}
