/**
 * Drives the views by keyboard in a browser and checks what they send and where the focus is:
 * `node webview/dev/keyboard.mjs [name part]`. Exits with 1 when something is not as it should be.
 */
import assert from 'node:assert/strict';
import { openBrowser } from './browser.mjs';
import { start } from './server.mjs';

const { url, stop } = await start();
const browser = await openBrowser();
let failed = 0;

async function check(name, path, body) {
  if (!name.includes(process.argv[2] ?? '')) return;
  const context = await browser.newContext({ viewport: { width: 360, height: 700 } });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  try {
    await page.goto(`${url}/${path}`);
    await page.locator('body[data-state]').waitFor();
    await body(page, {
      press: async (...keys) => {
        for (const key of keys) {
          await page.keyboard.press(key);
          await page.waitForTimeout(50);
        }
      },
      last: () => page.evaluate(() => window.intents.at(-1)),
      label: () => page.evaluate(() => document.activeElement?.closest('[data-label]')?.dataset.label ?? ''),
      focused: () => page.evaluate(() => document.activeElement?.className ?? ''),
    });
    assert.deepEqual(errors, []);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.error(`FAIL ${name}\n${error.message}`);
  }
  await context.close();
}

const rows = (page) => page.locator('[role=treeitem]');

await check(
  'labels: arrows run over all groups',
  'patent.html?state=classified',
  async (page, { press, label }) => {
    await rows(page).first().focus();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.equal(await label(), 'seating-and-cushions');
    await press('ArrowDown');
    assert.equal(await label(), 'manual-wheelchairs');
    await press('End');
    assert.equal(await label(), await rows(page).last().getAttribute('data-label'));
    await press('Home');
    assert.equal(await label(), 'powered-wheelchairs');
    assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1);
  },
);

await check(
  'labels: evidence opens, is walked and revealed',
  'patent.html',
  async (page, { press, last, focused, label }) => {
    await rows(page).first().focus();
    await press('ArrowRight');
    assert.equal(await rows(page).first().getAttribute('aria-expanded'), 'true');
    await press('ArrowRight');
    assert.match(await focused(), /passage/);
    await press('Enter');
    assert.equal((await last()).kind, 'reveal');
    await press('ArrowDown', 'Enter');
    assert.equal((await last()).kind, 'reveal');
    await press('ArrowLeft');
    assert.match(await focused(), /^label/);
    await press('ArrowLeft');
    assert.equal(await rows(page).first().getAttribute('aria-expanded'), 'false');
    await press('Enter');
    assert.equal(await rows(page).first().getAttribute('aria-expanded'), 'true');
    assert.equal(await label(), 'powered-wheelchairs');
  },
);

await check('labels: decisions and highlight', 'patent.html', async (page, { press, last }) => {
  await rows(page).first().focus();
  const pressed = (name) =>
    page.evaluate(
      (which) => document.querySelector(`.label .${which}`).shadowRoot.querySelector('button').ariaPressed,
      name,
    );
  await press('a');
  assert.deepEqual(await last(), { kind: 'decide', label: 'powered-wheelchairs', decision: 'accepted' });
  assert.equal(await pressed('accept'), 'true');
  await press('+');
  assert.deepEqual(await last(), { kind: 'decide', label: 'powered-wheelchairs', decision: undefined });
  assert.equal(await pressed('accept'), 'false');
  await press('x');
  assert.deepEqual(await last(), { kind: 'decide', label: 'powered-wheelchairs', decision: 'rejected' });
  assert.equal(await pressed('reject'), 'true');
  await press('-');
  assert.equal((await last()).decision, undefined);
  await press('h');
  assert.deepEqual(await last(), { kind: 'highlight', label: 'powered-wheelchairs' });
  await press('h');
  assert.deepEqual(await last(), { kind: 'highlight', label: undefined });
  await press('Control+a');
  assert.equal((await last()).kind, 'highlight');
});

await check(
  'labels: a row that changes its group keeps the focus',
  'patent.html',
  async (page, { press, label }) => {
    await page.locator('[data-label="home-lifts-and-stairlifts"]').focus();
    await press('a');
    assert.equal(await label(), 'home-lifts-and-stairlifts');
    assert.equal(await page.locator('.label-group.added [role=treeitem]').count(), 1);
    await press('ArrowDown');
    assert.equal(await label(), 'manual-wheelchairs');
  },
);

