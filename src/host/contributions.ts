/**
 * Every command and setting of the extension, typed and in one place. The manifest is held against this registry by a
 * test in both directions, so that a command without a handler, a menu entry without a command or a setting without a
 * reader does not compile or does not pass.
 */
import { VIEWS, VIEW_NAMES } from '../core/patent/view.ts';

export const CATEGORY = 'Patent Lab';

/** Ids of the views and of their containers. */
export const PATENT_VIEW = 'patentLab.patent';
export const TAXONOMY_VIEW = 'patentLab.taxonomy';
export const RUNS_VIEW = 'patentLab.runs';

/** Context keys the host sets; `when` clauses use no others of our prefix. */
export const CONTEXT_KEYS = {
  /** The active editor shows a patent. */
  activePatent: 'patentLab.activePatent',
  /** The active patent has a prediction. */
  classified: 'patentLab.classified',
  /** Evidence is highlighted in the patent in front. */
  highlighting: 'patentLab.highlighting',
  /** The file in front holds synthetic documents. */
  synthetic: 'patentLab.synthetic',
  /** There are predictions that can be exported. */
  exportable: 'patentLab.exportable',
  /** `missing`, `present`, `failed` or, before anyone looked, unset. */
  taxonomy: 'patentLab.taxonomyState',
  /** Some documents are labelled. */
  labels: 'patentLab.hasLabels',
  /** The workspace has a trained classifier. */
  classifier: 'patentLab.hasClassifier',
  /** Synthetic documents are being written. */
  generating: 'patentLab.generating',
} as const;

/** File types a patent may stand in, as a `when` clause; `documents/kinds.ts` is the same list for code. */
const PATENT_FILE =
  'resourceScheme =~ /^(file|patent-lab)$/ && resourceExtname =~ /^\\.(xml|txt|md|jsonl|csv|tsv|pdf|xlsx|parquet|zip|gz)$/i';

/** An archive has no text to preview. */
const PREVIEWED_FILE =
  'resourceScheme =~ /^(file|patent-lab)$/ && resourceExtname =~ /^\\.(xml|txt|md|jsonl|csv|tsv|pdf|xlsx|parquet)$/i';

/** The file in front holds patents. */
const PATENT_IN_FRONT = 'resourceScheme =~ /^(file|patent-lab)$/ && patentLab.activePatent';

/** File types that can become a corpus. */
const IMPORTED_FILE =
  'resourceScheme == file && resourceExtname =~ /^\\.(csv|tsv|xlsx|parquet|jsonl|xml|zip|gz|pdf|txt|md)$/i';

/** A plan of a generation run. */
const PLAN_FILE = 'resourceScheme == file && resourceFilename =~ /\\.generation\\.json$/i';

/** A file of synthetic documents, by the folder it lies in. */
const SYNTHETIC_FILE =
  'resourceScheme == file && resourceExtname == .jsonl && resourcePath =~ /[\\/\\\\]synthetic[\\/\\\\]/';
/** A run in the Runs view; `viewItem` names its state and what can be done with it. */
const RUN_ROW = 'view == patentLab.runs && viewItem =~ /^run\\b/';

export interface MenuEntry {
  readonly menu:
    | 'commandPalette'
    | 'explorer/context'
    | 'editor/context'
    | 'editor/title'
    | 'editor/title/context'
    | 'view/title'
    | 'view/item/context';
  readonly when?: string;
  readonly group?: string;
}

export interface CommandContribution {
  readonly title: string;
  readonly shortTitle?: string;
  readonly icon?: `$(${string})`;
  readonly enablement?: string;
  readonly menus?: readonly MenuEntry[];
}

const HIDDEN: MenuEntry = { menu: 'commandPalette', when: 'false' };

