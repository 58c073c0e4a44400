/** The manifest says what the registry says, no more and no less, and refers to nothing that does not exist. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  CONTEXT_KEYS,
  PATENT_VIEW,
  RUNS_VIEW,
  SETTINGS,
  TAXONOMY_VIEW,
  type SettingContribution,
} from './contributions.ts';
import { PATENT_EXTENSIONS } from './documents/kinds.ts';
import { manifestSections, manifestTexts } from './manifest.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  contributes: Record<string, unknown>;
  capabilities: unknown;
};
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes } = manifest;

describe('package.json', () => {
  const sections = manifestSections();
  it.each(['commands', 'menus', 'configuration'] as const)('holds the registered %s', (section) => {
    expect(contributes[section]).toEqual(sections[section]);
  });

  it('contributes the views the host provides', () => {
    const views = Object.values(contributes['views'] as Record<string, { id: string }[]>).flat();
    expect(views.map((view) => view.id).sort()).toEqual([PATENT_VIEW, RUNS_VIEW, TAXONOMY_VIEW].sort());
  });

  it('uses context keys that the host sets', () => {
    const used = new Set(JSON.stringify(contributes).match(/(?<=[\s"!&(:])patentLab\.\w+(?=[\s"&)=])/g));
    const known = new Set<string>([
      ...Object.values(CONTEXT_KEYS),
      ...Object.keys(COMMANDS),
      ...Object.keys(sections.configuration.properties),
      ...(contributes['colors'] as { id: string }[]).map((color) => color.id),
      PATENT_VIEW,
      RUNS_VIEW,
      TAXONOMY_VIEW,
    ]);
    expect([...used].filter((key) => !known.has(key))).toEqual([]);
  });

  it('keeps what decides where text goes out of the hands of a workspace', () => {
    const machine = Object.entries<SettingContribution>(SETTINGS)
      .filter(([, { scope }]) => scope === 'machine')
      .map(([key]) => key);
    expect(machine.length).toBeGreaterThan(0);
    expect(manifest.capabilities).toMatchObject({
      untrustedWorkspaces: { restrictedConfigurations: machine },
    });
  });

  it('offers the file types the host reads', () => {
    const expression = /resourceExtname =~ (\/\S+\/i)/.exec(JSON.stringify(contributes))?.[1] ?? '';
    const pattern = new RegExp(JSON.parse(`"${expression.slice(1, -2)}"`) as string, 'i');
    for (const extension of PATENT_EXTENSIONS) expect(extension).toMatch(pattern);
    expect('.json').not.toMatch(pattern);
  });

  it('ships every file it names', () => {
    const files = JSON.stringify(contributes).match(/(?<=")(\.\/)?(media|schemas)\/[^"]+/g) ?? [];
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) expect(() => read(file)).not.toThrow();
  });
});

describe('package.nls.json', () => {
  it('holds the registered texts', () => {
    expect(texts).toMatchObject(manifestTexts());
  });

  it('has a text for each key in the manifest, and no other', () => {
    const used = JSON.stringify(manifest).match(/(?<="%)[\w.-]+(?=%")/g) ?? [];
    expect(Object.keys(texts).sort()).toEqual([...new Set(used)].sort());
  });

  it('links only to commands that exist', () => {
    const links = Object.values(texts).flatMap((text) => text.match(/(?<=command:)patentLab\.\w+/g) ?? []);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(Object.keys(COMMANDS)).toContain(link);
  });
});
