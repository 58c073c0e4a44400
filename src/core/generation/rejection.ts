/** Why an answer is no document. Every rejection has one of these reasons, and is counted under it. */

export const REJECTION_REASONS = [
  /** Nothing, or nothing but a preamble. */
  'empty',
  /** The provider's filter, or the model's own words. */
  'refusal',
  /** Cut off, and what is whole is not enough. */
  'truncated',
  /** Neither the asked-for JSON nor sections with headings. */
  'unreadable',
  /** No title, or one that is a paragraph. */
  'title-missing',
  'abstract-missing',
  'claims-missing',
  /** Claims that are not numbered 1, 2, 3 …, not one sentence each, or refer to claims that do not come before. */
  'claims-malformed',
  'too-short',
  'too-long',
  /** Says the same again and again. */
  'repetitive',
  'wrong-language',
  /** Zero-width or bidirectional characters that hide text. */
  'hidden-text',
  /** Text aimed at a language model: the answer obeyed something in its seed, or passes it on. */
  'instruction-like',
  /** Talks about the task: its prompt, its examples, itself. */
  'prompt-echo',
  /** A paraphrase that is not about its seed. */
  'off-topic',
  /** Contains the name of a label that the instruction was to leave out. */
  'label-named',
  /** The text of the document it was made from, or of an example. */
  'near-seed',
  /** The text of another document of the workspace, or of the test split. */
  'near-real',
  /** The text of another output. */
  'near-output',
  /** A long run of words from a real document. */
  'copied-passage',
] as const;

export type RejectionReason = (typeof REJECTION_REASONS)[number];

export interface Rejection {
  readonly reason: RejectionReason;
  /** What exactly, for a person. */
  readonly detail: string;
}

/** Something worth knowing of a document that is accepted all the same. */
export interface CheckNote {
  readonly kind: 'preamble-removed' | 'truncated-repaired' | 'unicode-cleaned' | 'label-named' | 'renumbered';
  readonly detail: string;
}
