import { expect, it } from 'vitest';
import { mustSendText, type EditorText } from './send-text.ts';

it.each<[string, EditorText, boolean]>([
  ['a saved file', { text: 'aé', isDirty: false, size: 3 }, false],
  ['a saved file with a byte-order mark', { text: 'aé', isDirty: false, size: 6 }, false],
  ['unsaved changes', { text: 'aé', isDirty: true, size: 3 }, true],
  ['line ends that the editor made equal', { text: 'a\nb\n', isDirty: false, size: 5 }, true],
  ['another encoding', { text: 'aé', isDirty: false, size: 2 }, true],
  ['bytes that are no text in any encoding', { text: 'a\uFFFD', isDirty: false, size: 2 }, false],
  ['a file that is gone', { text: 'a', isDirty: false, size: undefined }, true],
])('%s', (_, editor, send) => {
  expect(mustSendText(editor)).toBe(send);
});
