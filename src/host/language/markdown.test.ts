import { expect, it } from 'vitest';
import { plainMarkdown } from './markdown.ts';

it.each([
  ['A walking aid comprising a shaft.', 'A walking aid comprising a shaft.'],
  ['*a* [b](command:x) <img src=x> &amp;', '\\*a\\* \\[b\\]\\(command\\:x\\) \\<img src=x\\> \\&amp;'],
  ['1. A cane;\n2. a grip', '1\\. A cane;\n\n2\\. a grip'],
  ['# no heading\n- no list', '\\# no heading\n\n\\- no list'],
  ['`code` | ~~x~~', '\\`code\\` \\| \\~\\~x\\~\\~'],
])('%j', (text, markdown) => {
  expect(plainMarkdown(text)).toBe(markdown);
});
