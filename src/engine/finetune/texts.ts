/**
 * Texts as a training reads them: all of a text is cut into windows as long as the encoder reads, and each epoch
 * trains on one window of every text, the next one in the next epoch, so that nothing of a long text is never read.
 */
import type { TextReader } from '../encoder/reader.ts';

export interface ReadText {
  /** Token ids of every window, special tokens included. */
  readonly windows: readonly Int32Array[];
}

export function readTexts(
  texts: readonly string[],
  reader: Pick<TextReader, 'spec' | 'layout'>,
): readonly ReadText[] {
  const { startToken, endToken } = reader.spec;
  return texts.map((text) => {
    const { tokens, windows } = reader.layout(text);
    return {
      windows: windows.map(({ start, end }) =>
        Int32Array.of(startToken, ...tokens.ids.subarray(start, end), endToken),
      ),
    };
  });
}

export function windowOf({ windows }: ReadText, epoch: number): Int32Array {
  const window = windows[epoch % windows.length];
  if (!window) throw new Error('a text has at least one window');
  return window;
}

/** The encoder's inputs for windows padded to one length. */
export function encoderFeeds(
  windows: readonly Int32Array[],
  length: number,
): Readonly<Record<'input_ids' | 'attention_mask' | 'token_type_ids', BigInt64Array>> {
  const ids = new BigInt64Array(windows.length * length);
  const mask = new BigInt64Array(windows.length * length);
  windows.forEach((window, row) => {
    window.forEach((id, position) => {
      ids[row * length + position] = BigInt(id);
      mask[row * length + position] = 1n;
    });
  });
  return { input_ids: ids, attention_mask: mask, token_type_ids: new BigInt64Array(ids.length) };
}
