/** What every install must be able to do: classify a patent from the explorer, training the classifier on the way. */
import { expect, test } from 'vitest';
import type { VSCode } from '../vscode/launch.ts';

/** Written so that it runs against the extension from source and from its package alike. */
export function classifyJourney(opened: () => VSCode, name: string): void {
  test('a patent is classified from the explorer, and the classifier is trained on the way', async () => {
    const { workbench } = opened();
    await workbench.chooseInExplorer('Classify Patent', 'patents/US99000001B2.xml');
    await workbench.answerNotification('There is no classifier yet', 'Train Now');

    const view = workbench.viewWebview;
    await view.locator('body[data-state="classified"]').waitFor();
    await view.getByRole('treeitem', { name: 'Powered wheelchairs' }).first().waitFor();
    expect(await workbench.secondarySideBar.isVisible()).toBe(true);
    await workbench.screenshot(`classify-${name}`);
  });

  test('nothing was asked of the outside, and nothing went wrong', () => {
    const { traffic } = opened();
    expect(traffic.outsideHosts).toEqual([]);
    expect(traffic.errors).toEqual([]);
  });
}
