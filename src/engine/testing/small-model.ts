/** The built-in small language model, where the test command has set it up. */
import path from 'node:path';
import { TINYLLAMA } from '../models/catalog.ts';
import { REPOSITORY } from './repository.ts';

export const smallModelFile = path.join(REPOSITORY, '.cache', 'models', TINYLLAMA.file);
