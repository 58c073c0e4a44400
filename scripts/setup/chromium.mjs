/**
 * The browser of the end-to-end tests, and its graphics device in software. On Linux x64 a Chromium headless shell from npm, with the libraries that bare
 * machines lack; elsewhere an installed Chrome, Chromium or Edge. `PATENT_LAB_CHROMIUM` names another one.
 */
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { unpack, unpackBrotli, unpackBrotliTar } from '../lib/archive.mjs';
import { readJson, replaceFolder, withTemporaryFolder, writeAtomic } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { fetchPackage } from '../lib/npm.mjs';
import { cache } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';
import { timed } from '../lib/progress.mjs';

const SPECIFIER = '@sparticuz/chromium@147.0.0';

/** Counts up when what is made of the package changes. */
const LAYOUT = 3;
const folder = path.join(cache, 'chromium');
const SWIFTSHADER = 'swiftshader';

/** The fonts that come along, for machines without any. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** Fetches the browser where this platform has one to fetch. */
export async function setUpChromium() {
  if (process.env['PATENT_LAB_CHROMIUM'] || !isFetchable() || isDone()) return;
  await withLock('chromium', async () => {
    if (isDone()) return;
    await timed('Fetching Chromium for the tests (about 70 MB, once)', () =>
      withTemporaryFolder(async (temporary) => {
        const archive = await fetchPackage(SPECIFIER, temporary);
        await unpack(archive, temporary, { strip: 2, only: ['package/bin'] });
        await replaceFolder(folder, async (making) => {
          await unpackBrotli(path.join(temporary, 'chromium.br'), path.join(making, 'chromium'), 0o755);
          await unpackBrotliTar(path.join(temporary, 'al2023.tar.br'), making);
          await unpackBrotliTar(path.join(temporary, 'fonts.tar.br'), making);
          await unpackBrotliTar(path.join(temporary, 'swiftshader.tar.br'), path.join(making, SWIFTSHADER));
          await writeFile(path.join(making, 'fonts.conf'), FONTS);
        });
      }),
    );
    await writeAtomic(stampFile(), JSON.stringify({ from: SPECIFIER, layout: LAYOUT }));
  });
}

/**
 * How to start the browser: the program and the environment it needs.
 * @returns {{ executablePath: string, env: Record<string, string> }}
 */
export function chromium() {
  const chosen = process.env['PATENT_LAB_CHROMIUM'];
  if (chosen) {
    if (existsSync(chosen)) return { executablePath: chosen, env: {} };
    throw new Problem(
      `PATENT_LAB_CHROMIUM names ${chosen}, which is not there.`,
      'Set it to the program of a Chrome, Chromium or Edge, or remove it.',
    );
  }
  if (isFetchable() && isDone()) {
    const libraries = [path.join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    /** @type {Record<string, string>} */
    const fonts = hasFonts() ? {} : { FONTCONFIG_PATH: folder };
    return {
      executablePath: path.join(folder, 'chromium'),
      env: { LD_LIBRARY_PATH: libraries, ...fonts },
    };
  }
  const installed = installedBrowsers().find((file) => existsSync(file));
  if (installed) return { executablePath: installed, env: {} };
  throw new Problem(
    'There is no browser for the end-to-end tests.',
    'Install Chrome, Chromium or Edge, or set PATENT_LAB_CHROMIUM to the program of one.',
  );
}

/**
 * Environment of a process that finds a Vulkan device in software, on which WebGPU runs: slow, and right. Undefined where
 * none was fetched.
 * @returns {Record<string, string> | undefined}
 */
export function softwareVulkan() {
  if (!isFetchable() || !isDone()) return undefined;
  const place = path.join(folder, SWIFTSHADER);
  return {
    LD_LIBRARY_PATH: [place, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    VK_ICD_FILENAMES: path.join(place, 'vk_swiftshader_icd.json'),
  };
}

function isFetchable() {
  return process.platform === 'linux' && process.arch === 'x64';
}

function stampFile() {
  return path.join(folder, 'ready.json');
}

function isDone() {
  const stamp = /** @type {{ from?: string, layout?: number } | undefined} */ (readJson(stampFile()));
  const current = stamp?.from === SPECIFIER && stamp.layout === LAYOUT;
  return current && existsSync(path.join(folder, 'chromium'));
}

function hasFonts() {
  return existsSync('/etc/fonts/fonts.conf') && ['/usr/share/fonts', '/usr/local/share/fonts'].some(isFilled);
}

/** @param {string} directory */
function isFilled(directory) {
  return existsSync(directory) && readdirSync(directory).length > 0;
}

function installedBrowsers() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', path.join(homedir(), 'Applications')].map((place) =>
        path.join(place, `${name}.app`, 'Contents', 'MacOS', name),
      ),
    );
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((name) => process.env[name] ?? [])
      .flatMap((place) => [
        path.join(place, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        path.join(place, 'Chromium', 'Application', 'chrome.exe'),
        path.join(place, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]);
  }
  return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap(
    (name) => (process.env['PATH'] ?? '').split(':').map((place) => path.join(place, name)),
  );
}