export const COMMANDS = {
  'patentLab.classify': {
    title: 'Classify Patent',
    icon: '$(tag)',
    menus: [
      {
        menu: 'explorer/context',
        when: `!explorerResourceIsFolder && ${PATENT_FILE}`,
        group: '3_patentLab@1',
      },
      { menu: 'editor/context', when: PATENT_FILE, group: '3_patentLab@1' },
      { menu: 'editor/title', when: PATENT_IN_FRONT, group: 'navigation' },
      { menu: 'editor/title/context', when: PATENT_FILE, group: '3_patentLab@1' },
      {
        menu: 'view/title',
        when: 'view == patentLab.patent && patentLab.activePatent',
        group: 'navigation@1',
      },
    ],
  },
  'patentLab.openPreview': {
    title: 'Open Patent Preview to the Side',
    shortTitle: 'Open Patent Preview',
    icon: '$(open-preview)',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.activePatent' },
      {
        menu: 'explorer/context',
        when: `!explorerResourceIsFolder && ${PREVIEWED_FILE}`,
        group: 'navigation@30',
      },
      { menu: 'editor/context', when: PREVIEWED_FILE, group: '3_patentLab@5' },
      { menu: 'editor/title', when: PATENT_IN_FRONT, group: 'navigation' },
      { menu: 'editor/title/context', when: PREVIEWED_FILE, group: '3_patentLab@2' },
    ],
  },
  'patentLab.classifyFolder': {
    title: 'Classify Folder',
    icon: '$(table)',
    menus: [
      {
        menu: 'explorer/context',
        when: 'explorerResourceIsFolder && resourceScheme == file',
        group: '3_patentLab@1',
      },
    ],
  },
  'patentLab.classifySelection': {
    title: 'Classify Selection',
    enablement: 'editorHasSelection',
    menus: [{ menu: 'editor/context', when: `editorHasSelection && ${PATENT_FILE}`, group: '3_patentLab@2' }],
  },
  'patentLab.importDocuments': {
    title: 'Import as Corpus…',
    icon: '$(cloud-download)',
    menus: [
      {
        menu: 'explorer/context',
        when: `!explorerResourceIsFolder && ${IMPORTED_FILE}`,
        group: '3_patentLab@5',
      },
      {
        menu: 'explorer/context',
        when: 'explorerResourceIsFolder && resourceScheme == file',
        group: '3_patentLab@5',
      },
    ],
  },
  'patentLab.train': {
    title: 'Train Classifier',
    icon: '$(mortar-board)',
    menus: [{ menu: 'view/title', when: 'view == patentLab.taxonomy', group: 'navigation@1' }],
  },
  'patentLab.showTraining': { title: 'Show Classifier Training', icon: '$(graph-line)' },
  'patentLab.chooseFamily': { title: 'Choose What Is Trained…', icon: '$(settings)' },
  'patentLab.adaptEncoder': { title: 'Adapt Encoder to These Patents…', icon: '$(layers)' },
  'patentLab.showAdaptation': { title: 'Show Encoder Adaptation', icon: '$(graph-line)' },
  'patentLab.showPatentView': { title: 'Show Patent View', icon: '$(layout-sidebar-right)' },
  'patentLab.showTaxonomy': { title: 'Show Taxonomy', icon: '$(list-tree)' },
  'patentLab.refreshTaxonomy': {
    title: 'Refresh Taxonomy',
    icon: '$(refresh)',
    menus: [{ menu: 'view/title', when: 'view == patentLab.taxonomy', group: 'navigation@2' }],
  },
  'patentLab.openLabel': {
    title: 'Go to Label in Taxonomy File',
    icon: '$(go-to-file)',
    menus: [HIDDEN, { menu: 'view/item/context', when: 'view == patentLab.taxonomy', group: 'inline@2' }],
  },
  'patentLab.highlightEvidence': {
    title: 'Highlight Evidence for Label…',
    shortTitle: 'Highlight Evidence',
    icon: '$(paintcan)',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.classified' },
      { menu: 'editor/context', when: `patentLab.classified && ${PATENT_FILE}`, group: '3_patentLab@3' },
      { menu: 'view/title', when: 'view == patentLab.patent && patentLab.classified', group: 'navigation@2' },
      {
        menu: 'view/item/context',
        when: 'view == patentLab.taxonomy && patentLab.classified',
        group: 'inline@1',
      },
    ],
  },
  'patentLab.clearHighlights': {
    title: 'Clear Highlights',
    icon: '$(clear-all)',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.highlighting' },
      { menu: 'editor/context', when: `patentLab.highlighting && ${PATENT_FILE}`, group: '3_patentLab@4' },
      {
        menu: 'view/title',
        when: 'view == patentLab.patent && patentLab.highlighting',
        group: 'navigation@3',
      },
    ],
  },
  'patentLab.maskLeaks': {
    title: 'Mask Label Names in Document',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.activePatent' },
      { menu: 'editor/context', when: PATENT_IN_FRONT, group: '3_patentLab@6' },
    ],
  },
  'patentLab.auditLeakage': { title: 'Audit Corpus for Leakage', icon: '$(shield)' },
  'patentLab.scoreFidelity': {
    title: 'Score Fidelity',
    icon: '$(beaker)',
    menus: [
      {
        menu: 'explorer/context',
        when: '!explorerResourceIsFolder && resourceScheme == file && resourceExtname =~ /^\\.jsonl$/i',
        group: '3_patentLab@6',
      },
      {
        menu: 'editor/context',
        when: 'resourceScheme == file && patentLab.synthetic',
        group: '3_patentLab@7',
      },
    ],
  },
  'patentLab.scoreDocuments': { title: 'Score Documents of File', menus: [HIDDEN] },
  'patentLab.showFidelity': { title: 'Show Fidelity of Document', menus: [HIDDEN] },
  'patentLab.judgeSynthetic': { title: 'Judge Synthetic Document', menus: [HIDDEN] },
  'patentLab.allowTerm': { title: 'Allow Term for Label', menus: [HIDDEN] },
  'patentLab.study': {
    title: 'Does Synthetic Data Help?',
    icon: '$(beaker)',
    menus: [
      {
        menu: 'explorer/context',
        when: 'resourceScheme == file && resourceFilename =~ /\\.study\\.json$/i',
        group: '3_patentLab@1',
      },
      { menu: 'view/title', when: 'view == patentLab.taxonomy', group: '2_patentLab@3' },
      { menu: 'view/title', when: 'view == patentLab.runs', group: 'navigation@1' },
    ],
  },
  'patentLab.checkNumerics': { title: 'Check Numerics', icon: '$(pulse)' },
  'patentLab.checkCuda': { title: 'Check CUDA', icon: '$(circuit-board)' },
  'patentLab.showRuns': { title: 'Show Runs', icon: '$(history)' },
  'patentLab.refreshRuns': {
    title: 'Refresh Runs',
    icon: '$(refresh)',
    menus: [HIDDEN, { menu: 'view/title', when: 'view == patentLab.runs', group: 'navigation@2' }],
  },
  'patentLab.openRun': {
    title: 'Open Report',
    icon: '$(go-to-file)',
    menus: [
      HIDDEN,
      { menu: 'view/item/context', when: `${RUN_ROW} && viewItem =~ /\\bdone\\b/`, group: '1_open@1' },
    ],
  },
  'patentLab.resumeRun': {
    title: 'Resume',
    icon: '$(debug-continue)',
    menus: [
      HIDDEN,
      { menu: 'view/item/context', when: `${RUN_ROW} && viewItem =~ /\\bresume\\b/`, group: 'inline@1' },
      { menu: 'view/item/context', when: `${RUN_ROW} && viewItem =~ /\\bresume\\b/`, group: '1_open@1' },
    ],
  },
  'patentLab.compareRun': {
    title: 'Compare with…',
    icon: '$(diff)',
    menus: [
      HIDDEN,
      { menu: 'view/item/context', when: `${RUN_ROW} && viewItem =~ /\\bcompare\\b/`, group: '1_open@2' },
    ],
  },
  'patentLab.scoreRun': {
    title: 'Score Fidelity of This Run',
    icon: '$(telescope)',
    menus: [
      HIDDEN,
      { menu: 'view/item/context', when: `${RUN_ROW} && viewItem =~ /\\bscore\\b/`, group: '1_open@3' },
    ],
  },
  'patentLab.revealRun': {
    title: 'Reveal Folder',
    icon: '$(folder-opened)',
    menus: [HIDDEN, { menu: 'view/item/context', when: RUN_ROW, group: '2_files@1' }],
  },
  'patentLab.deleteRun': {
    title: 'Delete Run',
    icon: '$(trash)',
    menus: [HIDDEN, { menu: 'view/item/context', when: RUN_ROW, group: '3_delete@1' }],
  },
  'patentLab.exportPredictions': {
    title: 'Export Predictions…',
    icon: '$(export)',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.exportable' },
      {
        menu: 'view/title',
        when: 'view == patentLab.patent && patentLab.exportable',
        group: '2_patentLab@1',
      },
    ],
  },
  'patentLab.openCard': {
    title: 'Open Classifier Card',
    icon: '$(info)',
    menus: [
      {
        menu: 'view/title',
        when: 'view == patentLab.patent && patentLab.hasClassifier',
        group: '2_patentLab@2',
      },
      {
        menu: 'view/title',
        when: 'view == patentLab.taxonomy && patentLab.hasClassifier',
        group: '2_patentLab@1',
      },
    ],
  },
  'patentLab.exportClassifier': {
    title: 'Export Classifier…',
    icon: '$(package)',
    menus: [
      { menu: 'commandPalette', when: 'patentLab.hasClassifier' },
      {
        menu: 'view/title',
        when: 'view == patentLab.taxonomy && patentLab.hasClassifier',
        group: '2_patentLab@4',
      },
    ],
  },
  'patentLab.generate': {
    title: 'Generate Synthetic Patents…',
    icon: '$(sparkle)',
    menus: [
      { menu: 'view/title', when: 'view == patentLab.taxonomy', group: 'navigation@3' },
      {
        menu: 'view/item/context',
        when: 'view == patentLab.taxonomy && viewItem == label-deficit',
        group: 'inline@3',
      },
    ],
  },
  'patentLab.runPlan': {
    title: 'Run Generation Plan',
    icon: '$(run)',
    menus: [
      { menu: 'commandPalette', when: 'resourceFilename =~ /\\.generation\\.json$/i' },
      { menu: 'explorer/context', when: PLAN_FILE, group: '3_patentLab@1' },
      { menu: 'editor/title', when: PLAN_FILE, group: 'navigation' },
    ],
  },
  'patentLab.resumeGeneration': { title: 'Resume Generation…', icon: '$(debug-continue)' },
  'patentLab.stopGeneration': {
    title: 'Stop Generation',
    icon: '$(debug-stop)',
    menus: [{ menu: 'commandPalette', when: 'patentLab.generating' }],
  },
  'patentLab.reviewSynthetic': {
    title: 'Review Synthetic Patents',
    icon: '$(checklist)',
    menus: [
      { menu: 'explorer/context', when: SYNTHETIC_FILE, group: '3_patentLab@2' },
      { menu: 'view/title', when: 'view == patentLab.taxonomy', group: '2_patentLab@2' },
    ],
  },
  'patentLab.setModelKey': { title: 'Set Key of a Model Server…', icon: '$(key)' },
  'patentLab.forgetModelKey': { title: 'Forget Key of a Model Server…', icon: '$(trash)' },
  'patentLab.createFiles': { title: 'Create Patent Lab Workspace Files', icon: '$(new-file)' },
  'patentLab.openSamples': { title: 'Open Sample Workspace', icon: '$(library)' },
  'patentLab.restartEngine': { title: 'Restart Engine', icon: '$(debug-restart)' },
  'patentLab.showLog': { title: 'Show Log', icon: '$(output)' },
  'patentLab.showActions': { title: 'Show Actions', menus: [HIDDEN] },
} as const satisfies Record<`patentLab.${string}`, CommandContribution>;

