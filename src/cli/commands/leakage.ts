/** `leakage`: findings of files and corpora, as a compiler tells its warnings, and the audit of a classifier. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTaxonomy, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { formatPlace, type PatentLabError } from '../../core/errors.ts';
import { SEVERITIES, type Finding, type Severity } from '../../core/leakage/finding.ts';
import { Engine, noTaxonomy } from '../../engine/engine.ts';
import { readError } from '../../engine/files/errors.ts';
import { writeFileAtomically } from '../../engine/files/write.ts';
import {
  auditedClassifier,
  filesCorpus,
  workspaceClassifier,
  workspaceCorpus,
} from '../../engine/leakage/audit-corpora.ts';
import { reportText, writeAuditRun } from '../../engine/leakage/audit-report.ts';
import { runAudit } from '../../engine/leakage/audit.ts';
import { checkFiles, type CheckedDocument, type CheckedSource } from '../../engine/leakage/check-files.ts';
import { LinePlaces } from '../../engine/leakage/line-places.ts';
import type { Task } from '../../engine/task.ts';
import { openWorkspace, type Workspace } from '../../engine/workspace/workspace.ts';
import type { LeakageCommand } from '../arguments/leakage.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

/** A failed document makes the result incomplete, which a script must know first; then come warnings. */
const EXIT = { clean: 0, failed: 1, nothing: 2, warnings: 3 } as const;

export async function leakageCommand(command: LeakageCommand): Promise<number> {
  const task = terminalTask();
  const labels = await labelsOf(command);
  const { taxonomy, workspace } = labels;
  const sources = sourcesOf(command, workspace);
  const teller = new Teller(command);
  const compare = workspace && command.files.length > 0 ? 'workspace' : 'each-other';
  const request = { taxonomy, sources, compare, ...(workspace ? { workspace } : {}) } as const;
  for await (const outcome of checkFiles(request, task)) {
    endProgress();
    switch (outcome.kind) {
      case 'document':
        await teller.document(outcome);
        break;
      case 'relations':
        await teller.findings(outcome, outcome.findings);
        break;
      case 'failure':
        teller.failure(outcome.file, outcome.index, outcome.error);
        break;
      case 'left-out':
        note(`${outcome.pairs} pairs of documents that look alike were too many to compare.`);
        break;
    }
  }
  endProgress();
  teller.end();
  if (command.audit && teller.documents > 0) await audit(command, command.audit, labels, task);
  return teller.exitCode;
}

interface Labels {
  readonly taxonomy: Taxonomy;
  readonly workspace?: Workspace;
}

async function labelsOf({ taxonomy: file, workspace: root }: LeakageCommand): Promise<Labels> {
  if (root !== undefined) {
    const workspace = await openWorkspace(path.resolve(root));
    noteProblems(workspace.problems);
    if (!workspace.taxonomy) throw noTaxonomy(workspace);
    return { taxonomy: workspace.taxonomy, workspace };
  }
  const given = file ?? '';
  const text = await readFile(given, 'utf8').catch((cause: unknown) => {
    throw readError(given, cause);
  });
  return { taxonomy: parseTaxonomy(text, given) };
}

/** Without files, all labelled documents of the workspace: its corpora, and decided documents in files of their own. */
function sourcesOf(
  { files, train, test, seeds }: LeakageCommand,
  workspace: Workspace | undefined,
): readonly CheckedSource[] {
  const own =
    workspace && files.length === 0
      ? [
          ...new Set([
            ...workspace.corpusFiles,
            ...workspace.documents.map(({ patent }) => patent.source.file),
          ]),
        ]
      : files;
  return [
    ...own.map((file): CheckedSource => ({ path: file })),
    ...train.map((file) => ({ path: file, side: 'train' as const })),
    ...test.map((file) => ({ path: file, side: 'test' as const })),
    ...seeds.map((file) => ({ path: file, isSeed: true })),
  ];
}

// ── findings ───────────────────────────────────────────────────────────────────────────────────────────────────

interface Told {
  readonly id: string;
  readonly file: string;
  readonly index: number;
}

/** Tells findings as they come, and counts them. */
class Teller {
  documents = 0;
  readonly #json: boolean;
  readonly #told: ReadonlySet<Severity>;
  readonly #places = new LinePlaces();
  readonly #counts: Record<Severity, number> = { warning: 0, information: 0, hint: 0 };
  readonly #unknown = new Map<string, number>();
  /** Findings that were too slight to be told. */
  #untold = 0;
  #failed = 0;
  #last = '';

  constructor({ json, severity }: LeakageCommand) {
    this.#json = json;
    this.#told = new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
  }

