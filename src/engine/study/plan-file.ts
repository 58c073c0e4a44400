/** A study's plan from its file, or the default one; and what it says about the documents, as absolute paths. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { STUDY_FILE_SUFFIX, studyPlanSchema, type StudyPlan } from '../../core/study/plan.ts';
import { parseJson } from '../../core/json.ts';
import { readError } from '../files/errors.ts';
import { expandPath, globFiles } from '../files/read-documents.ts';

/** Where a study's documents come from. What is undefined comes from the workspace. */
export interface StudySources {
  readonly taxonomy?: string;
  readonly real?: readonly string[];
  readonly synthetic?: readonly string[];
  readonly test?: readonly string[];
  /** Folder of the encoder that is fine-tuned. */
  readonly base?: string;
}

export interface PlannedStudy {
  readonly plan: StudyPlan;
  readonly name: string;
  /** The plan's file. */
  readonly file?: string;
  readonly sources: StudySources;
}

export const DEFAULT_PLAN: StudyPlan = studyPlanSchema.parse({});

export const defaultStudy = (): PlannedStudy => ({
  plan: DEFAULT_PLAN,
  name: 'Does synthetic data help?',
  sources: {},
});

/** @throws PatentLabError `study-invalid` with the place. */
export async function readPlan(file: string): Promise<PlannedStudy> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw readError(file, cause);
  }
  const { value: plan } = parseJson(text, studyPlanSchema.strict(), {
    file,
    code: 'study-invalid',
    remedy: 'Correct the study; {} is a whole plan, and the editor completes the fields.',
  });
  const folder = path.dirname(file);
  const files = async (patterns: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const pattern of patterns) {
      if (/[*?{[]/.test(pattern)) found.push(...(await globFiles(folder, [pattern])));
      else found.push(...(await expandPath(path.resolve(folder, pattern))));
    }
    return found;
  };
  return {
    plan,
    name: plan.name ?? path.basename(file, STUDY_FILE_SUFFIX),
    file,
    sources: {
      ...(plan.base === undefined ? {} : { base: path.resolve(folder, plan.base) }),
      ...(plan.taxonomy === undefined ? {} : { taxonomy: path.resolve(folder, plan.taxonomy) }),
      ...(plan.real ? { real: await files(plan.real) } : {}),
      ...(plan.synthetic ? { synthetic: await files(plan.synthetic) } : {}),
      ...(plan.test ? { test: await files(plan.test) } : {}),
    },
  };
}
