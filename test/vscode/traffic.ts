/** What a page asked for and complained about: every request leaving the machine, every error on the console. */
import type { BrowserContext, Page } from 'playwright-core';

/** Complaints of VS Code itself, running without an extension gallery and accounts. */
const KNOWN: readonly RegExp[] = [
  // The browser reports a missing optional file; VS Code goes on without it.
  /Failed to load resource: the server responded with a status of 404/,
  // Its own features look for an account after a minute.
  /Timed out waiting for authentication provider 'github' to register/,
];

export class Traffic {
  readonly #outside = new Map<string, number>();
  readonly #errors: string[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (isInside(url)) return;
      this.#outside.set(url.host, (this.#outside.get(url.host) ?? 0) + 1);
    });
    context.on('page', (page) => this.#watch(page));
  }

  /** Hosts outside this machine that were asked for anything. */
  get outsideHosts(): readonly string[] {
    return [...this.#outside.keys()];
  }

  /** Errors of the page and its webviews; VS Code's own known ones are left out. */
  get errors(): readonly string[] {
    return this.#errors.filter((error) => !KNOWN.some((known) => known.test(error)));
  }

  #watch(page: Page): void {
    page.on('pageerror', (error) => this.#errors.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error')
        this.#errors.push(`console: ${message.text()} (${message.location().url})`);
    });
  }
}

/** Webview resources have a made-up host that VS Code's service worker answers; nothing leaves for it. */
function isInside({ protocol, hostname }: URL): boolean {
  if (!/^(https?|wss?):$/.test(protocol)) return true;
  return (
    hostname === '127.0.0.1' ||
    hostname === 'localhost' ||
    hostname.endsWith('.vscode-resource.vscode-cdn.net')
  );
}
