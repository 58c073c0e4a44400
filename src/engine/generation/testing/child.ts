/** A run as a process of its own, to be killed: `child.mjs OPTIONS.json`. It tells its parent when it begins. */
import { readFileSync } from 'node:fs';
import type { Endpoint, GenerationPlan } from '../../../protocol/generation.ts';
import { quietTask } from '../../task.ts';
import { openOpenAiClient } from '../clients/openai/client.ts';
import { runGeneration } from '../session.ts';

interface ChildOptions {
  readonly root: string;
  readonly plan: GenerationPlan;
  readonly endpoint: Endpoint;
}

const { root, plan, endpoint } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ChildOptions;
const warn = (message: string): void => void process.stderr.write(`${message}\n`);
process.stdout.write('begun\n');
const result = await runGeneration(
  { root, plan, existing: 'only-missing' },
  {
    openClient: ({ model }) => openOpenAiClient({ endpoint, model, localOnly: true, warn }),
    context: { access: { endpoints: [endpoint], localOnly: true }, warn },
    tell: () => undefined,
  },
  quietTask,
);
process.stdout.write(JSON.stringify(result));
