/**
 * Makes the installable package for one platform: `patent-lab-<target>-<version>.vsix` in the root.
 * `--target win32-x64` packages for another platform than this one.
 */
import path from 'node:path';
import { buildAll } from './build/build.mjs';
import { sizeOf } from './lib/files.mjs';
import { root } from './lib/paths.mjs';
import { Problem, runMain } from './lib/problem.mjs';
import { megabytes, timed } from './lib/progress.mjs';
import { stage } from './package/stage.mjs';
import { currentTarget, runtimeBinaries, vsixFile } from './package/targets.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { setUpEncoder } from './setup/encoder.mjs';

await runMain(async () => {
  const at = process.argv.indexOf('--target');
  const target = (at > 0 ? process.argv[at + 1] : undefined) ?? currentTarget;
  await setUpDependencies();
  await setUpEncoder();
  runtimeBinaries(target);
  const { inputs } = await buildAll();
  const folder = await stage(target, inputs);
  const file = vsixFile(target);
  await timed('Packing', () => pack(folder, target, file));

  for (const part of ['dist', 'dist/node_modules', 'dist/webview', 'encoders']) {
    console.log(`${part.padEnd(20)} ${megabytes(await sizeOf(path.join(folder, part))).padStart(9)}`);
  }
  console.log(`${'unpacked'.padEnd(20)} ${megabytes(await sizeOf(folder)).padStart(9)}`);
  console.log(`${path.relative(root, file)} ${megabytes(await sizeOf(file))}`);
});

/**
 * @param {string} folder
 * @param {string} target
 * @param {string} file
 */
async function pack(folder, target, file) {
  const { createVSIX } = await import('@vscode/vsce');
  const made = createVSIX({
    cwd: folder,
    packagePath: file,
    target,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    // It would ask in the terminal.
    skipLicense: true,
    // The texts and weights were put there one by one; scanning them for passwords takes long and finds nothing.
    allowPackageAllSecrets: true,
    allowPackageEnvFile: true,
  });
  await made.catch((error) => {
    throw new Problem(`The package could not be made: ${error.message}`, 'Correct the manifest.', {
      cause: error,
    });
  });
}
