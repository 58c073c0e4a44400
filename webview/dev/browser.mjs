/** The browser that looks at the development page: the one that the end-to-end tests use. */
import { chromium } from 'playwright-core';
import { chromium as found } from '../../scripts/setup/chromium.mjs';

export function openBrowser() {
  const { executablePath, env } = found();
  const args = ['--no-sandbox', '--disable-gpu'];
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args });
}
