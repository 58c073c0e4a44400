/** The page of a Patent Preview from top to bottom. */
import { useCallback, useRef } from 'preact/hooks';
import type {
  PreviewIntent,
  PreviewMessage,
  PreviewState,
  PreviewVersion,
} from '../../src/protocol/preview-view.ts';
import type { Host } from '../ui/host.ts';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import './app.css';
import { Claims } from './claims.tsx';
import { Description } from './description.tsx';
import { FrontPage } from './front-page.tsx';
import { usePassageKeys } from './keys.ts';
import { markPassage, passageElement, passageOf, scrollTo, selectedPlaces } from './page-places.ts';
import { PassageText } from './passage.tsx';
import type { SavedState } from './saved-state.ts';
import { Toolbar } from './toolbar.tsx';

export type PreviewHost = Host<PreviewMessage, PreviewIntent, SavedState>;

interface AppProps {
  readonly state: PreviewState;
  readonly version: number;
  readonly onVersion: (version: number) => void;
  readonly host: PreviewHost;
}

export function App({ state, version, onVersion, host }: AppProps) {
  return state.kind === 'patent' ? (
    <PatentPage state={state} version={version} onVersion={onVersion} host={host} />
  ) : (
    <Nothing state={state} />
  );
}

interface PatentPageProps extends AppProps {
  readonly state: Extract<PreviewState, { kind: 'patent' }>;
}

function PatentPage({ state, version, onVersion, host }: PatentPageProps) {
  const { patent, revision } = state;
  const shown = patent.versions[version] ?? patent.versions[0];
  const page = useRef<HTMLElement>(null);

  const select = useCallback(
    (from: { key: string; offset: number }, to: { key: string; offset: number }) => {
      host.send({ kind: 'select', revision, from, to });
    },
    [host, revision],
  );
  const selectWhole = useCallback((key: string) => select({ key, offset: 0 }, { key, offset: 0 }), [select]);
  usePassageKeys(page, selectWhole);

  const goToClaim = useCallback(
    (number: number) => {
      const claim = shown?.claims.find((other) => other.number === number);
      const element = claim && passageElement(claim.key);
      if (!claim || !element) return;
      scrollTo(element, 'center');
      markPassage(claim.key, 0, 0);
      element.focus({ preventScroll: true });
      selectWhole(claim.key);
    },
    [shown, selectWhole],
  );

  const onMouseUp = (event: MouseEvent): void => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('a, button'))) return;
    const places = selectedPlaces(window.getSelection());
    const key = passageOf(event.target)?.dataset['key'];
    if (places) select(places.from, places.to);
    else if (key !== undefined) selectWhole(key);
  };

  if (!shown) return null;
  return (
    <>
      <Toolbar state={state} shown={shown} version={version} onVersion={onVersion} host={host} />
      <main ref={page} class="page" onMouseUp={onMouseUp}>
        <FrontPage state={state} shown={shown} host={host} />
        <Texts shown={shown} onClaim={goToClaim} />
      </main>
    </>
  );
}

interface TextsProps {
  readonly shown: PreviewVersion;
  readonly onClaim: (number: number) => void;
}

function Texts({ shown, onClaim }: TextsProps) {
  const { abstract, claims, description, language } = shown;
  return (
    <div lang={language}>
      {abstract && (
        <section class="part" aria-labelledby="abstract">
          <h2 id="abstract" class="part-title">
            {t('Abstract')}
          </h2>
          <p class="passage abstract" data-key={abstract.key} tabIndex={-1}>
            <PassageText passage={abstract} onClaim={onClaim} />
          </p>
        </section>
      )}
      {claims.length > 0 && <Claims claims={claims} onClaim={onClaim} />}
      {description.length > 0 && <Description paragraphs={description} onClaim={onClaim} />}
    </div>
  );
}

function Nothing({ state }: { readonly state: Extract<PreviewState, { kind: 'nothing' }> }) {
  return (
    <main class="page">
      <h1 class="patent-title">{state.name}</h1>
      {state.tooLong && (
        <Notice tone="info">
          {t('This file is too long to be previewed while it is edited. Split it, or import it as a corpus.')}
        </Notice>
      )}
      {state.errors.slice(0, 20).map(({ message, remedy }) => (
        <Notice key={message} tone="error">
          <p>{message}</p>
          <p>{remedy}</p>
        </Notice>
      ))}
      {!state.tooLong && state.errors.length === 0 && (
        <Notice tone="info">{t('There is no patent in this file.')}</Notice>
      )}
    </main>
  );
}
