/**
 * Everything that is tested, as one command: types, lint, format, unit tests, build, the extension in a real VS Code
 * from source, the package, and the extension installed from it. Stops at the first stage that fails; the last line
 * is the sum of all tests.
 *
 * `npm test -- --only unit,e2e` runs these stages only; further words choose test files whose name contains them.
 */
import { Problem, runMain } from './lib/problem.mjs';
import { note, seconds } from './lib/progress.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { stages } from './test/stages.mjs';

await runMain(async () => {
  const { chosen, filters } = parse(process.argv.slice(2));
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string | undefined} */
  let broken;
  const times = [];
  try {
    await setUpDependencies();
    for (const setUp of new Set(chosen.flatMap(({ needs }) => needs))) await setUp();
    for (const group of groups(chosen)) {
      note(`\n── ${group.map(({ name }) => name).join(', ')}`);
      const results = await Promise.all(group.map((stage) => timed(stage, filters)));
      for (const { name, time, counts } of results) {
        times.push(`${name} ${time}`);
        for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key];
      }
      broken = results.find(({ counts }) => counts.failed > 0)?.name;
      if (broken) break;
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    note(`\n${error.message}\n${error.remedy}`);
    broken = 'set-up or build';
    total.failed++;
  }
  console.log(`\n${times.join(' · ')}`);
  if (broken) console.log(`Failed: ${broken}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return broken ? 1 : 0;
});

/**
 * Neighbours that may run at the same time together, the others alone.
 * @param {readonly import('./test/stages.mjs').Stage[]} chosen
 */
function groups(chosen) {
  /** @type {import('./test/stages.mjs').Stage[][]} */
  const made = [];
  for (const stage of chosen) {
    const last = made.at(-1);
    if (stage.beside && last?.every(({ beside }) => beside)) last.push(stage);
    else made.push([stage]);
  }
  return made;
}

/**
 * @param {import('./test/stages.mjs').Stage} stage
 * @param {readonly string[]} filters
 */
async function timed({ name, run }, filters) {
  const start = performance.now();
  const result = await run(filters);
  const counts = typeof result === 'object' ? result : { passed: 0, failed: result ? 1 : 0, skipped: 0 };
  return { name, time: seconds(performance.now() - start), counts };
}

/** @param {readonly string[]} args */
function parse(args) {
  const at = args.indexOf('--only');
  const names = at < 0 ? undefined : (args[at + 1] ?? '').split(',');
  const unknown = names?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Problem(
      `There is no stage ${unknown.join(', ')}.`,
      `The stages are ${stages.map(({ name }) => name).join(', ')}.`,
    );
  }
  return {
    chosen: stages.filter(({ name }) => !names || names.includes(name)),
    filters: at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)],
  };
}
