/** One VS Code for all tests of a file; a test that fails leaves a screenshot and what the server said. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launch, type LaunchOptions, type VSCode } from './launch.ts';

/** Call it at the top of a file or a `describe`; the result is there inside its tests. */
export function useVSCode(options: LaunchOptions | (() => LaunchOptions)): () => VSCode {
  let vscode: VSCode | undefined;
  const opened = (): VSCode => {
    if (!vscode) throw new Error('VS Code is open only while a test runs');
    return vscode;
  };
  beforeAll(async () => {
    vscode = await launch(typeof options === 'function' ? options() : options);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || !vscode) return;
    const name = task.name.replace(/[^\w]+/g, '-').slice(0, 60);
    await vscode.workbench.screenshot(`failed-${name}`).catch(() => undefined);
    console.error(`Screenshot: test/screenshots/failed-${name}.png\n${vscode.serverLog().slice(-4000)}`);
  });
  afterAll(async () => {
    await vscode?.close();
    vscode = undefined;
  });
  return opened;
}
