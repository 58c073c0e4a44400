/** Reads the label files of a workspace as the engine does. Loaded with the first document that is checked. */
import path from 'node:path';
import { workspaceConfigSchema } from '../../core/corpus/workspace-config.ts';
import { DECISIONS_FILE, WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { parseDecisions, type DocumentDecision } from '../../core/corpus/decisions.ts';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { parseJson } from '../../core/json.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';

export interface Labels {
  readonly taxonomyFile: string;
  /** What {@link matcher} was made from. */
  readonly taxonomyText: string;
  readonly matcher: TermMatcher;
  readonly decisionsText: string;
  readonly decisions: ReadonlyMap<string, DocumentDecision>;
}

/** The text of a file, as it is in its editor where it is open; undefined where there is none. */
export type ReadText = (file: string) => Promise<string | undefined>;

/** Files that have a fixed place; where the taxonomy is, the first of them says. */
export const labelFiles = (root: string): readonly string[] => [
  path.join(root, WORKSPACE_CONFIG_FILE),
  path.join(root, DECISIONS_FILE),
];

export async function taxonomyFileOf(root: string, read: ReadText): Promise<string> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await read(file);
  const remedy = 'Correct patent-lab.json, or delete it to use the defaults.';
  const config =
    text === undefined
      ? workspaceConfigSchema.parse({})
      : parseJson(text, workspaceConfigSchema, { file, code: 'settings-invalid', remedy }).value;
  return path.resolve(root, config.taxonomy);
}

/**
 * Undefined where there is no taxonomy.
 * @param before what was read last; what did not change is not made again.
 * @throws PatentLabError `settings-invalid` or `taxonomy-invalid`, with the place.
 */
export async function readLabels(
  root: string,
  taxonomyFile: string,
  read: ReadText,
  before: Labels | undefined,
): Promise<Labels | undefined> {
  const taxonomyText = await read(taxonomyFile);
  if (taxonomyText === undefined) return undefined;
  const decisionsFile = path.join(root, DECISIONS_FILE);
  const decisionsText = (await read(decisionsFile)) ?? '';
  const isSame = before?.taxonomyText === taxonomyText && before.taxonomyFile === taxonomyFile;
  return {
    taxonomyFile,
    taxonomyText,
    matcher: isSame ? before.matcher : new TermMatcher(parseTaxonomy(taxonomyText, taxonomyFile)),
    decisionsText,
    decisions:
      before?.decisionsText === decisionsText
        ? before.decisions
        : // A line that is no decision is reported where the workspace is read as a whole.
          parseDecisions(decisionsText, decisionsFile).byId,
  };
}
