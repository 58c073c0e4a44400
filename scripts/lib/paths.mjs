/** Where things stand in this checkout. Everything that is fetched or made lives in git-ignored folders below it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is fetched once and kept. */
export const cache = path.join(root, '.cache');

/** Folder the user called npm from; relative arguments mean files there. */
export const invokedFrom = process.env['INIT_CWD'] ?? process.cwd();