export type CommandId = keyof typeof COMMANDS;

interface SettingBase {
  /** `resource` may differ by folder; `window` by window; `machine` cannot be set by a workspace. */
  readonly scope: 'resource' | 'window' | 'machine';
  readonly description: string;
}

export type SettingContribution =
  | (SettingBase & { readonly type: 'boolean'; readonly default: boolean })
  | (SettingBase & {
      readonly type: 'integer';
      readonly default: number;
      readonly minimum: number;
      readonly maximum: number;
    })
  | (SettingBase & {
      readonly type: 'string';
      readonly default: string;
      readonly enum: readonly string[];
      readonly enumDescriptions: readonly string[];
    })
  | (SettingBase & {
      /** A list of objects. */
      readonly type: 'array';
      readonly default: readonly [];
      readonly properties: Readonly<Record<string, PropertyContribution>>;
      readonly required: readonly string[];
    });

export interface PropertyContribution {
  readonly type: 'string' | 'integer' | 'boolean' | 'strings';
  readonly description: string;
  readonly minimum?: number;
}

export const SETTINGS = {
  'patentLab.view': {
    type: 'string',
    enum: ['auto', ...VIEWS],
    enumDescriptions: [
      'Compare the views on your labelled documents and keep the best.',
      ...VIEWS.map((view) => `Read the ${VIEW_NAMES[view]}.`),
    ],
    default: 'auto',
    scope: 'resource',
    description: 'Which sections of a patent a classifier reads. Takes effect with the next training.',
  },
  'patentLab.targetCount': {
    type: 'integer',
    default: 20,
    minimum: 1,
    maximum: 10_000,
    scope: 'resource',
    description:
      'How many labelled documents each label should have. The *Taxonomy* view shows how many are missing.',
  },
  'patentLab.neighbours': {
    type: 'integer',
    default: 5,
    minimum: 0,
    maximum: 50,
    scope: 'resource',
    description: 'How many of the nearest labelled patents the *Patent* view lists.',
  },
  'patentLab.classifyOnOpen': {
    type: 'boolean',
    default: false,
    scope: 'resource',
    description:
      'Classify a patent as soon as it is opened, if the workspace has a classifier. Never trains one.',
  },
  'patentLab.highlightOnClassify': {
    type: 'boolean',
    default: true,
    scope: 'window',
    description: 'Highlight the evidence for the most probable label in the editor after classifying.',
  },
  'patentLab.leakage': {
    type: 'string',
    enum: ['on', 'assignedOnly', 'off'],
    enumDescriptions: [
      'Mark the words of all labels, hidden text and what a document shares with others.',
      'Leave out the words of labels that the document does not have, and keywords.',
      'Mark nothing in editors. The *Patent* view still shows what was found.',
    ],
    default: 'on',
    scope: 'resource',
    description:
      'Which label leakage is marked in open patents: words that give a label away instead of describing the invention.',
  },
  'patentLab.generation.localOnly': {
    type: 'boolean',
    default: false,
    scope: 'machine',
    description:
      'Generate only with models on this machine: built-in ones, and servers at a loopback address. Everything else is refused before a word is sent.',
  },
  'patentLab.generation.endpoints': {
    type: 'array',
    default: [],
    scope: 'machine',
    description:
      'Servers with an OpenAI-compatible interface (Ollama, vLLM, llama.cpp, LM Studio, hosted ones) that may be asked to write synthetic patents. Keys do not belong here: *Set Key of a Model Server…* keeps them in the secret storage.',
    properties: {
      name: { type: 'string', description: 'What plans call it.' },
      url: { type: 'string', description: 'Base address, such as `http://127.0.0.1:11434/v1`.' },
      models: {
        type: 'strings',
        description: 'Models to offer; left out, the server is asked for its list.',
      },
      concurrency: { type: 'integer', minimum: 1, description: 'Requests at once, at most.' },
      structured: {
        type: 'boolean',
        description: 'Whether the server enforces a JSON schema; left out, it is tried.',
      },
    },
    required: ['name', 'url'],
  },
  'patentLab.generation.modelFiles': {
    type: 'array',
    default: [],
    scope: 'machine',
    description:
      'GGUF files on this machine that plans may name. A plan names one by its name and never by its path, so that a workspace cannot choose which file is opened. *A GGUF file…* of *Generate Synthetic Patents…* adds to it.',
    properties: {
      name: { type: 'string', description: 'What plans call it.' },
      path: { type: 'string', description: 'The whole path of the file.' },
    },
    required: ['name', 'path'],
  },
  'patentLab.provider': {
    type: 'string',
    enum: ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'],
    enumDescriptions: [
      'The fastest that gave the same results as the CPU on this machine; the CPU where none did.',
      'Always the CPU.',
      'WebGPU, if it passed the check.',
      'CUDA, if it is installed (*Check CUDA* says how) and passed the check.',
      'DirectML on Windows, if it passed the check.',
      'CoreML on macOS, if it passed the check.',
    ],
    default: 'auto',
    scope: 'machine',
    description:
      'What encoders run on and are trained on. An accelerator is used only after it was held against the CPU on this machine, for a training with two of its own steps; otherwise the CPU does the work, and the status bar, the log and the notes of what was trained say why. Changing it restarts the engine.',
  },
  'patentLab.syntheticLens': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description:
      'Show above each synthetic record of a JSONL file how close it is to real documents, with the verdicts *Accept* and *Reject*.',
  },
} as const satisfies Record<`patentLab.${string}`, SettingContribution>;

export type SettingKey = keyof typeof SETTINGS;

type Widened<T extends SettingContribution> = T extends { type: 'boolean' }
  ? boolean
  : T extends { type: 'integer' }
    ? number
    : T extends { enum: readonly (infer E)[] }
      ? E
      : T extends { type: 'array' }
        ? readonly unknown[]
        : never;

/** What reading a setting yields. */
export type SettingValue<K extends SettingKey> = Widened<(typeof SETTINGS)[K]>;
