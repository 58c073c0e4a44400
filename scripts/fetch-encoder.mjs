/**
 * Fetches an encoder that can be fine-tuned into `.cache/encoders`, checked against its pinned hash:
 *
 *     node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32
 */
import { Problem, runMain } from './lib/problem.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { TRAINABLE } from './setup/encoder-pin.mjs';
import { setUpEncoder, trainableFolder } from './setup/encoder.mjs';

await runMain(async () => {
  const [name] = process.argv.slice(2);
  const pin = TRAINABLE.find(({ folder }) => folder === name);
  if (!pin) {
    const names = TRAINABLE.map(({ folder }) => folder).join(' or ');
    throw new Problem('Which encoder?', `Name one: node scripts/fetch-encoder.mjs ${names}`);
  }
  await setUpDependencies();
  const target = trainableFolder(pin);
  await setUpEncoder(pin, target);
  console.log(target);
});
