import { test } from 'vitest';
import { launch } from './vscode/launch.ts';
import { readFileSync, mkdirSync, writeFileSync, cpSync } from 'node:fs';
test('bisect', async () => {
  const pkg = JSON.parse(readFileSync('/work/main/package.json', 'utf8'));
  const run = async (name: string, change: (p: any) => void, extra?: (d: string) => void) => {
    const dir = '/tmp/probe/e2e/' + name.replace(/\W/g, '_'); mkdirSync(dir, { recursive: true });
    const p = structuredClone(pkg); p.main = './ext.cjs'; change(p);
    writeFileSync(dir + '/package.json', JSON.stringify(p)); writeFileSync(dir + '/ext.cjs', 'exports.activate=()=>{}');
    cpSync('/work/main/package.nls.json', dir + '/package.nls.json'); cpSync('/work/main/media', dir + '/media', { recursive: true });
    extra?.(dir);
    const v = await launch({ workspace: '/tmp/probe/ws', extension: { source: dir } });
    const w = v.workbench.page; let cls = '';
    for (let i = 0; i < 24 && !/theme-defaults/.test(cls); i++) { await w.waitForTimeout(250); cls = (await w.locator('.monaco-workbench').getAttribute('class')) ?? ''; }
    console.log('BISECT', name, cls.split(' ').at(-1));
    await v.close();
  };
  await run('full', () => {});
  await run('no contributes', (p) => { delete p.contributes; });
  for (const k of Object.keys(pkg.contributes)) await run('without ' + k, (p) => { delete p.contributes[k]; });
}, 600000);
