/** An import as a process of its own, to be killed: `child.mjs OPTIONS.json`. It tells its parent when it begins to write. */
import { readFileSync } from 'node:fs';
import { quietTask } from '../../task.ts';
import { importCorpus, type ImportOptions } from '../import-corpus.ts';

const options = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ImportOptions;
process.stdout.write('begun\n');
const result = await importCorpus(options, quietTask);
process.stdout.write(JSON.stringify(result));
