/**
 * Whether the engine has to be sent an editor's text or can read the file itself. Offsets must mean the same on both
 * sides, so besides unsaved changes there is the case of a file that the editor shows otherwise than it stands on disk
 * (mixed line ends, another encoding).
 */
export interface EditorText {
  readonly text: string;
  readonly isDirty: boolean;
  /** Size of the file on disk in bytes; undefined when there is none. */
  readonly size: number | undefined;
}

const BYTE_ORDER_MARK_BYTES = 3;

export function mustSendText({ text, isDirty, size }: EditorText): boolean {
  if (isDirty || size === undefined) return true;
  // The editor could not decode it; the engine says so with the place, instead of reading what the editor made of it.
  if (text.includes('\uFFFD')) return false;
  const bytes = Buffer.byteLength(text, 'utf8');
  return size !== bytes && size !== bytes + BYTE_ORDER_MARK_BYTES;
}
