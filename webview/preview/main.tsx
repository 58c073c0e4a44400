/** Entry of a Patent Preview: shows what the host sends, follows the source, and says what is selected here. */
import { render } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PreviewIntent, PreviewMessage, PreviewState } from '../../src/protocol/preview-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App } from './app.tsx';
import { isInSight, markPassage, passageElement, scrollPast, scrollTo } from './page-places.ts';
import type { SavedState } from './saved-state.ts';

const host = connect<PreviewMessage, PreviewIntent, SavedState>();

type Moving = Exclude<PreviewMessage, { kind: 'state' }>;

function Root() {
  const [state, setState] = useState<PreviewState>();
  const [version, setVersion] = useState(() => host.saved().version ?? 0);
  /** The last message about the source; it may have come before what it speaks of was on the page. */
  const moving = useRef<Moving | undefined>(undefined);
  const revision = state?.kind === 'patent' ? state.revision : 0;

  useEffect(() => {
    const stop = host.listen((message) => {
      if (message.kind === 'state') {
        setState(message.state);
        host.save({ uri: message.state.uri });
        return;
      }
      moving.current = message;
      if (message.key !== undefined) setVersion(Number(message.key.split(':')[0]));
      follow(message);
    });
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  const choose = useCallback((next: number) => {
    moving.current = undefined;
    setVersion(next);
  }, []);

  useLayoutEffect(() => {
    host.save({ version });
    if (moving.current) follow(moving.current);
  }, [version, revision]);

  useLayoutEffect(() => {
    if (!state) return;
    document.body.dataset['state'] = state.kind;
  }, [state]);

  useScrollMemory(state !== undefined);

  return state ? <App state={state} version={version} onVersion={choose} host={host} /> : null;
}

function follow(message: Moving): void {
  if (message.kind === 'scroll') {
    const element = passageElement(message.key);
    // Above the title there is only the number, which has no passage.
    if (element?.matches('.patent-title') && message.fraction === 0) window.scrollTo({ top: 0 });
    else if (element) scrollPast(element, message.fraction);
    return;
  }
  const element = markPassage(message.key, message.start, message.end);
  if (element && message.reveal && !isInSight(element)) scrollTo(element, 'center');
}

/** A preview that was hidden or restored is where it was left. */
function useScrollMemory(shown: boolean): void {
  useLayoutEffect(() => {
    if (!shown) return;
    window.scrollTo({ top: host.saved().scroll ?? 0, behavior: 'instant' });
    let pending = 0;
    const remember = (): void => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => host.save({ scroll: window.scrollY }), 150);
    };
    window.addEventListener('scroll', remember, { passive: true });
    return () => {
      window.clearTimeout(pending);
      window.removeEventListener('scroll', remember);
    };
  }, [shown]);
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