await check('labels: filter and back', 'patent.html', async (page, { press, label }) => {
  await page.locator('.filter-field').click();
  await page.keyboard.type('BRAILLE');
  await page.waitForTimeout(60);
  assert.equal(await rows(page).count(), 1);
  await press('ArrowDown');
  assert.equal(await label(), 'braille-displays');
  await page.locator('.filter-field').click();
  await press('Escape');
  assert.ok((await rows(page).count()) > 5);
});

await check('labels: add one of the taxonomy', 'patent.html', async (page, { press, last, focused }) => {
  await page.locator('.add-label').focus();
  await press('Enter');
  await page.keyboard.type('guide dog');
  await press('Enter');
  assert.deepEqual(await last(), { kind: 'decide', label: 'guide-dog-harnesses', decision: 'accepted' });
  assert.match(await focused(), /add-label/);
  assert.equal(await page.locator('.label-group.added [role=treeitem]').count(), 1);
  await press('Enter', 'Escape');
  assert.match(await focused(), /add-label/);
  await page.locator('.add-label').click();
  assert.equal(await page.locator('.combobox').count(), 1);
  await page.locator('.add-label').click();
  assert.equal(await page.locator('.combobox').count(), 0);
});

await check('updates keep focus, scroll and what is open', 'patent.html', async (page, { press, label }) => {
  await rows(page).first().focus();
  await press('Enter');
  await page.locator('[data-label="seating-and-cushions"]').focus();
  await page.evaluate(() => window.scrollTo(0, 420));
  await press('a', 'a', 'h', 'h');
  assert.equal(await page.evaluate(() => window.scrollY), 420);
  assert.equal(await label(), 'seating-and-cushions');
  await page.waitForTimeout(250);
  await page.reload();
  await page.locator('body[data-state=classified]').waitFor();
  await page.waitForTimeout(100);
  assert.equal(await rows(page).first().getAttribute('aria-expanded'), 'true');
  assert.equal(await page.evaluate(() => window.scrollY), 420);
});

await check('classifying again moves nothing', 'patent.html?state=stale', async (page) => {
  const top = () =>
    rows(page)
      .first()
      .evaluate((row) => row.getBoundingClientRect().top);
  const before = await top();
  await page.getByText('Re-classify').click();
  await page.locator('body[data-state=classifying]').waitFor();
  assert.equal(await top(), before);
  await page.locator('body[data-state=classified]').waitFor();
});

await check('open patents: arrows and enter', 'patent.html', async (page, { press, last }) => {
  await page.locator('.open-item').first().focus();
  await press('ArrowDown', 'ArrowDown', 'Enter');
  assert.deepEqual(await last(), { kind: 'open-document', uri: 'file:///patents/notes.txt' });
});

await check('failed: the place leads to the editor', 'patent.html?state=failed', async (page, { last }) => {
  await page.getByText('line 1204').click();
  assert.deepEqual(await last(), { kind: 'reveal', span: { start: 48211, end: 48211 } });
});

const active = (page) =>
  page.evaluate(() => {
    const id = document.querySelector('[role=grid]').getAttribute('aria-activedescendant');
    const row = id && document.getElementById(id);
    return row ? Number(row.getAttribute('aria-rowindex')) : -1;
  });

await check('table: keys move and open', 'table.html?state=done', async (page, { press, last }) => {
  await page.locator('[role=grid]').focus();
  assert.equal(await active(page), 2);
  await press('ArrowDown');
  assert.equal(await active(page), 3);
  await press('PageDown');
  assert.ok((await active(page)) > 8);
  await press('End');
  assert.equal(await active(page), 3001);
  await press('ArrowUp');
  assert.equal(await active(page), 3000);
  await press('Home');
  assert.equal(await active(page), 2);
  await press('Enter');
  assert.equal((await last()).kind, 'open');
  assert.ok((await page.locator('[role=grid] [role=row]').count()) < 60);
});

