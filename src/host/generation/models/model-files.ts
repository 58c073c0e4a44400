/** The GGUF files that the machine's settings name, checked: what is wrong there is said and not guessed at. */
import path from 'node:path';
import { z } from 'zod';
import { PatentLabError } from '../../../core/errors.ts';
import type { ModelFile } from '../../../protocol/generation.ts';

const filesSchema = z.array(
  z.object({
    name: z.string().trim().min(1),
    path: z.string().refine((file) => path.isAbsolute(file), { error: 'a path is a whole one' }),
  }),
);

/** @throws PatentLabError `settings-invalid`, naming the entry. */
export function readModelFiles(value: unknown): readonly ModelFile[] {
  const { success, data, error } = filesSchema.safeParse(value);
  if (!success) {
    const issue = error.issues[0];
    throw invalid(`${(issue?.path ?? []).join('.')}: ${issue?.message ?? ''}`);
  }
  const names = data.map(({ name }) => name);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double !== undefined) throw invalid(`two files are called "${double}"`);
  return data;
}

/** `phi-4.Q4.gguf` → `phi-4.Q4`, or `phi-4.Q4 2` where that is taken. */
export function nameOf(file: string, taken: readonly ModelFile[]): string {
  const base = path.basename(file).replace(/\.gguf$/i, '');
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.some((one) => one.name === name)) return name;
  }
}

const invalid = (what: string): PatentLabError =>
  new PatentLabError({
    code: 'settings-invalid',
    message: `The setting patentLab.generation.modelFiles cannot be used: ${what}.`,
    remedy: 'Correct it in the settings of your user or of this machine.',
  });