  get exitCode(): number {
    if (this.documents === 0) return EXIT.nothing;
    if (this.#failed > 0) return EXIT.failed;
    return this.#counts.warning > 0 ? EXIT.warnings : EXIT.clean;
  }

  async document(document: CheckedDocument): Promise<void> {
    this.documents++;
    for (const label of document.unknownLabels) {
      this.#unknown.set(label, (this.#unknown.get(label) ?? 0) + 1);
    }
    await this.findings(document, document.findings, document.title);
  }

  async findings(document: Told, findings: readonly Finding[], title = ''): Promise<void> {
    for (const finding of findings) {
      this.#counts[finding.severity]++;
      if (!this.#told.has(finding.severity)) {
        this.#untold++;
        continue;
      }
      const place = await this.#places.at(document.file, finding.span.start);
      if (this.#json) printJson(findingRecord(document, finding, place));
      else await this.#print(document, title, finding, place);
    }
  }

  failure(file: string, index: number, error: PatentLabError): void {
    this.#failed++;
    if (this.#json) printJson({ file, index, error: error.report() });
    else note(`${formatPlace(error.place) || file}: error: ${error.message} ${error.remedy}`);
  }

  end(): void {
    for (const [label, documents] of this.#unknown) {
      note(`The taxonomy lacks the label “${label}” of ${counted(documents, 'document')}.`);
    }
    if (this.documents === 0) {
      note('No document could be checked.');
      return;
    }
    const total = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    const { warning, information, hint } = this.#counts;
    note(
      total === 0
        ? `No leakage found in ${counted(this.documents, 'document')}.`
        : `${counted(warning, 'warning')}, ${counted(information, 'piece')} of information and ${counted(hint, 'hint')} in ${counted(this.documents, 'document')}${this.#untold > 0 ? `; ${this.#untold} of them not shown` : ''}.`,
    );
    if (this.#failed > 0) note(`${this.#failed} could not be read.`);
  }

  async #print(
    { id, file, index }: Told,
    title: string,
    finding: Finding,
    place: Partial<Place> | undefined,
  ): Promise<void> {
    const key = `${file}\n${index}`;
    if (key !== this.#last) print(`\n${id}${title === '' ? '' : `  ${title}`}`);
    this.#last = key;
    const { severity, kind, text, reason, related } = finding;
    print(`${formatPlace({ file, ...place })}: ${severity}: ${quoted(text, reason)}${reason} [${kind}]`);
    if (!related) return;
    const other = await this.#places.at(related.file, related.span.start);
    print(`  ${formatPlace({ file: related.file, ...other })}: ${related.id}`);
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

interface Place {
  readonly line: number;
  readonly column: number;
}

const findingRecord = (
  { id, file, index }: Told,
  { kind, severity, label, term, span, text, reason, related }: Finding,
  place: Place | undefined,
): object => ({
  document: id,
  file,
  index,
  ...place,
  kind,
  severity,
  label,
  term,
  span,
  text,
  reason,
  related,
});

/** Characters of a matched text on one line. */
const SHOWN = 60;

/** What stands there, unless the reason says it. */
function quoted(text: string, reason: string): string {
  // Hidden characters would act on the terminal.
  const visible = text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  if (visible === '' || reason.startsWith(`“${visible}”`)) return '';
  return `“${visible.length > SHOWN ? `${visible.slice(0, SHOWN)}…` : visible}”: `;
}

// ── audit ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function audit(
  command: LeakageCommand,
  { model, report: wanted, seed }: NonNullable<LeakageCommand['audit']>,
  { taxonomy, workspace }: Labels,
  task: Task,
): Promise<void> {
  const engine = new Engine({ warn: note });
  const folder = model === undefined ? undefined : path.resolve(model);
  const named = folder === undefined ? undefined : await auditedClassifier(engine, folder, folder);
  const audited = named ?? (workspace && (await workspaceClassifier(engine, workspace)));
  const problems: PatentLabError[] = [];
  const corpus = workspace
    ? await workspaceCorpus(workspace, audited, task)
    : await filesCorpus(
        taxonomy,
        command.taxonomy ?? '',
        sourcesOf(command, undefined).filter(({ isSeed }) => isSeed !== true),
        audited,
        problems,
        task,
      );
  noteProblems(problems);
  const report = await runAudit(corpus, audited, { seed }, task);
  endProgress();
  if (workspace) note(`The report stands in ${await writeAuditRun(workspace.root, report)}.`);
  if (wanted) {
    await writeFileAtomically(path.resolve(wanted.path), reportText(report, wanted.format));
    note(`The report stands in ${wanted.path}.`);
  }
  if (command.json) printJson({ audit: report });
  else print(`\n${report.conclusion}`);
}