await check('table: headers sort', 'table.html?state=done', async (page, { press }) => {
  const sorted = (column) => page.locator(`[data-column=${column}]`).getAttribute('aria-sort');
  assert.equal(await sorted('uncertainty'), 'descending');
  await page.locator('[data-column=patent] button').focus();
  await press('Enter');
  assert.equal(await sorted('patent'), 'ascending');
  assert.equal(await sorted('uncertainty'), 'none');
  await press('Enter');
  assert.equal(await sorted('patent'), 'descending');
});

await check('table: filter and kinds', 'table.html?state=done', async (page, { press }) => {
  await page.locator('.filter-field').click();
  await page.keyboard.type('braille layered');
  await page.waitForTimeout(80);
  assert.match(await page.locator('.table-found').innerText(), /of 3,000/);
  await press('Escape');
  await page.locator('.dropdown').focus();
  await press('End', 'Enter');
  assert.equal(await page.locator('.grid-row').count(), 3);
  assert.equal(await page.locator('.cell-error').count(), 3);
});

await check('table: new rows leave the view where it is', 'table.html?state=running&live', async (page) => {
  await page.locator('[role=grid]').evaluate((grid) => grid.scrollTo(0, 2222));
  await page.waitForTimeout(100);
  const first = () =>
    page.evaluate(() => {
      const top = document.querySelector('.grid-head').getBoundingClientRect().bottom;
      const row = [...document.querySelectorAll('.grid-row')].find(
        (r) => r.getBoundingClientRect().bottom > top + 1,
      );
      return `${row.querySelector('.row-id').textContent} ${Math.round(row.getBoundingClientRect().top)}`;
    });
  const before = await first();
  const rowsBefore = await page.locator('[role=grid]').getAttribute('aria-rowcount');
  await page.waitForTimeout(1500);
  assert.notEqual(await page.locator('[role=grid]').getAttribute('aria-rowcount'), rowsBefore);
  assert.equal(await first(), before);
  await page.getByText('Cancel').click();
  await page.locator('body[data-state=cancelled]').waitFor();
});

const place = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-place'));
const openLeakage = (page) => page.locator('#tab-leakage').click();

await check(
  'leakage: the places are walked, revealed and acted on',
  'patent.html?state=leakage-found',
  async (page, { press, last }) => {
    await openLeakage(page);
    await press('n');
    assert.equal(await place(page), '0');
    await press('n', 'n', 'p');
    assert.equal(await place(page), '1');
    assert.equal(await page.locator('.leak[tabindex="0"]').count(), 1);
    await press('Enter');
    assert.equal((await last()).kind, 'reveal');
    assert.equal(await page.locator('.popover').count(), 1);
    await press('Tab', 'Tab', 'Enter');
    assert.deepEqual((await last()).scope, 'occurrence');
    assert.equal(await page.locator('.popover').count(), 1);
    await press('Escape');
    assert.equal(await page.locator('.popover').count(), 0);
    assert.equal(await place(page), '1');
    await press('p', 'p');
    const places = await page.locator('[data-place]').count();
    assert.equal(await place(page), String(places - 1));
  },
);

await check(
  'leakage: a label shows its marks alone, the list has all actions',
  'patent.html?state=leakage-found',
  async (page, { press, last }) => {
    await openLeakage(page);
    const all = await page.locator('.leak').count();
    await page.locator('.legend-label').nth(1).focus();
    await press('Enter');
    assert.equal(await page.locator('.leak').count(), 1);
    assert.equal(await page.locator('.legend-label').nth(1).getAttribute('aria-pressed'), 'true');
    await press('Enter');
    assert.equal(await page.locator('.leak').count(), all);
    await page.locator('.switch-choice[aria-checked="true"]').focus();
    await press('ArrowRight');
    assert.equal(await page.locator('.leak').count(), 0);
    await press('n', 'n', 'Enter');
    assert.equal((await last()).kind, 'reveal');
    await press('Tab', 'Tab', 'Tab', 'Enter');
    assert.equal((await last()).kind, 'leakage-allow');
  },
);

await check(
  'leakage: stands for patents that are not classified',
  'patent.html?state=no-classifier',
  async (page) => {
    await page.getByText('Train classifier').first().waitFor();
    await openLeakage(page);
    await page.getByText('No label is named in this patent.').waitFor();
  },
);

