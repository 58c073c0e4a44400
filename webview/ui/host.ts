/**
 * The one way a view talks to the extension host: typed messages in, typed intents out, and a small record of UI
 * state (scroll, what is expanded, filter text) that VS Code keeps while the view is hidden. Documents and
 * predictions are never stored here; the host owns them.
 */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

interface Tagged {
  readonly kind: string;
}

export interface Host<Message extends Tagged, Intent extends Tagged, Saved extends object> {
  send(intent: Intent): void;
  /** Returns the function that stops listening. */
  listen(listener: (message: Message) => void): () => void;
  saved(): Partial<Saved>;
  save(patch: Partial<Saved>): void;
}

/** VS Code hands its API out once a page, so a view connects once, in its `main.tsx`. */
export function connect<Message extends Tagged, Intent extends Tagged, Saved extends object>(): Host<
  Message,
  Intent,
  Saved
> {
  const api = acquireVsCodeApi();
  let saved = readSaved<Saved>(api.getState());
  return {
    send: (intent) => api.postMessage(intent),
    listen(listener) {
      const receive = (event: MessageEvent<unknown>): void => {
        if (isTagged(event.data)) listener(event.data as Message);
      };
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
    saved: () => saved,
    save(patch) {
      saved = { ...saved, ...patch };
      api.setState(saved);
    },
  };
}

function readSaved<Saved extends object>(state: unknown): Partial<Saved> {
  return typeof state === 'object' && state !== null ? (state as Partial<Saved>) : {};
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}
