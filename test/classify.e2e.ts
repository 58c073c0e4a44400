import path from 'node:path';
import { it } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';

const vscode = useVSCode({ workspace: path.join(root, 'samples'), extension: { source: root } });

it('explores', async () => {
  const { workbench, traffic, serverLog } = vscode();
  const { page } = workbench;
  await workbench.chooseInExplorer('Classify Patent', 'patents/US99000002B2.xml');
  await page.waitForTimeout(8000);
  await workbench.screenshot('x1');
  const train = page.locator('.notifications-toasts').getByRole('button', { name: 'Train Now' });
  if (await train.count()) await train.click();
  await page.waitForTimeout(1500);
  await workbench.screenshot('x2');
  await page.waitForTimeout(25000);
  await workbench.screenshot('x3');
  console.log(traffic.errors, traffic.outsideHosts, serverLog().slice(-3000));
});
