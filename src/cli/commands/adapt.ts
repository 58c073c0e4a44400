/** `adapt`: an encoder trained on unlabelled patents. */
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import { adapt, type AdaptationResult } from '../../engine/adaptation/adapt.ts';
import { ProviderGate } from '../../engine/numerics/gate.ts';
import { readUnlabelled } from '../../engine/adaptation/documents.ts';
import type { AdaptCommand } from '../arguments/adapt.ts';
import { endProgress, noteProblems, print, printJson, terminalTask } from '../output.ts';
import { notePlan } from '../training-plan.ts';

export async function adaptCommand(command: AdaptCommand): Promise<number> {
  const task = terminalTask();
  const problems: PatentLabError[] = [];
  const { documents, notes } = await readUnlabelled(command.corpora, command.split, problems, task);
  noteProblems(problems);
  const [base, folder] = [path.resolve(command.base), path.resolve(command.out)];
  const gate = new ProviderGate({ choice: command.provider });
  const result = await adapt({ ...command, base, folder, documents, gate, onEvent: notePlan }, task);
  endProgress();
  const told = { ...result, encoder: { ...result.encoder, notes: [...notes, ...result.encoder.notes] } };
  if (command.json) printJson(record(told));
  else print(summary(told));
  return 0;
}

function record({ encoder, trained, resumed, decision }: AdaptationResult): Record<string, unknown> {
  const { folder, spec, documents, notes, seconds } = encoder;
  return {
    out: folder,
    encoder: { id: spec.id, sha256: spec.sha256 },
    documents,
    before: trained.history[0] ?? null,
    after: trained.history.find(({ epoch }) => epoch === trained.bestEpoch) ?? null,
    history: trained.history,
    bestEpoch: trained.bestEpoch,
    steps: trained.steps,
    resumed,
    diverged: trained.diverged ?? null,
    provider: decision ?? null,
    seconds,
    notes,
  };
}

function summary({ encoder, trained, resumed, decision }: AdaptationResult): string {
  return [
    `Encoder: ${encoder.folder}`,
    `  ${encoder.documents.train} documents, ${encoder.documents.heldOut} held out, ${trained.steps} steps${resumed > 0 ? ` (${resumed} of them before it was interrupted)` : ''}`,
    ...(decision ? [`  provider: ${decision.reason}`] : []),
    ...trained.history.map(
      ({ epoch, loss, heldOutLoss, heldOutAccuracy }) =>
        `  epoch ${epoch}: ${loss === undefined ? '' : `loss ${loss.toFixed(4)}, `}held out ${heldOutLoss.toFixed(4)}, right ${(100 * heldOutAccuracy).toFixed(1)} %${epoch === trained.bestEpoch ? '  ← kept' : ''}`,
    ),
    ...encoder.notes.map((line) => `  note: ${line}`),
  ].join('\n');
}
