/** The parts that features share, made once. Making them registers listeners and starts nothing. */
import * as vscode from 'vscode';
import { Classification } from './classify/classification.ts';
import { Preparation } from './classify/prepare.ts';
import { PatentEditors } from './documents/patent-editors.ts';
import { EngineClient } from './engine/client.ts';
import type { LogLevel } from './engine/process.ts';
import { showError } from './errors/show.ts';
import { Flash } from './evidence/flash.ts';
import { serveEditorModels } from './generation/editor-models/serve.ts';
import { MachineModels } from './generation/models/access.ts';
import { GenerationRuns } from './generation/run/runs.ts';
import { Highlighter } from './evidence/highlighter.ts';
import { Fidelity } from './fidelity/fidelity.ts';
import { Comparisons } from './leakage/comparisons.ts';
import { Leakage } from './leakage/leakage.ts';
import { LeakageTab } from './leakage/tab.ts';
import { act } from './patent-view/actions.ts';
import { PatentViewProvider } from './patent-view/provider.ts';
import { activeItem } from './session/active.ts';
import { setting } from './settings.ts';
import { DecisionRecorder } from './session/decision-recorder.ts';
import { Sessions } from './session/sessions.ts';
import { patentViewState } from './session/view-state.ts';
import { Tables } from './table/tables.ts';
import { Training } from './training/training.ts';
import { Roots } from './workspace/roots.ts';
import { Summaries } from './workspace/summaries.ts';

export interface Services {
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  /** Where it may keep files of its own. */
  readonly storage: vscode.Uri;
  /** What it remembers of this workspace. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly engine: EngineClient;
  readonly editors: PatentEditors;
  readonly roots: Roots;
  readonly summaries: Summaries;
  readonly sessions: Sessions;
  readonly training: Training;
  readonly preparation: Preparation;
  readonly classification: Classification;
  readonly decisions: DecisionRecorder;
  readonly highlighter: Highlighter;
  readonly flash: Flash;
  readonly leakage: Leakage;
  readonly leakageTab: LeakageTab;
  readonly fidelity: Fidelity;
  readonly tables: Tables;
  readonly patentView: PatentViewProvider;
  readonly models: MachineModels;
  readonly generation: GenerationRuns;
  readonly showError: (error: unknown) => void;
}

export function createServices({
  extensionUri: extension,
  globalStorageUri,
  workspaceState,
  secrets,
  subscriptions,
}: vscode.ExtensionContext): Services {
  const own = <T extends vscode.Disposable>(part: T): T => {
    subscriptions.push(part);
    return part;
  };
  const log = own(vscode.window.createOutputChannel('Patent Lab', { log: true }));
  const engine = own(
    new EngineClient({
      script: vscode.Uri.joinPath(extension, 'dist', 'engine.mjs').fsPath,
      l10n: vscode.l10n,
      log: (level, message) => write(log, level, message),
      serve: serveEditorModels,
      provider: () => setting('patentLab.provider'),
    }),
  );
  const editors = own(new PatentEditors());
  const roots = own(new Roots(editors));
  const summaries = own(new Summaries(engine));
  const sessions = own(new Sessions());
  const training = own(new Training(engine, summaries));
  const preparation = new Preparation(summaries, training);
  const classification = own(new Classification({ engine, roots, editors, sessions, preparation }));
  const decisions = new DecisionRecorder(engine, roots, summaries, sessions);
  const highlighter = own(new Highlighter(sessions));
  const leakage = own(new Leakage({ editors, roots, sessions, engine, log }));
  const comparisons = own(new Comparisons(engine, roots));
  const leakageTab = own(new LeakageTab({ editors, leakage, comparisons, summaries }));
  const fidelity = own(new Fidelity({ engine, editors, roots }));
  const tables = own(new Tables({ extension, engine, roots, summaries, preparation }));
  const patentView = own(
    new PatentViewProvider({
      extension,
      state: () => ({ kind: 'state', state: currentState(services) }),
      shown: () => {
        const active = activeItem(editors, sessions);
        const index = active?.place.unit?.index ?? leakageTab.shown;
        return active?.shown.kind === 'unclassified' ? index : active?.shown;
      },
      prepare: () => knowWorkspace(services),
      act: (intent) => {
        act(services, intent).catch((error: unknown) => services.showError(error));
      },
    }),
  );
  const models = new MachineModels(secrets);
  const services: Services = {
    extension,
    storage: globalStorageUri,
    memory: workspaceState,
    log,
    engine,
    editors,
    roots,
    summaries,
    sessions,
    training,
    preparation,
    classification,
    decisions,
    highlighter,
    flash: own(new Flash()),
    leakage,
    leakageTab,
    fidelity,
    tables,
    patentView,
    models,
    generation: own(new GenerationRuns(engine, models, log)),
    showError: (error) => void showError(error, log),
  };
  return services;
}

/** Whether there is a classifier decides what the Patent view offers. */
async function knowWorkspace({ roots, summaries }: Services): Promise<void> {
  const root = roots.current;
  if (root !== undefined && !summaries.state(root)) await summaries.load(root).catch(() => undefined);
}

function currentState({
  editors,
  sessions,
  summaries,
  roots,
  highlighter,
  leakageTab,
  fidelity,
}: Services): ReturnType<typeof patentViewState> {
  const active = editors.active;
  const summary = summaries.get(roots.current);
  const highlighted = highlighter.highlighted(active?.uri);
  return patentViewState({
    open: editors.open,
    sessions: sessions.all,
    leakage: leakageTab.state(),
    fidelity: fidelity.tab.state(),
    relative: (file) => vscode.workspace.asRelativePath(file),
    ...(active ? { active } : {}),
    ...(summary ? { summary } : {}),
    ...(highlighted === undefined ? {} : { highlighted }),
  });
}

function write(log: vscode.LogOutputChannel, level: LogLevel, message: string): void {
  switch (level) {
    case 'info':
      return log.info(message);
    case 'warning':
      return log.warn(message);
    case 'error':
      return log.error(message);
  }
}
