/** Puts a report's app on the page: connects to the host, renders its state, and remembers where one was. */
import { render, type ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ReportRun, ReportViewIntent, ReportViewMessage } from '../../src/protocol/report-view.ts';
import '../ui/base.css';
import { connect, type Host } from '../ui/host.ts';
import './page.css';

interface ReportState {
  readonly run: ReportRun;
  readonly report?: { readonly createdAt: string };
}

/** UI state of every report that survives hiding it. */
export interface SavedScroll {
  readonly scroll: number;
}

export type ReportHost<
  State,
  Saved extends SavedScroll,
  Intent extends { readonly kind: string } = ReportViewIntent,
> = Host<ReportViewMessage<State>, Intent, Saved>;

export interface ReportAppProps<State, Saved extends SavedScroll, Intent extends { readonly kind: string }> {
  readonly state: State;
  readonly host: ReportHost<State, Saved, Intent>;
}

/** `Intent` holds the intents of all reports; a panel may have more. Call once a page. */
export function mountReport<
  State extends ReportState,
  Saved extends SavedScroll,
  Intent extends { readonly kind: string } = ReportViewIntent,
>(App: ComponentType<ReportAppProps<State, Saved, Intent | ReportViewIntent>>): void {
  const host = connect<ReportViewMessage<State>, Intent | ReportViewIntent, Saved>();

  function Root() {
    const [state, setState] = useState<State>();
    const report = state?.report?.createdAt;

    useEffect(() => {
      const stop = host.listen((message) => {
        if (message.kind === 'state') setState(message.state);
        else setState((state) => state && { ...state, run: message.run });
      });
      host.send({ kind: 'ready' });
      return stop;
    }, []);

    useLayoutEffect(() => {
      if (state) document.body.dataset['state'] = state.report ? 'report' : state.run.kind;
    }, [state]);

    useLayoutEffect(() => {
      if (report === undefined) return;
      window.scrollTo({ top: host.saved().scroll ?? 0, behavior: 'instant' });
      let pending = 0;
      const remember = (): void => {
        window.clearTimeout(pending);
        pending = window.setTimeout(() => {
          const scroll: Partial<SavedScroll> = { scroll: window.scrollY };
          host.save(scroll as Partial<Saved>);
        }, 150);
      };
      window.addEventListener('scroll', remember, { passive: true });
      return () => {
        window.clearTimeout(pending);
        window.removeEventListener('scroll', remember);
      };
    }, [report]);

    return state ? <App state={state} host={host} /> : null;
  }

  const root = document.getElementById('root');
  if (root) render(<Root />, root);
}
