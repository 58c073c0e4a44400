import { test } from 'vitest';
import { useVSCode } from './vscode/use.ts';
const get = useVSCode({ workspace: process.env.WS ?? '/tmp/probe/ws', extension: { source: process.env.EXTN ?? '/tmp/probe/ext' } });
test('probe2', async () => {
  const v = get(); const p = v.workbench.page;
  const logs: string[] = []; p.on('console', (m) => logs.push(m.type() + ' ' + m.text().slice(0, 300)));
  await p.reload(); await v.workbench.waitUntilReady();
  await p.waitForTimeout(4000); console.log('THEME', (await p.locator('.monaco-workbench').getAttribute('class')));
  console.log(logs.join('\n'));
  await v.workbench.run('Preferences: Open User Settings (JSON)');
  await p.waitForTimeout(2000);
  await v.workbench.screenshot('s1');
});
