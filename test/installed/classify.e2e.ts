/** The extension as it is shipped: installed from its package into a VS Code that never saw the sources. */
import path from 'node:path';
import { root } from '../../scripts/lib/paths.mjs';
import { vsixFile } from '../../scripts/package/targets.mjs';
import { classifyJourney } from '../journeys/classify.ts';
import { useVSCode } from '../vscode/use.ts';

const opened = useVSCode({ workspace: path.join(root, 'samples'), extension: { vsix: vsixFile() } });

classifyJourney(opened, 'installed');
