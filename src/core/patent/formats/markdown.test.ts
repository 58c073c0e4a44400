import { describe, expect, it } from 'vitest';
import { readError, readOne, untraceableWords } from '../testing/reading.ts';

const SOURCE = `# EP 9 900 099 A1: Cane with a **lamp**

- **Applicant:** Nobody AG
- **Int. Cl.:** A61H 3/06; A45B 3/04

## Abstract

A cane carries a \`lamp\`
and a bell.

## Description

### Technical field

[0001] Canes \\*and\\* lamps.

- one
- two

### What the lamp does

It shines.

## Claims

1. A cane, **characterised by**:
   - a lamp;
   - a bell.

2. The cane according to claim 1.

## Figures

Fig. 1 is a view.
`;

describe('markdown', () => {
  it('reads title, sections and claims without their marks', () => {
    const patent = readOne(SOURCE, 'x.md');
    expect(patent).toMatchObject({ id: 'EP9900099A1', office: 'EP', kind: 'A1', format: 'markdown' });
    expect(patent.title?.text).toBe('Cane with a lamp');
    expect(patent.abstract?.text).toBe('A cane carries a lamp and a bell.');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'Technical field',
      'Canes *and* lamps.',
      'one\ntwo',
      'What the lamp does',
      'It shines.',
      'Figures',
      'Fig. 1 is a view.',
    ]);
    expect(patent.claims.map(({ text, dependsOn }) => [text, dependsOn])).toEqual([
      ['A cane, characterised by:\na lamp;\na bell.', []],
      ['The cane according to claim 1.', [1]],
    ]);
    expect(patent.classifications.map(({ code }) => code)).toEqual(['A61H 3/06', 'A45B 3/04']);
    expect(untraceableWords(patent, SOURCE)).toEqual([]);
  });

  it('reads front matter', () => {
    const text =
      '---\nid: US99000099B2\ntitle: Cane with lamp\nlanguage: en\n---\n\n## Abstract\n\nA cane carries a lamp.\n';
    const patent = readOne(text, 'x.md');
    expect(patent).toMatchObject({ id: 'US99000099B2', language: 'en' });
    expect(patent.title?.text).toBe('Cane with lamp');
    expect(patent.abstract?.text).toBe('A cane carries a lamp.');
  });

  it('refuses Markdown that is no patent', () => {
    const error = readError('# My project\n\nIt does many things with many words.\n', 'README.md');
    expect(error.code).toBe('not-a-patent');
    expect(error.message).toContain('No heading names an abstract or claims');
  });
});