await check(
  'audit: columns sort, documents open, charts export',
  'audit.html',
  async (page, { press, last }) => {
    const heads = page.locator('.figure-table').first().locator('th[scope="col"]');
    assert.equal(await heads.last().getAttribute('aria-sort'), 'descending');
    await page.locator('.figure-sort').first().focus();
    await press('Enter');
    assert.equal(await heads.first().getAttribute('aria-sort'), 'ascending');
    const names = await page.locator('.figure-table').first().locator('.figure-text').allTextContents();
    assert.deepEqual(names, [...names].sort());
    // The chart has a row for each of the table's.
    const [rows, chart] = await page.evaluate(() => {
      const figure = document.querySelector('.figure');
      const box = (selector) => figure.querySelector(selector).getBoundingClientRect();
      return [box('tbody'), box('.pl-plot')].map(({ top, bottom }) => ({ top, bottom }));
    });
    assert.ok(Math.abs(chart.top + 30 - rows.top) < 1.5 && Math.abs(chart.bottom - 2 - rows.bottom) < 1.5);
    await page.locator('.document-link button').first().focus();
    await press('Enter');
    assert.equal((await last()).kind, 'open');
    await page.getByText('SVG', { exact: true }).first().click();
    const { format, svg } = await last();
    assert.equal(format, 'svg');
    assert.match(svg, /^<svg xmlns=/);
    assert.doesNotMatch(svg, /var\(|<style/);
  },
);

await check(
  'training: it starts, its curves come in, it stops',
  'training.html?state=setup',
  async (page, { press, last }) => {
    await page.getByText('about 1.4 GB').waitFor();
    await page.getByText('Train', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'run');
    await page.locator('.number-table tbody tr.marked').waitFor();
    assert.equal(await page.locator('.pl-plot').count(), 2);
    await page.getByText('SVG', { exact: true }).first().click();
    const { format, svg } = await last();
    assert.equal(format, 'svg');
    assert.doesNotMatch(svg, /var\(|<style/);
    await page.getByText('Cancel', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'cancel');
  },
);

for (const state of ['large', 'large-again', 'large-stopped', 'missing']) {
  await check(
    `training: what cannot be trained is not offered (${state})`,
    `training.html?state=${state}`,
    async (page, { press, last }) => {
      const offers = async () => {
        const shown = await Promise.all(
          ['Train', 'Go on'].map((name) => page.getByText(name, { exact: true }).count()),
        );
        const again = page.locator('vscode-button:not([disabled])', { hasText: 'Run again' });
        return shown[0] + shown[1] + (await again.count());
      };
      await page.getByText('Estimate again', { exact: true }).waitFor();
      assert.equal(await offers(), 0);
      await page.getByText('Estimate again', { exact: true }).focus();
      await press('Enter');
      assert.equal((await last()).kind, 'estimate');
      await page.getByText('about 1.4 GB').waitFor();
      assert.equal(await offers(), 1);
    },
  );
}

for (const state of ['frozen', 'frozen-again']) {
  await check(
    `training: a head is trained at once (${state})`,
    `training.html?state=${state}`,
    async (page, { press, last }) => {
      await page.getByText('Train', { exact: true }).focus();
      await press('Enter');
      assert.equal((await last()).kind, 'train-head');
      assert.equal(await page.locator('vscode-button:not([disabled])', { hasText: 'Run again' }).count(), 0);
    },
  );
}

await check(
  'training: a report has above it what the next training takes',
  'training.html?state=again',
  async (page) => {
    await page.getByText('about 1.4 GB').waitFor();
    await page.locator('.report-conclusion').waitFor();
    assert.equal(await page.locator('vscode-button:not([disabled])', { hasText: 'Run again' }).count(), 1);
  },
);

await check(
  'adaptation: it starts, its curves come in, it stops, it goes on',
  'adaptation.html?state=setup',
  async (page, { press, last }) => {
    await page.getByText('1,204 of 1,240 in this folder').waitFor();
    await page.getByText('Adapt', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'run');
    await page.locator('.number-table tbody tr.marked').waitFor();
    assert.equal(await page.locator('.pl-plot').count(), 2);
    await page.getByText('SVG', { exact: true }).first().click();
    const { format, svg } = await last();
    assert.equal(format, 'svg');
    assert.doesNotMatch(svg, /var\(|<style/);
    await page.getByText('Cancel', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'cancel');
    await page.getByText('Go on', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'run');
  },
);

await check('adaptation: what does not fit cannot be begun', 'adaptation.html?state=large', async (page) => {
  await page.getByText('It does not fit into memory.').waitFor();
  assert.equal(await page.getByText('Adapt', { exact: true }).count(), 0);
});

const intentsOf = (page, kind) =>
  page.evaluate((wanted) => window.intents.filter((intent) => intent.kind === wanted), kind);
const inFront = (page) =>
  page.evaluate(() => document.querySelector('.output-row[aria-selected="true"]')?.dataset.key ?? '');

await check('review: verdicts go on, and undo comes back', 'review.html', async (page, { press, last }) => {
  await page.locator('.output-column .patent-title').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
  await press('j', 'ArrowDown', 'k');
  assert.equal(await inFront(page), 'syn-0002');
  await press('k', 'a');
  assert.deepEqual((await intentsOf(page, 'decide')).at(-1), {
    kind: 'decide',
    keys: ['syn-0001'],
    verdict: 'accepted',
  });
  assert.equal(await inFront(page), 'syn-0002');
  await press('r');
  assert.equal((await intentsOf(page, 'decide')).at(-1).verdict, 'rejected');
  // A refused answer takes no verdict and is gone past.
  assert.equal(await inFront(page), 'syn-0004');
  await press('k', 'a');
  assert.equal((await intentsOf(page, 'decide')).length, 2);
  assert.equal(await inFront(page), 'syn-0004');
  await press('u', 'u');
  assert.equal(await inFront(page), 'syn-0001');
  await page.locator('.output-row.new[data-key="syn-0001"]').waitFor();
  await press('End');
  assert.equal(await inFront(page), 'syn-2400');
  await press('Control+a');
  assert.equal((await last()).kind, 'show');
});

await check(
  'review: editing takes all keys, saves, and gives the focus back',
  'review.html',
  async (page, { press }) => {
    await page.locator('.output-column .patent-title').waitFor();
    await press('e');
    await page.locator('.edit-form').waitFor();
    await page.keyboard.type(' and a bar');
    assert.equal((await intentsOf(page, 'decide')).length, 0);
    await press('Control+Enter');
    const [saved] = await intentsOf(page, 'save');
    assert.match(saved.text.title, / and a bar$/);
    assert.equal(saved.text.claims.length, 3);
    await page.locator('.edit-form').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
    await press('e');
    await page.locator('.edit-form').waitFor();
    await press('Escape');
    await page.locator('.edit-form').waitFor({ state: 'detached' });
    assert.equal((await intentsOf(page, 'save')).length, 1);
  },
);

await check('review: all that is shown, after asking', 'review.html', async (page, { press }) => {
  await page.locator('vscode-text-field').click();
  await page.keyboard.type('cane');
  await press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
  await page.getByText('Accept shown').click();
  assert.equal((await intentsOf(page, 'decide')).length, 0);
  await page.getByText('Cancel', { exact: true }).click();
  await page.getByText('Reject shown').click();
  await page.locator('.review-bulk').getByText('Reject', { exact: true }).click();
  const [bulk] = await intentsOf(page, 'decide');
  assert.equal(bulk.verdict, 'rejected');
  assert.ok(bulk.keys.length > 100);
  await press('u');
});

await check(
  'fidelity: the map is walked, and a document opened',
  'fidelity.html',
  async (page, { press, last }) => {
    await page.locator('.map-surface').focus();
    await press('End');
    await page.locator('.map-card').waitFor();
    const title = () => page.locator('.map-card-title').textContent();
    const said = () => page.locator('.map [role=status]').textContent();
    const from = await page.locator('.map-current').getAttribute('cx');
    await press('ArrowLeft');
    const to = await page.locator('.map-current').getAttribute('cx');
    assert.ok(Number(to) < Number(from), `${to} is not left of ${from}`);
    assert.ok((await said()).startsWith(await title()));
    await press('Enter');
    assert.equal((await last()).kind, 'open');
    await press('Escape');
    assert.equal(await page.locator('.map-card').count(), 0);
  },
);

await check(
  'fidelity: a document is dropped and that is taken back',
  'fidelity.html',
  async (page, { press, last }) => {
    const row = page.locator('[data-document="S-2026-001"]');
    await row.locator('vscode-button').last().focus();
    await press('Enter');
    assert.deepEqual(await last(), {
      kind: 'verdict',
      verdicts: [{ id: 'S-2026-001', verdict: 'rejected' }],
    });
    await row.getByText('Keep').waitFor();
    await page.locator('.drop-bar vscode-button').focus();
    await press('Enter');
    assert.deepEqual(await last(), { kind: 'verdict', verdicts: [{ id: 'S-2026-001', verdict: null }] });
    await row.getByText('Drop', { exact: true }).waitFor();
  },
);

await check('fidelity: what a score is, is read at its mark', 'fidelity.html', async (page, { press }) => {
  const help = page.locator('.help').first();
  await help.focus();
  assert.ok(await help.locator('.help-text').isVisible());
  await press('Tab');
  assert.ok(!(await help.locator('.help-text').isVisible()));
});

await check(
  'fidelity: the tab scores and judges',
  'patent.html?state=fidelity-unscored',
  async (page, { press, last }) => {
    await page.locator('#tab-fidelity').click();
    await page.getByText('Score this document').focus();
    await press('Enter');
    assert.equal((await last()).kind, 'fidelity-score');
    await page.locator('.fidelity-judging vscode-button').last().focus();
    await press('Enter');
    assert.deepEqual(await last(), { kind: 'fidelity-verdict', verdict: 'rejected' });
    await press('Enter');
    assert.deepEqual(await last(), { kind: 'fidelity-verdict', verdict: null });
  },
);

await check(
  'study: the answer is walked by arrows, tables sort and charts export',
  'study.html',
  async (page, { press, last }) => {
    const cell = (at) => page.locator(`[data-at="${at}"]`);
    assert.equal(await page.locator('.matrix-cell[tabindex="0"]').count(), 1);
    await cell('0,1').focus();
    await press('ArrowDown', 'ArrowRight');
    assert.equal(await cell('1,2').getAttribute('aria-pressed'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.at), '1,2');
    assert.match(
      await page.locator('.shown-cell').textContent(),
      /All 1,501 real, to convergence, threshold 0.5/,
    );
    await press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.at), '1,2');
    // Training to convergence has no steps to match.
    assert.equal(await page.locator('.figure-table').first().locator('tbody tr').count(), 5);
    const arms = page.locator('.figure-table').nth(1);
    await arms.locator('button.figure-sort').first().focus();
    await press('Enter');
    assert.equal(await arms.locator('th[scope="col"]').first().getAttribute('aria-sort'), 'ascending');
    // The chart has a row for each of the table's.
    const [rows, chart] = await page.evaluate(() => {
      const figure = document.querySelectorAll('.figure')[1];
      const box = (selector) => figure.querySelector(selector).getBoundingClientRect();
      return [box('tbody'), box('.pl-plot')].map(({ top, bottom }) => ({ top, bottom }));
    });
    assert.ok(Math.abs(chart.top + 30 - rows.top) < 1.5 && Math.abs(chart.bottom - 2 - rows.bottom) < 1.5);
    for (const button of await page.getByText('SVG', { exact: true }).all()) {
      await button.click();
      const { format, svg } = await last();
      assert.equal(format, 'svg');
      assert.doesNotMatch(svg, /var\(|<style|NaN/);
    }
    await page.getByText('Run again').focus();
    await press('Enter');
    assert.equal((await last()).kind, 'prepare');
    await page.getByText('Edit plan').focus();
    await press('Enter');
    assert.equal((await last()).kind, 'edit-plan');
    await page.getByText('Run', { exact: true }).focus();
    await press('Enter');
    assert.equal((await last()).kind, 'run');
    await page.locator('[role="progressbar"]').waitFor();
  },
);

await check(
  'study: two reports lead back to one',
  'study.html?state=compared',
  async (page, { press, last }) => {
    await page.getByText('Back to the report').focus();
    await press('Enter');
    assert.equal((await last()).kind, 'back');
    await page.locator('.matrix-cell').first().waitFor();
  },
);

await browser.close();
stop();
process.exit(failed === 0 ? 0 : 1);
