/** A fictitious workspace to write synthetic patents in: three described labels, nine real documents, and given plans. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatPlan, PLAN_SUFFIX, type GenerationPlan } from '../../src/core/generation/plan.ts';
import { realDocuments, TAXONOMY } from '../../src/engine/generation/testing/documents.ts';

export interface GenerationWorkspace {
  readonly path: string;
  remove(): void;
}

export function generationWorkspace(plans: readonly GenerationPlan[] = []): GenerationWorkspace {
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-generation-'));
  const workspace = path.join(folder, 'aids');
  for (const name of ['corpus', 'synthetic']) mkdirSync(path.join(workspace, name), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(path.join(workspace, name), text);
  const labels = TAXONOMY.labels.filter(({ description }) => description);
  write('taxonomy.json', JSON.stringify({ ...TAXONOMY, labels }));
  write('patent-lab.json', '{ "synthetic": "synthetic" }');
  write(
    path.join('corpus', 'real.jsonl'),
    realDocuments()
      .map((one) => `${JSON.stringify(one)}\n`)
      .join(''),
  );
  for (const plan of plans) write(path.join('synthetic', `${plan.name}${PLAN_SUFFIX}`), formatPlan(plan));
  return { path: workspace, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
