/** Opens a real VS Code in a real browser with the extension in it: from source, or installed from its package. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium as browserType } from 'playwright-core';
import { chromium } from '../../scripts/setup/chromium.mjs';
import { QUIET_SETTINGS, startServer } from '../../scripts/vscode-web/server.mjs';
import { Traffic } from './traffic.ts';
import { addClassifier } from './trained.ts';
import { Workbench } from './workbench.ts';
import { copyOf, temporaryFolder } from './workspace.ts';

export interface LaunchOptions {
  /** Folder to open; the test works on a copy. */
  readonly workspace: string;
  /** Adds a trained classifier to the copy; otherwise there is none yet. */
  readonly trained?: boolean;
  /** `source`: folder of the extension; `vsix`: its package. */
  readonly extension: { readonly source: string } | { readonly vsix: string };
  /** Folders of further extensions, run from their source. */
  readonly others?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Asks for Workspace Trust as on the desktop. */
  readonly trust?: boolean;
}

/** A running VS Code with one window. */
export interface VSCode {
  readonly workbench: Workbench;
  readonly traffic: Traffic;
  /** The copied workspace folder. */
  readonly workspace: string;
  /**
   * Changes settings of the workspace while VS Code runs; it follows those at once. What a workspace may not set
   * (machine or application scope) has to be given to `launch`.
   */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the server and the extension host wrote to the console. */
  serverLog(): string;
  close(): Promise<void>;
}

/** Settings that make what a test sees the same everywhere. */
const TEST_SETTINGS = {
  ...QUIET_SETTINGS,
  'explorer.compactFolders': false,
  'editor.cursorBlinking': 'solid',
  // Where `configure` writes; not part of what a test looks at.
  'files.exclude': { '**/.vscode': true },
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Dark Modern',
  'window.commandCenter': false,
};

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--password-store=basic'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ...['--disable-background-timer-throttling', '--disable-renderer-backgrounding'],
];

/** Longest wait for one thing on the screen; machines may be small and busy. */
const PATIENCE = 60_000;

export async function launch(options: LaunchOptions): Promise<VSCode> {
  const cleanups: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const home = await temporaryFolder('home');
    cleanups.push(() => home.remove());
    const workspace = await copyOf(options.workspace);
    cleanups.push(() => workspace.remove());
    if (options.trained) await addClassifier(workspace.path);
    const server = await startServer({
      workspace: workspace.path,
      home: home.path,
      ...('source' in options.extension
        ? { extension: options.extension.source }
        : { vsix: options.extension.vsix }),
      others: options.others ?? [],
      settings: { ...TEST_SETTINGS, ...options.settings },
      trust: options.trust ?? false,
    });
    cleanups.push(() => server.stop());

    const { executablePath, env } = chromium();
    const browser = await browserType.launch({
      executablePath,
      env: { ...definedOnly(process.env), ...env },
      args: FLAGS,
    });
    cleanups.push(() => browser.close());
    const context = await browser.newContext({ viewport: options.viewport ?? { width: 1400, height: 900 } });
    context.setDefaultTimeout(PATIENCE);
    const traffic = new Traffic(context);
    const page = await context.newPage();
    await page.goto(server.url);
    const workbench = new Workbench(page);
    await workbench.waitUntilReady();

    const settingsFile = path.join(workspace.path, '.vscode', 'settings.json');
    let configured: Readonly<Record<string, unknown>> = {};
    return {
      workbench,
      traffic,
      workspace: workspace.path,
      configure: async (settings) => {
        configured = { ...configured, ...settings };
        await mkdir(path.dirname(settingsFile), { recursive: true });
        await writeFile(settingsFile, JSON.stringify(configured, null, 2));
      },
      serverLog: () => server.log(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
